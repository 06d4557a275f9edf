/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.doctor;

import java.util.Optional;
import org.connectionguard.message.ManagedPlace;

/**
 * What only a pool has that WildFly manages. Immutable.
 *
 * @param place where it is set up
 * @param jta whether its connections take part in transactions
 * @param statistics whether it counts; empty: its place has no say in that
 */
record ManagedFacts(ManagedPlace place, boolean jta, Optional<Boolean> statistics) {}
