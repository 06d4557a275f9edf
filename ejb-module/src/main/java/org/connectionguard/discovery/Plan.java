/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.discovery;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.connectionguard.OnUnavailable;
import org.connectionguard.engine.Target;

/**
 * What a method is guarded with. Immutable.
 *
 * @param targets none: there is nothing to guard
 * @param gap why there is nothing to guard; empty where there is
 */
public record Plan(List<Target> targets, OnUnavailable onUnavailable, Duration maxWait, Optional<String> gap) {}
