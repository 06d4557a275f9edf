/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests.legacy;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What became of the calls of the jobs. Knows when, so that nobody need reach the application in the moment of a fault. For any
 * thread.
 */
@ApplicationScoped
public class Tally {
    /**
     * Of one job.
     *
     * @param called calls by its timer that are over
     * @param started bodies that started
     * @param succeeded bodies that came to their end
     * @param errors what the container saw, or a body swallowed
     */
    public record Account(int called, int started, int succeeded, List<String> errors) {}

    /** What is counted. */
    public enum Kind {
        CALLED,
        STARTED,
        SUCCEEDED,
        FAILED
    }

    private record Note(String job, Kind kind, long time, String error) {}

    private final List<Note> notes = new ArrayList<>();

    void note(Object job, Kind kind) {
        note(job, kind, "");
    }

    void failed(Object job, Exception failure) {
        note(job, Kind.FAILED, String.valueOf(failure));
    }

    private synchronized void note(Object job, Kind kind, String error) {
        notes.add(new Note(name(job), kind, System.currentTimeMillis(), error));
    }

    /**
     * The accounts of all jobs that have one.
     *
     * @param since milliseconds of the machine's clock; what was before does not count
     * @param until what was after does not count either
     */
    public synchronized Map<String, Account> accounts(long since, long until) {
        Map<String, List<Note>> byJob = new TreeMap<>();
        notes.stream()
                .filter(note -> note.time() >= since && note.time() <= until)
                .forEach(note -> byJob.computeIfAbsent(note.job(), job -> new ArrayList<>())
                        .add(note));
        Map<String, Account> accounts = new TreeMap<>();
        byJob.forEach((job, all) -> accounts.put(
                job,
                new Account(
                        count(all, Kind.CALLED),
                        count(all, Kind.STARTED),
                        count(all, Kind.SUCCEEDED),
                        all.stream()
                                .filter(note -> note.kind() == Kind.FAILED)
                                .map(Note::error)
                                .toList())));
        return accounts;
    }

    private static int count(List<Note> notes, Kind kind) {
        return Math.toIntExact(
                notes.stream().filter(note -> note.kind() == kind).count());
    }

    /** The class as written: containers hand out subclasses of it. */
    static String name(Object job) {
        return job.getClass().getSimpleName().replaceAll("\\$.*", "");
    }
}
