/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.doctor;

import java.util.Optional;
import org.connectionguard.message.WildFlyPlace;

/**
 * What only a pool of WildFly's own has. Immutable.
 *
 * @param place where it is set up
 * @param asks whether there is something to validate with
 * @param sorter whether broken connections are told from other failures
 * @param jta whether its connections take part in transactions
 * @param statistics whether it counts; empty: its place has no say in that
 */
record WildFlyFacts(WildFlyPlace place, boolean asks, boolean sorter, boolean jta, Optional<Boolean> statistics) {}
