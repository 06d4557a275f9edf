/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.bench.question;

import com.fasterxml.jackson.core.type.TypeReference;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.connectionguard.bench.Options;
import org.connectionguard.bench.app.Contender;
import org.connectionguard.bench.app.Volley;
import org.connectionguard.bench.report.Aim;
import org.connectionguard.bench.report.Bars;
import org.connectionguard.bench.report.Section;
import org.connectionguard.bench.report.Spread;
import org.connectionguard.bench.report.Table;
import org.connectionguard.bench.server.Counters;
import org.connectionguard.bench.server.Management;
import org.connectionguard.bench.server.Servers;

/** How long jobs wait that fire at the same instant, on networks of different length. */
public final class Together implements Question {
    private static final List<Integer> JOBS = List.of(1, 8, 32, 100);
    private static final List<Integer> NETWORKS = List.of(0, 1, 5);
    private static final int POOL = 20;
    private static final int BODY_MILLIS = 2;

    /** Many short rounds: what else the machine does then hits all contenders alike. */
    private static final int SLICES = 3;

    private static final double LAST = 1.5;
    private static final double MIDDLE = 2;

    /** So many jobs at once, with a network that takes so many milliseconds there and back. */
    private record Case(boolean inTransaction, int network, int jobs) {}

    private final Servers servers;
    private final Options options;
    private final List<Contender> contenders =
            Stream.of(Contender.values()).filter(Contender::firesTogether).toList();
    private final Map<Case, Map<Contender, Waits>> found = new LinkedHashMap<>();

    public Together(Servers servers, Options options) {
        this.servers = servers;
        this.options = options;
    }

    @Override
    public String name() {
        return "together";
    }

    @Override
    public List<Section> answer() throws SQLException, IOException {
        for (int network : NETWORKS) {
            for (boolean inTransaction : new boolean[] {true, false}) {
                for (int jobs : JOBS) {
                    found.put(new Case(inTransaction, network, jobs), new EnumMap<>(Contender.class));
                }
            }
        }
        try (Management management = servers.management()) {
            // Validation in the background would go on in the pools of other questions, and be counted.
            management.flush();
        }
        warmUp();
        for (int round = 0; round < (options.quick() ? 1 : SLICES) * options.rounds(); round++) {
            measureAll(round);
        }
        travel(0);
        return List.of(section());
    }

    private void warmUp() {
        travel(0);
        for (Case each : found.keySet()) {
            for (Contender contender : contenders) {
                fire(contender, each, options.of(5, 1));
            }
        }
    }

    private void measureAll(int round) throws SQLException {
        try (Counters counters = servers.counters()) {
            for (Case each : found.keySet()) {
                travel(each.network());
                for (int i = 0; i < contenders.size(); i++) {
                    // Nobody always comes first.
                    Contender contender = contenders.get((i + round) % contenders.size());
                    servers.client().post("fill?dataSource=together/" + contender + "&connections=" + POOL);
                    counters.next();
                    List<Volley> volleys = fire(contender, each, times(each.jobs()));
                    found.get(each)
                            .computeIfAbsent(contender, key -> new Waits())
                            .add(volleys, counters.next().roundTrips());
                }
            }
        }
    }

    /** Few jobs often, many jobs a few times. */
    private int times(int jobs) {
        return Math.max(options.of(3, 1), options.of(40, 10) / jobs);
    }

    private void travel(int millis) {
        servers.network().slowDown(Duration.ofMillis(millis), Duration.ZERO);
    }

    private List<Volley> fire(Contender contender, Case fired, int times) {
        return servers.client()
                .post(
                        "fire?contender=" + contender + "&transaction=" + fired.inTransaction() + "&jobs="
                                + fired.jobs() + "&millis=" + BODY_MILLIS + "&times=" + times,
                        new TypeReference<>() {});
    }

    private Waits waits(Case fired, Contender contender) {
        return found.get(fired).get(contender);
    }

    private Section section() {
        List<Table> tables = new ArrayList<>();
        for (boolean inTransaction : new boolean[] {true, false}) {
            String where = inTransaction ? "in a transaction" : "without a transaction";
            String name = inTransaction ? "in-tx" : "no-tx";
            tables.add(table("together-p50-" + name, "p50, ms, " + where, inTransaction, Waits.Round::middle));
            tables.add(table("together-last-" + name, "The last, ms, " + where, inTransaction, Waits.Round::last));
        }
        return new Section("Jobs that fire together", TEXT, tables, List.of(chart()), aims());
    }

    private Table table(String name, String title, boolean inTransaction, ToDoubleFunction<Waits.Round> figure) {
        List<String> header = new ArrayList<>(List.of("network", "jobs"));
        contenders.forEach(contender -> header.add(contender.title()));
        header.add("validate-on-match over isValid by hand");
        header.add("guard over isValid by hand");
        List<List<String>> rows = new ArrayList<>();
        for (Case each : found.keySet()) {
            if (each.inTransaction() == inTransaction) {
                List<String> row = new ArrayList<>(List.of(each.network() + " ms", Integer.toString(each.jobs())));
                contenders.forEach(
                        contender -> row.add(waits(each, contender).all(figure).middle(2)));
                Waits byHand = waits(each, Contender.BY_HAND);
                row.add(waits(each, Contender.MATCH).ratio(byHand, figure).text(2));
                row.add(waits(each, Contender.GUARD).ratio(byHand, figure).text(2));
                rows.add(row);
            }
        }
        return new Table(name, title, header, rows);
    }

    private Bars chart() {
        int far = NETWORKS.get(NETWORKS.size() - 1);
        List<Case> cases =
                found.keySet().stream().filter(each -> each.network() == far).toList();
        Map<String, List<Double>> series = new LinkedHashMap<>();
        for (Contender contender : contenders) {
            series.put(
                    contender.title(),
                    cases.stream().map(each -> last(each, contender)).toList());
        }
        series.put(
                "aim: " + LAST + " × isValid by hand",
                cases.stream().map(each -> LAST * last(each, Contender.BY_HAND)).toList());
        return new Bars(
                "together",
                "The last of so many jobs that fire together, network of " + far + " ms",
                "ms until its body could send",
                cases.stream()
                        .map(each -> each.jobs() + (each.inTransaction() ? " in tx" : " no tx"))
                        .toList(),
                series);
    }

    private double last(Case fired, Contender contender) {
        return waits(fired, contender).all(Waits.Round::last).median();
    }

    private List<Aim> aims() {
        List<Aim> aims = new ArrayList<>();
        for (boolean inTransaction : new boolean[] {true, false}) {
            aims.add(lastOfAll(new Case(inTransaction, 5, 100)));
        }
        for (int network : NETWORKS) {
            for (boolean inTransaction : new boolean[] {true, false}) {
                aims.add(middleOfEight(new Case(inTransaction, network, 8)));
            }
        }
        double worst = found.keySet().stream()
                .mapToDouble(each -> roundTrips(each, Contender.GUARD) - roundTrips(each, Contender.UNGUARDED))
                .map(added -> Math.abs(added - 1))
                .max()
                .orElseThrow();
        aims.add(new Aim(
                "exactly one round trip per job, however many fire",
                "off by " + Spread.number(worst, 3) + " at most, in " + found.size() + " cases",
                worst < 0.05,
                ""));
        int lost = found.keySet().stream()
                .mapToInt(each -> waits(each, Contender.GUARD).lost())
                .sum();
        int rivals = found.keySet().stream()
                .mapToInt(each -> waits(each, Contender.BY_HAND).lost())
                .sum();
        aims.add(new Aim("no run lost", lost + " (isValid by hand " + rivals + ")", lost == 0, ""));
        return aims;
    }

    private double roundTrips(Case fired, Contender contender) {
        return waits(fired, contender).all(Waits.Round::roundTrips).median();
    }

    private Aim lastOfAll(Case fired) {
        Spread ratio = waits(fired, Contender.GUARD).ratio(waits(fired, Contender.BY_HAND), Waits.Round::last);
        return new Aim(
                "last of " + fired.jobs() + " ≤ " + LAST + " × isValid by hand, " + title(fired),
                ratio.text(2) + " of " + Spread.number(last(fired, Contender.BY_HAND), 0) + " ms",
                ratio.median() <= LAST,
                "");
    }

    /** A ratio of medians: in one round the difference between two short times may be anything, even nothing. */
    private Aim middleOfEight(Case fired) {
        double guard = added(fired, Contender.GUARD);
        double byHand = added(fired, Contender.BY_HAND);
        double inline = added(fired, Contender.INLINE);
        return new Aim(
                "added p50 of " + fired.jobs() + " jobs ≤ " + Spread.number(MIDDLE, 0) + " × isValid by hand, "
                        + title(fired),
                Spread.ratio(guard, byHand) + ": " + Spread.number(guard, 2) + " over " + Spread.number(byHand, 2)
                        + " ms",
                guard <= MIDDLE * byHand,
                "the same gate without the hand-off adds " + Spread.number(inline, 2) + " ms; the rest is "
                        + fired.jobs() + " hand-offs at once, on the processors that there are");
    }

    private double added(Case fired, Contender contender) {
        return waits(fired, contender).all(Waits.Round::middle).median()
                - waits(fired, Contender.UNGUARDED).all(Waits.Round::middle).median();
    }

    private static String title(Case fired) {
        return "network of " + fired.network() + " ms, " + (fired.inTransaction() ? "in tx" : "no tx");
    }

    private static final String TEXT = "So many jobs, each on a thread of its own, are called at the same instant."
            + " Measured is the time from that instant until the body could send its first statement, whatever is waited for:"
            + " the guard, a validation, the begin of a transaction, a connection. An unguarded job is the floor. The body is one"
            + " statement that keeps the database for " + BODY_MILLIS + " ms; a pool of " + POOL
            + ", full of connections."
            + " The network is a proxy that holds back what it passes on, so long for there and back; 0 ms is the proxy alone."
            + " *The last* is the last job of a volley, in the middle of all volleys. Added is what is more than in the"
            + " unguarded job.";
}
