/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.bench.question;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.connectionguard.bench.Options;
import org.connectionguard.bench.report.Aim;
import org.connectionguard.bench.report.Section;
import org.connectionguard.bench.report.Spread;
import org.connectionguard.bench.report.Table;
import org.connectionguard.engine.GateBenchmark;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.TimeValue;

/** What the engine itself costs, by JMH. */
public final class EngineAlone implements Question {
    private static final String OWN =
            "each question has a lock, an answer and a place in line of its own, so that one that never comes back is left"
                    + " behind and the gate goes on; what a job allocates beside it is ten times as much (*Healthy cost of a"
                    + " job*)";

    private final Options options;

    public EngineAlone(Options options) {
        this.options = options;
    }

    @Override
    public String name() {
        return "engine-alone";
    }

    @Override
    public List<Section> answer() throws RunnerException {
        Map<String, RunResult> results = new TreeMap<>();
        for (RunResult result :
                Jmh.run(GateBenchmark.class, options.of(4, 2), options.of(5, 2), TimeValue.seconds(1))) {
            results.put(result.getPrimaryResult().getLabel(), result);
        }
        List<List<String>> rows = new ArrayList<>();
        results.forEach((label, result) -> rows.add(List.of(
                label,
                Spread.number(Jmh.nanos(result), 0),
                Spread.number(result.getPrimaryResult().getStatistics().getMin(), 0) + "…"
                        + Spread.number(
                                result.getPrimaryResult().getStatistics().getMax(), 0),
                Spread.number(Jmh.bytes(result), 0))));
        Table table = new Table("engine", "", List.of("a pass", "ns/op", "least…most", "B/op"), rows);
        RunResult pool = results.get("poolAlone");
        RunResult inline = results.get("withoutHandOff");
        double ownNanos = Jmh.nanos(inline) - Jmh.nanos(pool);
        double ownBytes = Jmh.bytes(inline) - Jmh.bytes(pool);
        RunResult handOff = results.get("withHandOff");
        String figures = Spread.number(ownNanos, 0) + " ns, " + Spread.number(ownBytes, 0) + " B; with the hand-off "
                + Spread.number(Jmh.nanos(handOff) - Jmh.nanos(pool), 0) + " ns, "
                + Spread.number(Jmh.bytes(handOff) - Jmh.bytes(pool), 0) + " B";
        return List.of(new Section(
                "The engine alone",
                "JMH on a fake pool. *withoutHandOff* has an executor that runs the probe on the job's own thread:"
                        + " the gate's own work. *poolAlone* is what the fake itself costs, and is taken off for the"
                        + " aims. *Together*: eight threads at once through one gate, on this machine's processors; the"
                        + " time is what one thread sees.",
                List.of(table),
                List.of(),
                List.of(
                        new Aim("≤ 1 µs per pass, without the hand-off", figures, ownNanos <= 1000, OWN),
                        new Aim("≤ 200 B per pass, without the hand-off", figures, ownBytes <= 200, OWN))));
    }
}
