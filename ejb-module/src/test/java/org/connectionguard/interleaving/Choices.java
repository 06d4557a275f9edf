/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.interleaving;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;

/** Decides how one schedule goes on wherever it could go on in several ways. For one thread at a time. */
abstract class Choices {
    private final List<Integer> made = new ArrayList<>();

    /** One of so many ways, counted from 0; 0 is the way on without a detour. */
    final int next(int ways) {
        int chosen = choose(made.size(), ways);
        made.add(chosen);
        return chosen;
    }

    abstract int choose(int place, int ways);

    /** What was chosen, as {@link #replayed} understands it. */
    final String made() {
        return made.stream().map(String::valueOf).collect(Collectors.joining("."));
    }

    /** The choices of an earlier schedule again. */
    static Choices replayed(String made) {
        List<Integer> again =
                List.of(made.split("\\.")).stream().map(Integer::valueOf).toList();
        return new Choices() {
            @Override
            int choose(int place, int ways) {
                return place < again.size() ? again.get(place) : 0;
            }
        };
    }

    /** Detours at random: in some schedules few of them, in others many. */
    static Choices random(long seed) {
        Random random = new Random(seed);
        double detours = List.of(0.02, 0.05, 0.1, 0.3, 0.6).get(random.nextInt(5));
        return new Choices() {
            @Override
            int choose(int place, int ways) {
                return random.nextDouble() < detours ? 1 + random.nextInt(ways - 1) : 0;
            }
        };
    }

    /** All schedules with at most so many detours, one after another. For one thread. */
    static final class Systematic {
        private record Place(int chosen, int ways) {}

        private final int detours;
        private final List<Place> places = new ArrayList<>();
        private boolean complete;

        Systematic(int detours) {
            this.detours = detours;
        }

        /** Whether there is no further one. */
        boolean isComplete() {
            return complete;
        }

        /** The next one; to be used up before the next is asked for. */
        Choices next() {
            return new Choices() {
                @Override
                int choose(int place, int ways) {
                    if (place == places.size()) {
                        places.add(new Place(0, ways));
                    }
                    return places.get(place).chosen();
                }
            };
        }

        /** Goes on to the next one. */
        void advance() {
            while (!places.isEmpty()) {
                Place last = places.remove(places.size() - 1);
                long before =
                        places.stream().filter(place -> place.chosen() > 0).count();
                if (last.chosen() + 1 < last.ways() && before < detours) {
                    places.add(new Place(last.chosen() + 1, last.ways()));
                    return;
                }
            }
            complete = true;
        }
    }
}
