/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.bench.question;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.HdrHistogram.Histogram;
import org.connectionguard.bench.app.Volley;
import org.connectionguard.bench.report.Spread;

/** What several rounds saw of one contender whose jobs fired together. For one thread. */
final class Waits {
    /**
     * Of one round.
     *
     * @param middle milliseconds that half of the jobs waited at most
     * @param last milliseconds that the last of a volley waited, in the middle of all volleys
     * @param roundTrips of a job
     */
    record Round(double middle, double last, double roundTrips) {}

    private final List<Round> rounds = new ArrayList<>();
    private int lost;

    void add(List<Volley> volleys, long roundTrips) {
        Histogram all = new Histogram(3);
        List<Double> lasts = new ArrayList<>();
        int jobs = 0;
        for (Volley volley : volleys) {
            volley.nanos().forEach(all::recordValue);
            volley.nanos().stream().mapToDouble(nanos -> nanos / 1e6).max().ifPresent(lasts::add);
            jobs += volley.nanos().size() + volley.lost();
            lost += volley.lost();
        }
        if (lasts.isEmpty()) {
            throw new IllegalStateException("Not one job has run");
        }
        rounds.add(
                new Round(all.getValueAtPercentile(50) / 1e6, Spread.of(lasts).median(), roundTrips / (double) jobs));
    }

    /** Runs that did not take place. */
    int lost() {
        return lost;
    }

    Spread all(ToDoubleFunction<Round> figure) {
        return Spread.of(rounds.stream().map(figure::applyAsDouble).toList());
    }

    /** So many times as much as another contender, which was measured in the same rounds. */
    Spread ratio(Waits other, ToDoubleFunction<Round> figure) {
        List<Double> ratios = new ArrayList<>();
        for (int round = 0; round < rounds.size(); round++) {
            ratios.add(figure.applyAsDouble(rounds.get(round)) / figure.applyAsDouble(other.rounds.get(round)));
        }
        return Spread.of(ratios);
    }
}
