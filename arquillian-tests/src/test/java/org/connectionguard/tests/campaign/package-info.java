/* SPDX-License-Identifier: Apache-2.0 */
/**
 * The fault campaign: timers of all kinds fire while faults come at random, several at once; afterwards the books of both
 * applications are audited.
 */
package org.connectionguard.tests.campaign;
