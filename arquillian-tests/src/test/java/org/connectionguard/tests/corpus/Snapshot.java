/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests.corpus;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.connectionguard.tests.server.Management;
import org.connectionguard.tests.server.TestServers;

/**
 * What jobs have done. Immutable.
 *
 * @param firstRuns of those that have written, the number of the body that wrote first
 * @param begun how many bodies each has begun since the server was started
 */
record Snapshot(Map<String, Long> firstRuns, Map<String, Long> begun) {
    /** The container begins each expiration twice when it fails. */
    private static final long HOPELESS = 4;

    /** @param row only what was written after this one counts */
    static Snapshot since(long row) throws SQLException {
        Map<String, Long> runs = new HashMap<>();
        try (Connection connection = TestServers.database().connectAsRoot();
                Statement statement = connection.createStatement();
                ResultSet answer = statement.executeQuery("select job, min(cast(run as unsigned)) from defects.entry"
                        + " where id > " + row + " group by job")) {
            while (answer.next()) {
                runs.put(answer.getString(1), answer.getLong(2));
            }
        }
        Map<String, Long> begun = Management.systemProperties("corpus.begun.").entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> Long.valueOf(entry.getValue())));
        return new Snapshot(runs, begun);
    }

    /** Whether all of these have written. */
    boolean wrote(Collection<String> jobs) {
        return firstRuns.keySet().containsAll(jobs);
    }

    /** Whether of each of these that wrote before it is known now whether it writes again. */
    boolean isDecided(Collection<String> jobs, Snapshot before) {
        return jobs.stream()
                .filter(before.firstRuns::containsKey)
                .allMatch(job -> firstRuns.containsKey(job) || begunSince(before, job) >= HOPELESS);
    }

    /**
     * What became of a job.
     *
     * @param before when no body was under way
     */
    Outcome.Recovery recovery(String job, Snapshot before, Outcome.Word word) {
        if (firstRuns.containsKey(job)) {
            long lost = firstRuns.get(job) - before.begun.getOrDefault(job, 0L) - 1;
            return new Outcome.Recovery(Outcome.State.HEALED, lost, word);
        }
        long failed = begunSince(before, job);
        return new Outcome.Recovery(failed > 0 ? Outcome.State.FAILS : Outcome.State.STANDS_STILL, failed, word);
    }

    private long begunSince(Snapshot before, String job) {
        return begun.getOrDefault(job, 0L) - before.begun.getOrDefault(job, 0L);
    }
}
