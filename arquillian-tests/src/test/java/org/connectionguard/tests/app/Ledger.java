/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests.app;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;

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
     * @param pings how often that connection had been pinged in its life, by its own count in the server
     * @param errors what the container saw, or a body swallowed
     */
    public record Account(int called, int started, int succeeded, long connection, long pings, List<String> errors) {}

    private static final class Counts {
        int called;
        int started;
        int succeeded;
        long connection;
        long pings;
        final List<String> errors = new ArrayList<>();
    }

    private static final int MANY = 10_000;

    private final Map<String, Counts> jobs = new TreeMap<>();

    /** Each call holds one; who holds all has no call under way, and none begins. */
    private final Semaphore calls = new Semaphore(MANY, true);

    void enter() {
        calls.acquireUninterruptibly();
    }

    void leave() {
        calls.release();
    }

    /** Returns when no call is under way; those that come wait before the guard. */
    void hold() {
        calls.acquireUninterruptibly(MANY);
    }

    void resume() {
        calls.release(MANY);
    }

    synchronized void bodyStarted(String job) {
        of(job).started++;
    }

    synchronized void bodySucceeded(String job, long connection) {
        of(job).succeeded++;
        of(job).connection = connection;
    }

    synchronized void pinged(String job, long pings) {
        of(job).pings = pings;
    }

    synchronized void called(String job) {
        of(job).called++;
    }

    synchronized void failed(String job, Exception failure) {
        of(job).errors.add(String.valueOf(failure));
    }

    synchronized void reset() {
        jobs.clear();
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
                        counts.pings,
                        List.copyOf(counts.errors))));
        return accounts;
    }

    private Counts of(String job) {
        return jobs.computeIfAbsent(job, name -> new Counts());
    }
}
