/* SPDX-License-Identifier: Apache-2.0 */
/** An application of nightly jobs, of timers of every kind. When its night is, its ejb-jar.xml and its settings say. */
package org.connectionguard.tests.nights;
