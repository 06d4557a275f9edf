/* SPDX-License-Identifier: Apache-2.0 */
/**
 * An application that knows nothing of the guard: one class for each kind of timer that such applications have, each with a
 * data source of its own. It may use nothing of the library.
 */
package org.connectionguard.tests.legacy;
