/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.bench.question;

import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.connectionguard.bench.app.Measurement;
import org.connectionguard.bench.report.Spread;
import org.connectionguard.bench.server.Counters;

/** What several rounds saw of one contender in one case. For one thread. */
final class Samples {
    private final List<Histogram> rounds = new ArrayList<>();
    private final List<Double> roundTrips = new ArrayList<>();
    private final List<Double> bytes = new ArrayList<>();

    void add(Measurement measurement, Counters.Count count) {
        Histogram histogram = new Histogram(3);
        measurement.nanos().forEach(histogram::recordValue);
        rounds.add(histogram);
        double calls = measurement.nanos().size();
        roundTrips.add(count.roundTrips() / calls);
        bytes.add(measurement.bytes() / calls);
    }

    int size() {
        return rounds.size();
    }

    /** Microseconds, in one round. */
    double micros(int round, double percentile) {
        return rounds.get(round).getValueAtPercentile(percentile) / 1000.0;
    }

    /** Microseconds, all rounds. */
    Spread micros(double percentile) {
        List<Double> each = new ArrayList<>();
        for (int round = 0; round < size(); round++) {
            each.add(micros(round, percentile));
        }
        return Spread.of(each);
    }

    /** Microseconds more than another contender took, which was measured in the same rounds. */
    Spread over(Samples other, double percentile) {
        List<Double> each = new ArrayList<>();
        for (int round = 0; round < size(); round++) {
            each.add(micros(round, percentile) - other.micros(round, percentile));
        }
        return Spread.of(each);
    }

    /** Round trips of a call. */
    Spread roundTrips() {
        return Spread.of(roundTrips);
    }

    /** Bytes that a call allocated. */
    Spread bytes() {
        return Spread.of(bytes);
    }
}
