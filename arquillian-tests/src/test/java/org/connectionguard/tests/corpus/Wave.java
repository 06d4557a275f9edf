/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests.corpus;

import static org.awaitility.Awaitility.await;

import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.awaitility.core.ConditionTimeoutException;
import org.connectionguard.tests.server.Management;
import org.connectionguard.tests.server.Sessions;

/**
 * Applications that are deployed at once, each with a data source of its own, because a guarded job sweeps a whole pool; then
 * all of their sessions are killed at once. For one thread.
 */
final class Wave {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final List<Application> applications;
    private final Map<Application, String> refusals = new LinkedHashMap<>();

    /** As it was when all sessions had just been killed. */
    private Snapshot healthy = new Snapshot(Map.of(), Map.of());

    private ServerLog log = new ServerLog(List.of());
    private long killed;

    Wave(List<Application> applications) {
        this.applications = applications;
    }

    /**
     * Deploys, kills, looks, and takes all away again.
     *
     * @param expected the jobs of an application that are waited for
     */
    Map<Application, Outcome> run(Function<Application, Set<String>> expected) throws SQLException {
        Management.flushAllPools();
        int logged = ServerLog.length();
        long begin = lastRow();
        try {
            applications.forEach(this::deploy);
            Set<String> awaited = deployed().stream()
                    .flatMap(application -> expected.apply(application).stream())
                    .collect(Collectors.toSet());
            awaitQuietly(() -> Snapshot.since(begin).wrote(awaited));
            Management.whileSuspended(() -> {
                healthy = Snapshot.since(begin);
                log = ServerLog.since(logged);
                Sessions.killAll();
                killed = lastRow();
            });
            awaitQuietly(() -> Snapshot.since(killed).isDecided(healthy));
            Snapshot end = Snapshot.since(killed);
            return applications.stream()
                    .collect(Collectors.toMap(application -> application, application -> outcome(application, end)));
        } finally {
            deployed().forEach(application -> Management.undeploy(application.file()));
        }
    }

    private Outcome outcome(Application application, Snapshot end) {
        Map<String, Outcome.Recovery> recoveries = application.jobs().stream()
                .filter(healthy.firstRuns()::containsKey)
                .collect(Collectors.toMap(job -> job, job -> end.recovery(job, healthy, log.word(application, job))));
        return new Outcome(refusals.get(application), recoveries.keySet(), recoveries);
    }

    private void deploy(Application application) {
        try {
            Management.deploy(application.archive());
            refusals.put(application, "");
        } catch (IllegalStateException e) {
            refusals.put(application, String.valueOf(e.getMessage()));
        }
    }

    private List<Application> deployed() {
        return refusals.entrySet().stream()
                .filter(entry -> entry.getValue().isEmpty())
                .map(Map.Entry::getKey)
                .toList();
    }

    /** What does not come in time is judged as it is. */
    private static void awaitQuietly(Callable<Boolean> condition) {
        try {
            await().atMost(PATIENCE).pollInterval(Duration.ofMillis(250)).until(condition);
        } catch (ConditionTimeoutException e) {
            // So it did not come.
        }
    }

    private static long lastRow() throws SQLException {
        return Sessions.number("select coalesce(max(id), 0) from defects.entry");
    }
}
