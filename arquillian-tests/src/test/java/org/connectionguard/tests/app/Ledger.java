/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests.app;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.connectionguard.DatabaseUnavailableException;

/** What became of every call of every job. For any thread. */
@ApplicationScoped
public class Ledger {
    /**
     * Of one job, since the last reset.
     *
     * @param called calls that returned to the container, normally or not
     * @param started bodies that started
     * @param succeeded bodies that came to their end
     * @param connection the database's id of the last connection used
     *
     * @param errors what the container saw, or a body swallowed
     */
    public record Account(int called, int started, int succeeded, long connection, long selects, List<String> errors) {}

    /**
     * Calls, one by one.
     *
     * @param runs those that have ended since the last page
     * @param committed ids of those whose transaction has committed since then
     */
    public record Page(List<Run> runs, List<String> committed) {}

    private static final class Counts {
        int called;
        int started;
        int succeeded;
        long connection;
        long selects;
        final List<String> errors = new ArrayList<>();
    }

    /** A call that is under way. */
    private static final class OpenRun {
        final String id = UUID.randomUUID().toString();
        final long entered = System.currentTimeMillis();
        long bodyStarted;
        int bodies;
        Optional<Exception> error = Optional.empty();
    }

    private static final int MANY = 10_000;

    private final Map<String, Counts> jobs = new TreeMap<>();
    private final List<Run> finished = new ArrayList<>();
    private final List<String> committed = new ArrayList<>();
    private final ThreadLocal<OpenRun> open = new ThreadLocal<>();

    /** Each call holds one; who holds all has no call under way, and none begins. */
    private final Semaphore calls = new Semaphore(MANY, true);

    void enter() {
        calls.acquireUninterruptibly();
        open.set(new OpenRun());
    }

    void leave(String job, String key) {
        OpenRun run = open.get();
        open.remove();
        synchronized (this) {
            of(job).called++;
            finished.add(new Run(
                    run.id,
                    job,
                    key,
                    run.entered,
                    run.bodyStarted,
                    run.bodies,
                    System.currentTimeMillis(),
                    outcome(run),
                    run.error.map(Throwable::toString).orElse("")));
        }
        calls.release();
    }

    private static Run.Outcome outcome(OpenRun run) {
        if (run.bodies > 0) {
            return run.error.isPresent() ? Run.Outcome.BODY_FAILED : Run.Outcome.RAN;
        }
        for (Throwable each = run.error.orElse(null); each != null; each = each.getCause()) {
            if (each instanceof DatabaseUnavailableException) {
                return Run.Outcome.REFUSED;
            }
        }
        return run.error.isPresent() ? Run.Outcome.OTHER : Run.Outcome.SKIPPED;
    }

    /**
     * Returns when no call is under way; those that come wait before the guard.
     *
     * @throws IllegalStateException when one has no end
     */
    void hold() throws InterruptedException {
        if (!calls.tryAcquire(MANY, 3, TimeUnit.MINUTES)) {
            throw new IllegalStateException(underWay() + " calls do not come to their end");
        }
    }

    void resume() {
        calls.release(MANY);
    }

    /** How many calls are under way. */
    int underWay() {
        return MANY - calls.availablePermits();
    }

    /** The id of the call that the calling thread is in; empty: in none. */
    Optional<String> run() {
        return Optional.ofNullable(open.get()).map(run -> run.id);
    }

    synchronized void committed(String run) {
        committed.add(run);
    }

    synchronized void bodyStarted(String job) {
        of(job).started++;
        OpenRun run = open.get();
        if (run != null) {
            run.bodyStarted = System.currentTimeMillis();
            run.bodies++;
        }
    }

    synchronized void bodySucceeded(String job, long connection) {
        of(job).succeeded++;
        of(job).connection = connection;
    }

    synchronized void counted(String job, long selects) {
        of(job).selects = selects;
    }

    synchronized void failed(String job, Exception failure) {
        of(job).errors.add(String.valueOf(failure));
        OpenRun run = open.get();
        if (run != null) {
            run.error = Optional.of(failure);
        }
    }

    synchronized void reset() {
        jobs.clear();
        finished.clear();
        committed.clear();
    }

    synchronized Page nextPage() {
        Page page = new Page(List.copyOf(finished), List.copyOf(committed));
        finished.clear();
        committed.clear();
        return page;
    }

    synchronized Map<String, Account> accounts() {
        Map<String, Account> accounts = new TreeMap<>();
        jobs.forEach((name, counts) -> accounts.put(
                name,
                new Account(
                        counts.called,
                        counts.started,
                        counts.succeeded,
                        counts.connection,
                        counts.selects,
                        List.copyOf(counts.errors))));
        return accounts;
    }

    private Counts of(String job) {
        return jobs.computeIfAbsent(job, name -> new Counts());
    }
}
