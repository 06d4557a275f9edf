/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.sample;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;

/**
 * The last runs of each job, and counts of all of them. In memory, since a run whose database is gone must be recorded too.
 * For any thread.
 */
@ApplicationScoped
public class RunHistory {
    private static final int KEPT = 40;

    /**
     * One run.
     *
     * @param connection the database's id of the connection; 0 where it did not get that far, or was put off or left out
     * @param error empty where none was thrown
     */
    public record Run(Instant start, long millis, long connection, String error) {}

    /** All runs of a job; those that did not run are no success and no failure. The newest is first. */
    public record Job(long succeeded, long failed, long notRun, List<Run> runs) {}

    private static final class Runs {
        long succeeded;
        long failed;
        long notRun;
        final Deque<Run> last = new ArrayDeque<>();
    }

    private final Map<String, Runs> jobs = new TreeMap<>();
    private final ThreadLocal<Long> connection = new ThreadLocal<>();

    <T> T record(String job, Callable<T> run) throws Exception {
        Instant start = Instant.now();
        connection.set(0L);
        try {
            T result = run.call();
            add(job, start, "");
            return result;
        } catch (Exception e) {
            add(job, start, rootMessage(e));
            throw e;
        } finally {
            connection.remove();
        }
    }

    /** Called by a job, on its thread: the connection that it ran on. */
    void ranOn(long connectionId) {
        connection.set(connectionId);
    }

    synchronized Map<String, Job> jobs() {
        Map<String, Job> copy = new TreeMap<>();
        jobs.forEach((name, runs) ->
                copy.put(name, new Job(runs.succeeded, runs.failed, runs.notRun, List.copyOf(runs.last))));
        return copy;
    }

    private synchronized void add(String job, Instant start, String error) {
        Runs runs = jobs.computeIfAbsent(job, name -> new Runs());
        long millis = Duration.between(start, Instant.now()).toMillis();
        long ranOn = connection.get();
        runs.last.addFirst(new Run(start, millis, ranOn, error));
        if (runs.last.size() > KEPT) {
            runs.last.removeLast();
        }
        if (!error.isEmpty()) {
            runs.failed++;
        } else if (ranOn != 0) {
            runs.succeeded++;
        } else {
            runs.notRun++;
        }
    }

    private static String rootMessage(Throwable thrown) {
        Throwable root = thrown;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return String.valueOf(root.getMessage()).lines().findFirst().orElse("");
    }
}
