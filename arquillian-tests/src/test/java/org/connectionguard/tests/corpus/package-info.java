/* SPDX-License-Identifier: Apache-2.0 */
/**
 * The corpus: many small applications that know nothing of the guard, each in a shape that is found in the wild, each deployed
 * in every way; and a generator of more. A new shape is one entry in one of the lists of {@link org.connectionguard.tests.corpus.Shapes}.
 */
package org.connectionguard.tests.corpus;
