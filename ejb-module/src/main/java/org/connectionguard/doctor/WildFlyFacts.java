/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.doctor;

import org.connectionguard.message.WildFlyPlace;

/**
 * What only a pool of WildFly's own has. Immutable.
 *
 * @param place where it is set up
 * @param asks whether there is something to validate with
 * @param sorter whether broken connections are told from other failures
 */
record WildFlyFacts(WildFlyPlace place, boolean asks, boolean sorter) {}
