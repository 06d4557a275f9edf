/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.bench.question;

import com.fasterxml.jackson.core.type.TypeReference;
import java.util.ArrayList;
import java.util.List;
import org.connectionguard.bench.Options;
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

    private final Servers servers;
    private final Options options;

    public Throughput(Servers servers, Options options) {
        this.servers = servers;
        this.options = options;
    }

    @Override
    public String name() {
        return "throughput";
    }

    @Override
    public List<Section> answer() {
        int timers = options.of(1000, 200);
        expire(true, timers, 1);
        expire(false, timers, 1);
        List<List<String>> rows = new ArrayList<>();
        List<Aim> aims = new ArrayList<>();
        for (Body body : BODIES) {
            int millis = body.millis();
            List<Double> guarded = new ArrayList<>();
            List<Double> unguarded = new ArrayList<>();
            List<Double> ratios = new ArrayList<>();
            for (int round = 0; round < options.rounds(); round++) {
                boolean guardedFirst = round % 2 == 0;
                double first = timers / seconds(guardedFirst, timers, millis);
                double second = timers / seconds(!guardedFirst, timers, millis);
                guarded.add(guardedFirst ? first : second);
                unguarded.add(guardedFirst ? second : first);
                ratios.add(guardedFirst ? first / second : second / first);
            }
            Spread ratio = Spread.of(ratios);
            rows.add(List.of(
                    millis + " ms",
                    Spread.of(unguarded).text(0),
                    Spread.of(guarded).text(0),
                    ratio.text(3)));
            aims.add(new Aim(
                    "guarded over unguarded ≥ " + body.aim() + ", bodies of " + millis + " ms",
                    ratio.text(3),
                    ratio.median() >= body.aim(),
                    "jobs of one data source pass its gate in turn, and a turn has two wake-ups, each of which waits for a"
                            + " processor where all are busy"));
        }
        Table table = new Table(
                "throughput",
                "",
                List.of("body takes the database", "unguarded, jobs/s", "guarded, jobs/s", "guarded over unguarded"),
                rows);
        return List.of(new Section(
                "Throughput",
                timers
                        + " timers that expire at once; a pool of 20; WildFly's ten timer threads. A body is one statement"
                        + " that keeps the database for so long. Bodies of 1 ms show the guard at its worst: all jobs of a"
                        + " data source pass its gate one after another.",
                List.of(table),
                List.of(),
                aims));
    }

    private double seconds(boolean guarded, int timers, int millis) {
        return expire(guarded, timers, millis) / 1e9;
    }

    private long expire(boolean guarded, int timers, int millis) {
        return servers.client()
                .post(
                        "expire?guarded=" + guarded + "&times=" + timers + "&millis=" + millis,
                        new TypeReference<Long>() {});
    }
}
