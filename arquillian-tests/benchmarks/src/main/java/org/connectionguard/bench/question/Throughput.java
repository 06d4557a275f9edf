/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.bench.question;

import com.fasterxml.jackson.core.type.TypeReference;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.connectionguard.bench.Options;
import org.connectionguard.bench.app.Contender;
import org.connectionguard.bench.report.Aim;
import org.connectionguard.bench.report.Section;
import org.connectionguard.bench.report.Spread;
import org.connectionguard.bench.report.Table;
import org.connectionguard.bench.server.Servers;

/** How many timers get through, guarded over unguarded. */
public final class Throughput implements Question {
    /** Bodies that take the database so long, and what part of the unguarded throughput is to be left. */
    private record Body(int millis, double aim) {}

    private static final List<Body> BODIES = List.of(new Body(1, 0.9), new Body(5, 0.97), new Body(20, 0.97));
    private static final List<Contender> CONTENDERS = List.of(Contender.UNGUARDED, Contender.BY_HAND, Contender.GUARD);

    /** Many short rounds: what else the machine does then hits all contenders alike. */
    private static final int SLICES = 2;

    private final Servers servers;
    private final Options options;
    private final int timers;

    public Throughput(Servers servers, Options options) {
        this.servers = servers;
        this.options = options;
        this.timers = options.of(1000, 200);
    }

    @Override
    public String name() {
        return "throughput";
    }

    @Override
    public List<Section> answer() {
        for (int i = 0; i < options.of(10, 1); i++) {
            CONTENDERS.forEach(contender -> perSecond(contender, 1));
        }
        List<List<String>> rows = new ArrayList<>();
        List<Aim> aims = new ArrayList<>();
        for (Body body : BODIES) {
            Map<Contender, List<Double>> found = measure(body.millis());
            Spread byHand = overUnguarded(found, Contender.BY_HAND);
            Spread guard = overUnguarded(found, Contender.GUARD);
            List<String> row = new ArrayList<>(List.of(body.millis() + " ms"));
            CONTENDERS.forEach(
                    contender -> row.add(Spread.of(found.get(contender)).text(0)));
            row.add(byHand.text(3));
            row.add(guard.text(3));
            rows.add(row);
            aims.add(new Aim(
                    "guarded over unguarded ≥ " + body.aim() + ", bodies of " + body.millis() + " ms",
                    guard.text(3) + "; isValid by hand " + byHand.middle(3),
                    guard.median() >= body.aim(),
                    REASON));
        }
        Table table = new Table(
                "throughput",
                "",
                List.of(
                        "body takes the database",
                        "unguarded, jobs/s",
                        "isValid by hand, jobs/s",
                        "guarded, jobs/s",
                        "isValid by hand over unguarded",
                        "guarded over unguarded"),
                rows);
        return List.of(new Section(
                "Throughput",
                timers
                        + " timers that expire at once; a pool of 20; WildFly's ten timer threads. A body is one statement"
                        + " that keeps the database for so long. Bodies of 1 ms show the guard at its worst: with them this"
                        + " machine's processors are busy, and whatever is added to a job is missing elsewhere.",
                List.of(table),
                List.of(),
                aims));
    }

    private Map<Contender, List<Double>> measure(int millis) {
        Map<Contender, List<Double>> found = new EnumMap<>(Contender.class);
        for (int round = 0; round < SLICES * options.rounds(); round++) {
            for (int i = 0; i < CONTENDERS.size(); i++) {
                // Nobody always comes first.
                Contender contender = CONTENDERS.get((i + round) % CONTENDERS.size());
                found.computeIfAbsent(contender, key -> new ArrayList<>()).add(perSecond(contender, millis));
            }
        }
        return found;
    }

    /** In each round. */
    private static Spread overUnguarded(Map<Contender, List<Double>> found, Contender contender) {
        List<Double> ratios = new ArrayList<>();
        for (int round = 0; round < found.get(contender).size(); round++) {
            ratios.add(found.get(contender).get(round)
                    / found.get(Contender.UNGUARDED).get(round));
        }
        return Spread.of(ratios);
    }

    private double perSecond(Contender contender, int millis) {
        long nanos = servers.client()
                .post(
                        "expire?contender=" + contender + "&times=" + timers + "&millis=" + millis,
                        new TypeReference<Long>() {});
        return timers / (nanos / 1e9);
    }

    private static final String REASON =
            "a round trip more, and two wake-ups, each of which waits for a processor where all are busy";
}
