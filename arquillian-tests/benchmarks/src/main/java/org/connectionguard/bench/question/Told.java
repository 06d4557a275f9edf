/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.bench.question;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.connectionguard.bench.Options;
import org.connectionguard.bench.report.Aim;
import org.connectionguard.bench.report.Section;
import org.connectionguard.bench.report.Spread;
import org.connectionguard.bench.report.Table;
import org.connectionguard.bench.told.ToldBenchmark;
import org.connectionguard.bench.told.Ways;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.TimeValue;

/** What it costs a healthy run to be told of, by JMH. */
public final class Told implements Question {
    private static final String ALONE = "alone";
    private static final double BYTES = 500;

    private static final String HAND_OVER =
            "half of the processor's time is the hand-over to the observers' thread, which takes meanwhile what it is told, and"
                    + " where all processors are busy each waits for the other; without an observer there is none";

    private static final String TOO_BUSY = "what else the machine did took longer than what is measured";

    private final Options options;

    public Told(Options options) {
        this.options = options;
    }

    @Override
    public String name() {
        return "told";
    }

    /** What one benchmark has shown, round by round. */
    private record Rounds(List<RunResult> results) {
        Spread spread(ToDoubleFunction<RunResult> figure) {
            return Spread.of(results.stream().map(figure::applyAsDouble).toList());
        }

        /** In each round. */
        Spread spread(ToDoubleFunction<RunResult> figure, Rounds without) {
            List<Double> added = new ArrayList<>();
            for (int round = 0; round < results.size(); round++) {
                added.add(figure.applyAsDouble(results.get(round)) - figure.applyAsDouble(without.results.get(round)));
            }
            return Spread.of(added);
        }
    }

    @Override
    public List<Section> answer() throws RunnerException {
        Map<Ways, Rounds> alone = new EnumMap<>(Ways.class);
        Map<Ways, Rounds> together = new EnumMap<>(Ways.class);
        for (int round = 0; round < options.rounds(); round++) {
            for (RunResult result :
                    Jmh.run(ToldBenchmark.class, 2, options.of(3, 2), TimeValue.milliseconds(options.of(1000, 300)))) {
                Ways ways = Ways.valueOf(result.getParams().getParam("ways"));
                (result.getPrimaryResult().getLabel().equals(ALONE) ? alone : together)
                        .computeIfAbsent(ways, first -> new Rounds(new ArrayList<>()))
                        .results()
                        .add(result);
            }
        }
        return List.of(new Section(
                "To be told of",
                "JMH; what one healthy run tells: that it began, that a connection is alive, that it is over. The run and the"
                        + " listeners are the guard's own, in a deployment of twenty jobs and two data sources; the job's body"
                        + " is empty, and nothing is validated. *All channels*: log, statistics, CDI events with an empty"
                        + " observer, JMX, the flight recorder (with a recording of default settings, where it says so), health,"
                        + " and a registry as WildFly's, Prometheus in a composite one, or OpenTelemetry's SDK with a reader that"
                        + " sends nothing. *Added*: to a guard that nobody listens to. Bytes are those of all threads. Runs follow"
                        + " each other without a pause, so that the observers' thread seldom sleeps; one that has to be woken"
                        + " costs the run some µs more, and an application without observers has none. Eight threads all run"
                        + " the same job, on this machine's processors; the time is what one of them sees.",
                List.of(
                        table("told-1", "One thread", alone),
                        table("told-8", "Eight threads that run the same job", together)),
                List.of(),
                List.of(
                        nanos(alone, Ways.ALL, 2000),
                        nanos(alone, Ways.ALL_OPEN_TELEMETRY, 2000),
                        nanos(alone, Ways.ALL_RECORDED, 5000),
                        bytes(alone, Ways.ALL),
                        bytes(alone, Ways.ALL_OPEN_TELEMETRY))));
    }

    /** Of the iterations, the one in the middle: few are enough for one that was disturbed to lead the mean astray. */
    private static double nanos(RunResult result) {
        return result.getPrimaryResult().getStatistics().getPercentile(50);
    }

    private static Table table(String name, String title, Map<Ways, Rounds> found) {
        Rounds nobody = found.get(Ways.NOBODY);
        List<List<String>> rows = new ArrayList<>();
        found.forEach((ways, rounds) -> rows.add(List.of(
                ways.text(),
                rounds.spread(Told::nanos).text(0),
                rounds.spread(Told::nanos, nobody).text(0),
                rounds.spread(Jmh::bytes).text(0),
                rounds.spread(Jmh::bytes, nobody).text(0))));
        return new Table(name, title, List.of("a run is heard by", "ns/op", "added", "B/op", "added"), rows);
    }

    private static Aim nanos(Map<Ways, Rounds> found, Ways ways, int most) {
        Spread added = found.get(ways).spread(Told::nanos, found.get(Ways.NOBODY));
        return new Aim(
                "≤ " + most / 1000 + " µs added per run, " + ways.text(),
                added.text(0) + " ns",
                added.median() >= 0 && added.median() <= most,
                added.median() < 0 ? TOO_BUSY : HAND_OVER);
    }

    private static Aim bytes(Map<Ways, Rounds> found, Ways ways) {
        Spread added = found.get(ways).spread(Jmh::bytes, found.get(Ways.NOBODY));
        return new Aim("≤ 500 B added per run, " + ways.text(), added.text(0) + " B", added.median() <= BYTES, "");
    }
}
