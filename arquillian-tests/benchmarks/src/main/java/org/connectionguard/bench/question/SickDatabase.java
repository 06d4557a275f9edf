/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.bench.question;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.connectionguard.bench.Options;
import org.connectionguard.bench.report.Aim;
import org.connectionguard.bench.report.Bars;
import org.connectionguard.bench.report.Section;
import org.connectionguard.bench.report.Spread;
import org.connectionguard.bench.report.Table;
import org.connectionguard.bench.server.Management;
import org.connectionguard.bench.server.Servers;
import org.connectionguard.server.TcpProxy;

/** How often a database is knocked at that is not there, by so many waiting jobs. */
public final class SickDatabase implements Question {
    private static final List<Integer> JOBS = List.of(1, 10, 100);

    private final Servers servers;
    private final Options options;

    public SickDatabase(Servers servers, Options options) {
        this.servers = servers;
        this.options = options;
    }

    @Override
    public String name() {
        return "sick-database";
    }

    @Override
    public List<Section> answer() throws IOException {
        Map<Integer, List<Double>> guarded = new LinkedHashMap<>();
        Map<Integer, List<Double>> unguarded = new LinkedHashMap<>();
        for (int round = 0; round < Math.max(1, options.rounds() / 2); round++) {
            for (int jobs : JOBS) {
                measure(
                        jobs,
                        guarded.computeIfAbsent(jobs, key -> new ArrayList<>()),
                        unguarded.computeIfAbsent(jobs, key -> new ArrayList<>()));
            }
        }
        List<List<String>> rows = new ArrayList<>();
        for (int jobs : JOBS) {
            rows.add(List.of(
                    Integer.toString(jobs),
                    Spread.of(guarded.get(jobs)).text(2),
                    Spread.of(unguarded.get(jobs)).text(1)));
        }
        double one = Spread.of(guarded.get(JOBS.get(0))).median();
        double hundred = Spread.of(guarded.get(JOBS.get(JOBS.size() - 1))).median();
        Map<String, List<Double>> series = new LinkedHashMap<>();
        series.put(
                "guard",
                JOBS.stream().map(n -> Spread.of(guarded.get(n)).median()).toList());
        series.put(
                "retry by hand",
                JOBS.stream().map(n -> Spread.of(unguarded.get(n)).median()).toList());
        return List.of(new Section(
                "Load on a sick database",
                "The database refuses every connection, for " + seconds() + " s from the first attempt on; so many jobs"
                        + " wait for it (max-waiting-jobs raised to 100). Counted where the connections arrive. Beside them"
                        + " as many jobs that try again by hand, every 100 ms.",
                List.of(new Table(
                        "sick-database",
                        "",
                        List.of("waiting jobs", "guard, connects/s", "retry by hand, connects/s"),
                        rows)),
                List.of(new Bars(
                        "sick-database",
                        "Connects to a database that refuses them",
                        "connects/s",
                        JOBS.stream().map(n -> n + " jobs").toList(),
                        series)),
                List.of(new Aim(
                        "flat from 1 to 100 waiting jobs",
                        Spread.number(one, 2) + " connects/s by 1 job, " + Spread.number(hundred, 2) + " by 100",
                        hundred <= 1.5 * one,
                        ""))));
    }

    private int seconds() {
        return options.of(10, 4);
    }

    private void measure(int jobs, List<Double> guarded, List<Double> unguarded) throws IOException {
        try (Management management = servers.management()) {
            // A dead connection in a pool that nobody guards would keep its jobs from ever connecting.
            management.flush();
        }
        TcpProxy ofGuarded = servers.guardedSick();
        TcpProxy ofUnguarded = servers.unguardedSick();
        ofGuarded.refuse();
        ofUnguarded.refuse();
        int guardedBefore = ofGuarded.accepted().size();
        int unguardedBefore = ofUnguarded.accepted().size();
        servers.client().post("gather?jobs=" + jobs);
        LockSupport.parkNanos(seconds() * 1_000_000_000L);
        guarded.add((ofGuarded.accepted().size() - guardedBefore) / (double) seconds());
        unguarded.add((ofUnguarded.accepted().size() - unguardedBefore) / (double) seconds());
        servers.client().post("disperse");
        ofGuarded.recover();
        ofUnguarded.recover();
        // The guard looks once more, and lets them through: the next crowd finds a healthy data source.
        servers.client().post("validate?dataSource=sick/GUARD");
    }
}
