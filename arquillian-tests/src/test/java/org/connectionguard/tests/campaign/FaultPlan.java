/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests.campaign;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** What will happen when, all of it decided by the seed. Immutable. */
record FaultPlan(List<Step> steps) {
    private static final int LONGEST_FAULT = 9_000;
    private static final int SHORTEST_PAUSE = 4_000;
    private static final int LONGEST_PAUSE = 16_000;

    /**
     * One fault.
     *
     * @param at milliseconds from the begin
     * @param lasts milliseconds
     */
    record Step(long at, Fault fault, long lasts) {}

    static FaultPlan of(long seed, Duration length) {
        List<Step> steps = new ArrayList<>();
        for (Fault.Lane lane : Fault.Lane.values()) {
            List<Fault> faults = Arrays.stream(Fault.values())
                    .filter(fault -> fault.lane == lane)
                    .toList();
            Random random = new Random(seed * Fault.Lane.values().length + lane.ordinal());
            long at = pause(random);
            while (at + LONGEST_FAULT < length.toMillis()) {
                Step step = new Step(at, faults.get(random.nextInt(faults.size())), random.nextInt(LONGEST_FAULT));
                steps.add(step);
                at += step.lasts() + pause(random);
            }
        }
        return new FaultPlan(List.copyOf(steps));
    }

    private static long pause(Random random) {
        return random.nextInt(SHORTEST_PAUSE, LONGEST_PAUSE);
    }

    List<Step> of(Fault.Lane lane) {
        return steps.stream().filter(step -> step.fault().lane == lane).toList();
    }

    long count(Fault fault) {
        return steps.stream().filter(step -> step.fault() == fault).count();
    }
}
