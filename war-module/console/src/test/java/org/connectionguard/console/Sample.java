/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.console;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.connectionguard.console.state.DataSource;
import org.connectionguard.console.state.Deployment;
import org.connectionguard.console.state.Job;
import org.connectionguard.console.state.Job.Protection;
import org.connectionguard.console.state.Outage;
import org.connectionguard.console.state.Outcome;
import org.connectionguard.console.state.Run;
import org.connectionguard.console.state.ServerState;

/** Jobs and data sources of an application called shop, whose history began at 1000. Stateless. */
public final class Sample {
    public static final long SINCE = 1000;

    private Sample() {}

    public static ServerState state(List<Job> jobs, DataSource... dataSources) {
        return new ServerState(
                List.of(new Deployment("guard", "shop", SINCE, 2, 1, 0)), jobs, List.of(dataSources), Map.of());
    }

    /** Guarded, and these are its runs, 1000 milliseconds apart. */
    public static Job job(String name, Outcome... outcomes) {
        List<Run> history = Stream.of(outcomes)
                .map(outcome -> new Run(0, 5, 1, 0, outcome, "because"))
                .toList();
        List<Run> dated = Stream.iterate(0, at -> at < history.size(), at -> at + 1)
                .map(at -> new Run(2000 + at * 1000L, 5, 1, 0, history.get(at).outcome(), "because"))
                .toList();
        long last = dated.isEmpty() ? 0 : dated.get(dated.size() - 1).start();
        return new Job(
                "job " + name,
                "shop",
                name,
                "daily at 02:00:00",
                Protection.GUARDED,
                "@ValidConnections",
                0,
                last,
                last,
                90_000,
                false,
                false,
                0,
                5,
                Map.of(Outcome.RAN, 3L),
                dated);
    }

    public static Job overdue(Job job) {
        return with(job, job.protection(), true, false, 0);
    }

    public static Job ended(Job job) {
        return with(job, job.protection(), false, true, 0);
    }

    public static Job putOff(Job job, long since) {
        return with(job, job.protection(), false, false, since);
    }

    public static Job unguarded(Job job) {
        return with(job, Protection.UNPROTECTED, false, false, 0);
    }

    private static Job with(Job job, Protection protection, boolean overdue, boolean ended, long putOffSince) {
        return new Job(
                job.id(),
                job.deployment(),
                job.name(),
                job.schedule(),
                protection,
                job.reason(),
                job.active(),
                job.lastStart(),
                job.lastSuccess(),
                job.next(),
                overdue,
                ended,
                putOffSince,
                job.runMillis(),
                job.counts(),
                job.history());
    }

    public static DataSource dataSource(String state, int waiting, Outage... outages) {
        return new DataSource(
                "source",
                "shop",
                "java:jboss/datasources/Orders",
                state,
                5000,
                waiting,
                0,
                Map.of("alive", 2L),
                4,
                Map.of("dead", 1L),
                0,
                0,
                outages.length,
                0,
                List.of(outages));
    }
}
