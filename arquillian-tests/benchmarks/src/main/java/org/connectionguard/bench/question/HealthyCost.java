/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.bench.question;

import com.fasterxml.jackson.core.type.TypeReference;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.connectionguard.bench.Options;
import org.connectionguard.bench.app.Contender;
import org.connectionguard.bench.app.Measurement;
import org.connectionguard.bench.report.Aim;
import org.connectionguard.bench.report.Bars;
import org.connectionguard.bench.report.Section;
import org.connectionguard.bench.report.Spread;
import org.connectionguard.bench.report.Table;
import org.connectionguard.bench.server.Counters;
import org.connectionguard.bench.server.Servers;

/** What a job costs while all is well. */
public final class HealthyCost implements Question {
    private static final List<Integer> CHECKOUTS = List.of(1, 2, 5, 20);
    private static final int CROWD = 8;
    private static final List<Integer> THREADS = List.of(1, CROWD);

    /** Many short rounds: what else the machine does then hits all contenders alike. */
    private static final int SLICES = 3;

    /** In or out of a transaction, with so many checkouts, by so many threads at once. */
    private record Case(boolean inTransaction, int checkouts, int threads) {
        String title() {
            return checkouts + (inTransaction ? " in tx" : " no tx");
        }
    }

    private final Servers servers;
    private final Options options;
    private final Map<Case, Map<Contender, Samples>> found = new LinkedHashMap<>();

    public HealthyCost(Servers servers, Options options) {
        this.servers = servers;
        this.options = options;
    }

    @Override
    public String name() {
        return "healthy-cost";
    }

    @Override
    public List<Section> answer() throws SQLException {
        for (int threads : THREADS) {
            for (boolean inTransaction : new boolean[] {true, false}) {
                for (int checkouts : CHECKOUTS) {
                    found.put(new Case(inTransaction, checkouts, threads), new EnumMap<>(Contender.class));
                }
            }
        }
        warmUp();
        for (int round = 0; round < SLICES * options.rounds(); round++) {
            measureAll(round);
        }
        return List.of(section());
    }

    private void warmUp() {
        for (int i = 0; i < 2; i++) {
            for (Case each : found.keySet()) {
                for (Contender contender : Contender.values()) {
                    measure(contender, each, options.of(150, 100));
                }
            }
        }
    }

    private void measureAll(int round) throws SQLException {
        Contender[] contenders = Contender.values();
        try (Counters counters = servers.counters()) {
            for (Case each : found.keySet()) {
                for (int i = 0; i < contenders.length; i++) {
                    // Nobody always comes first, or after the same one.
                    Contender contender = contenders[(i + round * 3) % contenders.length];
                    // Counters move by a look of the server's at its idle connections too: one call before, to settle.
                    measure(contender, each, 5);
                    counters.next();
                    Measurement measurement = measure(contender, each, options.of(160, 50));
                    found.get(each)
                            .computeIfAbsent(contender, key -> new Samples())
                            .add(measurement, counters.next());
                }
            }
        }
    }

    private Measurement measure(Contender contender, Case measured, int calls) {
        int times = Math.max(1, calls / measured.threads());
        return servers.client()
                .post(
                        "measure?contender=" + contender + "&transaction=" + measured.inTransaction() + "&checkouts="
                                + measured.checkouts() + "&threads=" + measured.threads() + "&times=" + times,
                        new TypeReference<>() {});
    }

    private Samples samples(Case measured, Contender contender) {
        return found.get(measured).get(contender);
    }

    private Section section() {
        List<Table> tables = new ArrayList<>();
        for (int threads : THREADS) {
            String by = threads == 1 ? "one thread" : threads + " threads";
            tables.add(table(
                    "healthy-p50-" + threads,
                    "Added p50, µs, " + by,
                    threads,
                    (of, plain) -> of.over(plain, 50).text(0)));
            tables.add(table(
                    "healthy-p99-" + threads,
                    "Added p99, µs, " + by,
                    threads,
                    (of, plain) -> of.over(plain, 99).middle(0)));
        }
        tables.add(table(
                "healthy-round-trips",
                "Round trips added to a job (the database's counters)",
                1,
                (of, plain) -> Spread.number(
                        of.roundTrips().median() - plain.roundTrips().median(), 2)));
        tables.add(table(
                "healthy-bytes",
                "Bytes allocated in addition by a job, the guard's thread included",
                1,
                (of, plain) -> Spread.number(of.bytes().median() - plain.bytes().median(), 0)));
        tables.add(parts());
        tables.add(ratios());
        return new Section("Healthy cost of a job", TEXT, tables, List.of(chart(true), chart(false)), aims());
    }

    private Table table(String name, String title, int threads, BiFunction<Samples, Samples, String> cell) {
        List<Case> cases = cases(threads);
        List<String> header = new ArrayList<>(List.of("added to the unguarded job"));
        cases.forEach(each -> header.add(each.title()));
        List<List<String>> rows = new ArrayList<>();
        for (Contender contender : Contender.values()) {
            if (contender.isJob() && contender != Contender.UNGUARDED) {
                List<String> row = new ArrayList<>(List.of(contender.title()));
                cases.forEach(
                        each -> row.add(cell.apply(samples(each, contender), samples(each, Contender.UNGUARDED))));
                rows.add(row);
            }
        }
        return new Table(name, title, header, rows);
    }

    private List<Case> cases(int threads) {
        return found.keySet().stream().filter(each -> each.threads() == threads).toList();
    }

    private Table parts() {
        List<List<String>> rows = new ArrayList<>();
        Case measured = cases(1).get(0);
        for (Contender contender : List.of(
                Contender.UNGUARDED,
                Contender.IS_VALID,
                Contender.CHECKOUT,
                Contender.HAND_OFF,
                Contender.HANDED_OVER)) {
            Samples samples = samples(measured, contender);
            rows.add(List.of(
                    contender == Contender.UNGUARDED ? "whole unguarded job, " + measured.title() : contender.title(),
                    samples.micros(50).text(1),
                    samples.micros(99).text(0),
                    samples.roundTrips().middle(2),
                    samples.bytes().middle(0)));
        }
        return new Table(
                "healthy-parts",
                "The parts, measured in the same rounds",
                List.of("", "p50, µs", "p99, µs", "round trips", "bytes"),
                rows);
    }

    private Table ratios() {
        List<List<String>> rows = new ArrayList<>();
        for (boolean inTransaction : new boolean[] {true, false}) {
            Case alone = new Case(inTransaction, 1, 1);
            rows.add(List.of(
                    "one thread, " + alone.title(),
                    Contender.HANDED_OVER.title(),
                    overHandedOver(alone).text(2)));
        }
        for (boolean inTransaction : new boolean[] {true, false}) {
            Case crowded = new Case(inTransaction, 1, CROWD);
            rows.add(List.of(
                    CROWD + " threads, " + crowded.title(),
                    Contender.BY_HAND.title(),
                    Spread.ratio(added(crowded, Contender.GUARD), added(crowded, Contender.BY_HAND))));
        }
        return new Table(
                "healthy-ratios",
                "Added p50 of the guard over a rival's, in the same rounds",
                List.of("case", "rival", "guard over rival"),
                rows);
    }

    private Spread overHandedOver(Case measured) {
        List<Double> ratios = new ArrayList<>();
        Samples rival = samples(measured, Contender.HANDED_OVER);
        for (int round = 0; round < rival.size(); round++) {
            ratios.add((samples(measured, Contender.GUARD).micros(round, 50)
                            - samples(measured, Contender.UNGUARDED).micros(round, 50))
                    / rival.micros(round, 50));
        }
        return Spread.of(ratios);
    }

    private double added(Case measured, Contender contender) {
        return samples(measured, contender)
                .over(samples(measured, Contender.UNGUARDED), 50)
                .median();
    }

    private Bars chart(boolean inTransaction) {
        List<Case> cases = cases(1).stream()
                .filter(each -> each.inTransaction() == inTransaction)
                .toList();
        Map<String, List<Double>> series = new LinkedHashMap<>();
        for (Contender contender : Contender.values()) {
            if (contender.isJob() && contender != Contender.UNGUARDED) {
                series.put(
                        contender.title(),
                        cases.stream()
                                .map(each -> Math.max(
                                        0,
                                        samples(each, contender)
                                                .over(samples(each, Contender.UNGUARDED), 50)
                                                .median()))
                                .toList());
            }
        }
        return new Bars(
                inTransaction ? "healthy-in-tx" : "healthy-no-tx",
                "Added to a job" + (inTransaction ? " in a transaction" : " without a transaction") + ", one thread",
                "added p50, µs",
                cases.stream().map(each -> each.checkouts() + " checkouts").toList(),
                series);
    }

    private List<Aim> aims() {
        List<Aim> aims = new ArrayList<>();
        double worst = found.keySet().stream()
                .mapToDouble(each -> samples(each, Contender.GUARD).roundTrips().median()
                        - samples(each, Contender.UNGUARDED).roundTrips().median())
                .map(added -> Math.abs(added - 1))
                .max()
                .orElseThrow();
        aims.add(new Aim(
                "exactly one round trip per job",
                "off by " + Spread.number(worst, 3) + " at most, in " + found.size() + " cases",
                worst < 0.05,
                ""));
        for (boolean inTransaction : new boolean[] {true, false}) {
            aims.add(p50(new Case(inTransaction, 1, 1)));
        }
        aims.add(handedOver(new Case(false, 1, 1)));
        for (boolean inTransaction : new boolean[] {true, false}) {
            aims.add(crowded(new Case(inTransaction, 1, CROWD)));
        }
        for (Case each : cases(1)) {
            if (each.checkouts() > 1) {
                aims.add(belowMatch(each));
            }
        }
        Case hot = new Case(false, 1, 1);
        Spread bypass = samples(hot, Contender.BYPASS).over(samples(hot, Contender.UNGUARDED), 50);
        double trips = samples(hot, Contender.BYPASS).roundTrips().median()
                - samples(hot, Contender.UNGUARDED).roundTrips().median();
        aims.add(new Aim(
                "inside the bypass window no round trip, ≤ 3 µs",
                Spread.number(trips, 2) + " round trips, " + bypass.text(1) + " µs",
                Math.abs(trips) < 0.05 && bypass.median() <= 3,
                ""));
        return aims;
    }

    private Aim p50(Case measured) {
        List<Double> factors = new ArrayList<>();
        Samples guard = samples(measured, Contender.GUARD);
        for (int round = 0; round < guard.size(); round++) {
            double added = guard.micros(round, 50)
                    - samples(measured, Contender.UNGUARDED).micros(round, 50);
            double allowed = 1.25
                            * (samples(measured, Contender.IS_VALID).micros(round, 50)
                                    + samples(measured, Contender.CHECKOUT).micros(round, 50))
                    + samples(measured, Contender.HAND_OFF).micros(round, 50);
            factors.add(added / allowed);
        }
        Spread factor = Spread.of(factors);
        return new Aim(
                "added p50 ≤ 1.25 × (isValid + checkout) + hand-off, " + measured.title(),
                factor.text(2) + " of that",
                factor.median() <= 1,
                STATEMENT);
    }

    private Aim handedOver(Case measured) {
        Spread ratio = overHandedOver(measured);
        return new Aim(
                "added p50 ≤ 1.25 × isValid, handed off and awaited, " + measured.title(),
                ratio.text(2) + " of that; in a transaction "
                        + overHandedOver(new Case(true, measured.checkouts(), measured.threads()))
                                .middle(2),
                ratio.median() <= 1.25,
                PING);
    }

    /** A ratio of medians: in one round the difference between two short times may be anything, even nothing. */
    private Aim crowded(Case measured) {
        double guard = added(measured, Contender.GUARD);
        double byHand = added(measured, Contender.BY_HAND);
        double inline = added(measured, Contender.INLINE);
        return new Aim(
                "added p50 of " + measured.threads() + " threads ≤ 2 × isValid by hand, " + measured.title(),
                Spread.ratio(guard, byHand) + ": " + Spread.number(guard, 0) + " over " + Spread.number(byHand, 0)
                        + " µs",
                guard <= 2 * byHand,
                "jobs that do nothing else keep all processors busy, so that what is compared is processor time: the same"
                        + " gate without the hand-off adds " + Spread.number(inline, 0)
                        + " µs, for a statement where the rival has a ping; the rest is hand-offs, which wait for a"
                        + " processor. With a network between it is gone (*Jobs that fire together*)");
    }

    private Aim belowMatch(Case measured) {
        Spread difference = samples(measured, Contender.GUARD).over(samples(measured, Contender.MATCH), 50);
        return new Aim(
                "below validate-on-match, " + measured.title(),
                difference.text(0) + " µs beside it",
                difference.median() <= 0,
                measured.inTransaction() ? MATCH_ONCE : FEW);
    }

    private static final String TEXT =
            "The same EJB for everybody; its body only takes connections and gives them back, one"
                    + " after another: *5 in tx* takes five in the container's transaction. Every job has a pool of 20. Round trips are"
                    + " counted by the server, so now and then a ping of the rivals' background validation is among them.";
    private static final String STATEMENT =
            "a hand-off around a wait for the network costs more than the empty one that is"
                    + " measured beside it: see the least values of the last two parts, and the rows with and without hand-off. And DO 1 is a statement,"
                    + " some µs more than the ping that isValid is, which a MySQL that shuts down would still answer";
    private static final String PING =
            "its question is a statement where the rival has a ping, and there is a checkout and a return around it";
    private static final String MATCH_ONCE =
            "inside a transaction the pool gives the same connection again and validates it"
                    + " once too; what remains is the hand-off";
    private static final String FEW = "so few pings cost less than one statement and a hand-off";
}
