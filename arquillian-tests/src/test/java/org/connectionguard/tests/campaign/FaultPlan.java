/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests.campaign;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** What will happen when, all of it decided by the seed. Immutable. */
record FaultPlan(List<Round> rounds) {
    /** After each round nothing happens for so long: who does not work then is lame. */
    static final Duration TRUCE = Duration.ofSeconds(25);

    private static final Duration LONGEST_ROUND = Duration.ofSeconds(35);
    private static final Duration SHORTEST_ROUND = Duration.ofSeconds(15);

    private static final int LONGEST_FAULT = 9_000;
    private static final int SHORTEST_PAUSE = 2_000;
    private static final int LONGEST_PAUSE = 8_000;

    /**
     * One fault.
     *
     * @param at milliseconds from the begin of the round
     * @param lasts milliseconds
     */
    record Step(long at, Fault fault, long lasts) {}

    /** Faults of all lanes, until the truce. */
    record Round(List<Step> steps) {
        List<Step> of(Fault.Lane lane) {
            return steps.stream().filter(step -> step.fault().lane == lane).toList();
        }
    }

    static FaultPlan of(long seed, Duration length) {
        Map<Fault.Lane, Deck> decks = new EnumMap<>(Fault.Lane.class);
        for (Fault.Lane lane : Fault.Lane.values()) {
            decks.put(lane, new Deck(lane, new Random(seed * Fault.Lane.values().length + lane.ordinal())));
        }
        List<Round> rounds = new ArrayList<>();
        Duration left = length.minus(TRUCE);
        while (left.compareTo(SHORTEST_ROUND) >= 0) {
            Duration round = left.compareTo(LONGEST_ROUND) < 0 ? left : LONGEST_ROUND;
            List<Step> steps = new ArrayList<>();
            decks.values().forEach(deck -> steps.addAll(deck.steps(round.toMillis())));
            rounds.add(new Round(List.copyOf(steps)));
            left = left.minus(round).minus(TRUCE);
        }
        return new FaultPlan(List.copyOf(rounds));
    }

    /** One lane's faults come in any order, each as often as the others. */
    private static final class Deck {
        private final List<Fault> faults;
        private final List<Fault> next = new ArrayList<>();
        private final Random random;

        Deck(Fault.Lane lane, Random random) {
            this.faults = Arrays.stream(Fault.values())
                    .filter(fault -> fault.lane == lane)
                    .toList();
            this.random = random;
        }

        List<Step> steps(long end) {
            List<Step> steps = new ArrayList<>();
            long at = pause();
            while (at < end) {
                Step step = new Step(at, draw(), Math.min(random.nextInt(LONGEST_FAULT), end - at));
                steps.add(step);
                at = step.fault().isForEver() ? end : at + step.lasts() + pause();
            }
            return steps;
        }

        private Fault draw() {
            if (next.isEmpty()) {
                next.addAll(faults);
                Collections.shuffle(next, random);
            }
            return next.remove(next.size() - 1);
        }

        private long pause() {
            return random.nextInt(SHORTEST_PAUSE, LONGEST_PAUSE);
        }
    }

    long count(Fault fault) {
        return rounds.stream()
                .flatMap(round -> round.steps().stream())
                .filter(step -> step.fault() == fault)
                .count();
    }
}
