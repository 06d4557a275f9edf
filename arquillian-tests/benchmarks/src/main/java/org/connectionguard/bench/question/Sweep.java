/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.bench.question;

import com.fasterxml.jackson.core.type.TypeReference;
import java.io.IOException;
import java.nio.file.Files;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.connectionguard.bench.Options;
import org.connectionguard.bench.report.Aim;
import org.connectionguard.bench.report.Bars;
import org.connectionguard.bench.report.Section;
import org.connectionguard.bench.report.Spread;
import org.connectionguard.bench.report.Table;
import org.connectionguard.bench.server.Servers;
import org.connectionguard.bench.server.Sessions;

/** What it takes to get rid of so many dead connections. */
public final class Sweep implements Question {
    private static final List<Integer> CONNECTIONS = List.of(1, 20, 50, 100, 200);

    /**
     * Of one sweep.
     *
     * @param lines in the log, in all
     * @param traces those that belong to a stack trace
     */
    private record Sight(double millis, double lines, double traces) {}

    private final Servers servers;
    private final Options options;

    public Sweep(Servers servers, Options options) {
        this.servers = servers;
        this.options = options;
    }

    @Override
    public String name() {
        return "sweep";
    }

    @Override
    public List<Section> answer() throws SQLException, IOException {
        Map<Integer, List<Sight>> guard = new LinkedHashMap<>();
        Map<Integer, List<Sight>> match = new LinkedHashMap<>();
        sweep("validate?dataSource=sweep/GUARD", "sweep/GUARD", 5);
        sweep("check-out?dataSource=sweep/MATCH", "sweep/MATCH", 5);
        for (int round = 0; round < options.rounds(); round++) {
            for (int connections : CONNECTIONS) {
                guard.computeIfAbsent(connections, key -> new ArrayList<>())
                        .add(sweep("validate?dataSource=sweep/GUARD", "sweep/GUARD", connections));
                match.computeIfAbsent(connections, key -> new ArrayList<>())
                        .add(sweep("check-out?dataSource=sweep/MATCH", "sweep/MATCH", connections));
            }
        }
        List<List<String>> rows = new ArrayList<>();
        for (int connections : CONNECTIONS) {
            rows.add(List.of(
                    Integer.toString(connections),
                    millis(guard.get(connections)).text(1),
                    Spread.number(millis(guard.get(connections)).median() / connections, 2),
                    lines(guard.get(connections)).middle(0),
                    traces(guard.get(connections)).middle(0),
                    millis(match.get(connections)).text(1),
                    lines(match.get(connections)).middle(0),
                    traces(match.get(connections)).middle(0)));
        }
        Table table = new Table(
                "sweep",
                "",
                List.of(
                        "dead",
                        "guard, ms",
                        "ms each",
                        "log lines",
                        "of stack traces",
                        "validate-on-match, ms",
                        "log lines",
                        "of stack traces"),
                rows);
        int most = CONNECTIONS.get(CONNECTIONS.size() - 1);
        double each = millis(guard.get(most)).median() / most;
        double twenty = millis(guard.get(20)).median() / 20;
        double worstLines = CONNECTIONS.stream()
                .mapToDouble(connections -> lines(guard.get(connections)).median())
                .max()
                .orElseThrow();
        double worstTraces = CONNECTIONS.stream()
                .mapToDouble(connections -> traces(guard.get(connections)).median())
                .max()
                .orElseThrow();
        List<Aim> aims = List.of(
                new Aim(
                        "linear, ≤ 1 ms each",
                        Spread.number(twenty, 2) + " ms each of 20, " + Spread.number(each, 2) + " ms each of " + most,
                        each <= 1 && twenty <= 1 && each <= 2 * twenty,
                        ""),
                new Aim(
                        "one log line per sweep, no stack traces",
                        Spread.number(worstLines, 0) + " lines, " + Spread.number(worstTraces, 0)
                                + " of stack traces, whatever the number of connections",
                        worstLines <= 1 && worstTraces == 0,
                        ""));
        Map<String, List<Double>> series = new LinkedHashMap<>();
        series.put(
                "guard",
                CONNECTIONS.stream().map(n -> millis(guard.get(n)).median()).toList());
        series.put(
                "validate-on-match",
                CONNECTIONS.stream().map(n -> millis(match.get(n)).median()).toList());
        Bars chart = new Bars(
                "sweep",
                "Time to the first live connection, so many dead ones in the pool",
                "ms",
                CONNECTIONS.stream().map(String::valueOf).toList(),
                series);
        return List.of(new Section(
                "Sweep of dead connections",
                "The pool is filled with so many connections, all of them are killed, and one call asks for a live one:"
                        + " the guard, which sweeps, and beside it a checkout with validate-on-match. Log lines are those of"
                        + " the whole server meanwhile.",
                List.of(table),
                List.of(chart),
                aims));
    }

    private static Spread millis(List<Sight> sights) {
        return Spread.of(sights.stream().map(Sight::millis).toList());
    }

    private static Spread lines(List<Sight> sights) {
        return Spread.of(sights.stream().map(Sight::lines).toList());
    }

    private static Spread traces(List<Sight> sights) {
        return Spread.of(sights.stream().map(Sight::traces).toList());
    }

    private Sight sweep(String call, String dataSource, int connections) throws SQLException, IOException {
        servers.client().post("fill?dataSource=" + dataSource + "&connections=" + connections);
        Sessions.killAll(servers.database());
        int before = Files.readAllLines(servers.log()).size();
        long nanos = servers.client().post(call, new TypeReference<Long>() {});
        List<String> lines = Files.readAllLines(servers.log());
        List<String> written = lines.subList(before, lines.size());
        // A line of a stack trace, or of the message above it, does not begin with the time.
        long traces = written.stream().filter(line -> !line.matches("\\d.*")).count();
        return new Sight(nanos / 1e6, written.size(), traces);
    }
}
