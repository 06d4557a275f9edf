/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.servers.app;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/** What the jobs do, and what becomes of it, in memory. For any thread. */
@ApplicationScoped
public class Ledger {
    private final UUID book = UUID.randomUUID();
    private final AtomicInteger entries = new AtomicInteger();
    private final List<String> lines = new ArrayList<>();

    /** A job's body: it writes one row, by which it is known again, and notes what came of it. */
    public void work(String job, EntityManager entityManager) {
        String entry = book + "/" + entries.incrementAndGet();
        note(
                job,
                entry,
                () -> entityManager
                        .createNativeQuery("insert into entry (job) values ('" + entry + "')")
                        .executeUpdate());
    }

    /** The body of a job that has no transaction: it reads, and notes what came of it. */
    void read(String job, EntityManager entityManager) {
        note(
                job,
                "",
                () -> entityManager
                        .createNativeQuery("select count(*) from entry")
                        .getSingleResult());
    }

    private void note(String job, String entry, Runnable body) {
        int line = begin(job, entry);
        try {
            body.run();
            end(line, job, entry, "");
        } catch (RuntimeException e) {
            end(line, job, entry, root(e));
            throw e;
        }
    }

    private static String root(Throwable thrown) {
        Throwable cause = thrown;
        while (cause.getCause() != null && cause.getCause() != cause) {
            cause = cause.getCause();
        }
        return (cause.getClass().getSimpleName() + ": " + cause.getMessage()).replaceAll("\\s+", " ");
    }

    private synchronized int begin(String job, String entry) {
        lines.add(job + "\t\t\t" + entry);
        return lines.size() - 1;
    }

    private synchronized void end(int line, String job, String entry, String error) {
        lines.set(line, job + "\t" + System.currentTimeMillis() + "\t" + error + "\t" + entry);
    }

    /**
     * For each body that was begun a line: the job, when it had its answer, if it has one, the error, if that was one, and the
     * row that it wrote or wanted to.
     */
    synchronized List<String> lines() {
        return List.copyOf(lines);
    }
}
