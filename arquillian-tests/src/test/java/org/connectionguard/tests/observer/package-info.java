/* SPDX-License-Identifier: Apache-2.0 */
/** A deployment that looks at the server from inside. */
package org.connectionguard.tests.observer;
