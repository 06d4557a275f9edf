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
    private final List<Application> applications;
    private final Duration patience;

    /** By the names of the archives. */
    private Map<String, String> refusals = Map.of();

    /** As it was when all sessions had just been killed. */
    private Snapshot healthy = new Snapshot(Map.of(), Map.of());

    private ServerLog log = new ServerLog(List.of());
    private long killed;

    /** @param patience for what perhaps never comes */
    Wave(List<Application> applications, Duration patience) {
        this.applications = applications;
        this.patience = patience;
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
        refusals = Management.deployAll(
                applications.stream().map(Application::archive).toList());
        try {
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
            Set<String> timers = applications.stream()
                    .flatMap(application -> application.jobs().stream())
                    .collect(Collectors.toSet());
            awaitQuietly(() -> Snapshot.since(killed).isDecided(timers, healthy));
            Snapshot end = Snapshot.since(killed);
            Map<Application, Outcome> outcomes = new LinkedHashMap<>();
            applications.forEach(application -> outcomes.put(application, outcome(application, end)));
            return outcomes;
        } finally {
            Management.undeployAll(deployed().stream().map(Application::file).toList());
        }
    }

    private Outcome outcome(Application application, Snapshot end) {
        Map<String, Outcome.Recovery> recoveries = application.jobs().stream()
                .filter(healthy.firstRuns()::containsKey)
                .collect(Collectors.toMap(job -> job, job -> end.recovery(job, healthy, log.word(application, job))));
        Set<String> ran = application.writers().stream()
                .filter(healthy.firstRuns()::containsKey)
                .collect(Collectors.toSet());
        return new Outcome(refusal(application), ran, recoveries);
    }

    private List<Application> deployed() {
        return applications.stream()
                .filter(application -> refusal(application).isEmpty())
                .toList();
    }

    private String refusal(Application application) {
        return refusals.getOrDefault(application.file(), "");
    }

    /** What does not come in time is judged as it is. */
    private void awaitQuietly(Callable<Boolean> condition) {
        try {
            await().atMost(patience).pollInterval(Duration.ofMillis(250)).until(condition);
        } catch (ConditionTimeoutException e) {
            // So it did not come.
        }
    }

    private static long lastRow() throws SQLException {
        return Sessions.number("select coalesce(max(id), 0) from defects.entry");
    }
}
