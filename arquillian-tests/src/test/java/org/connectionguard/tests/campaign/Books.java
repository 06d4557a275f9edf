/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests.campaign;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.connectionguard.tests.app.Ledger;
import org.connectionguard.tests.app.Run;
import org.connectionguard.tests.server.Client;

/** All calls of one application, and what is wrong with them. For one thread, but for {@link #expire}. */
final class Books {
    /** A call that took longer than this to come to its body has waited. */
    private static final long NOT_AT_ONCE = 100;

    /** A body that is not caught ends within this time, milliseconds. */
    private static final long AT_ONCE = 2_000;

    /** So many runs in a row are no accident. */
    private static final int SUSTAINED = 3;

    private final Client application;
    private final List<Run> runs = new ArrayList<>();
    private final Set<String> committed = new HashSet<>();
    private final Set<String> keys = ConcurrentHashMap.newKeySet();
    private final Set<String> laterKeys = ConcurrentHashMap.newKeySet();

    Books(Client application) {
        this.application = application;
    }

    /** Lets timers expire at the same moment, each of which can be told from all others. For any thread. */
    void expire(List<String> some) {
        keys.addAll(some);
        application.expireWith(some);
    }

    /** Lets the job expire, of which no expiration may be lost. */
    void expireLater(String key) {
        laterKeys.add(key);
        application.expireLaterWith(List.of(key));
    }

    /**
     * What became of the expirations of that job.
     *
     * @param failed whose body began twice, and failed twice
     * @param lost whose body never began, or failed once, and nothing came after that
     * @param twice that were committed more than once
     */
    record LaterLedger(
            int due, long ranAtOnce, long madeUp, List<String> failed, List<String> lost, List<String> twice) {}

    /** Each of its expirations is accounted for. */
    LaterLedger laterLedger() {
        Map<String, List<Run>> byKey =
                runs.stream().filter(run -> laterKeys.contains(run.key())).collect(Collectors.groupingBy(Run::key));
        long ranAtOnce = 0;
        long madeUp = 0;
        List<String> failed = new ArrayList<>();
        List<String> lost = new ArrayList<>();
        List<String> twice = new ArrayList<>();
        for (String key : laterKeys) {
            List<Run> calls = byKey.getOrDefault(key, List.of());
            long done =
                    calls.stream().filter(run -> committed.contains(run.id())).count();
            if (done > 1) {
                twice.add(key + ": " + calls);
            } else if (done == 1 && calls.stream().anyMatch(run -> run.outcome() == Run.Outcome.SKIPPED)) {
                madeUp++;
            } else if (done == 1) {
                ranAtOnce++;
            } else if (calls.stream().filter(run -> run.bodies() > 0).count() >= 2) {
                failed.add(key);
            } else {
                lost.add(key + ": " + calls);
            }
        }
        return new LaterLedger(laterKeys.size(), ranAtOnce, madeUp, failed, lost, twice);
    }

    /** Writes down what has ended by now. */
    void write() {
        Ledger.Page page = application.nextPage();
        runs.addAll(page.runs());
        committed.addAll(page.committed());
    }

    /** Every call on a line, for whoever wants to look closer. */
    List<String> lines() {
        return runs.stream()
                .map(run -> String.join(
                        "\t",
                        run.job(),
                        run.outcome().toString(),
                        Long.toString(run.entered()),
                        Long.toString(inGuard(run)),
                        Long.toString(run.left()),
                        run.error().lines().collect(Collectors.joining(" "))))
                .toList();
    }

    int calls() {
        return runs.size();
    }

    long count(Run.Outcome outcome) {
        return runs.stream().filter(run -> run.outcome() == outcome).count();
    }

    /** Bodies that failed because their server took no writes. */
    long failedReadOnly() {
        return runs.stream()
                .filter(run ->
                        run.outcome() == Run.Outcome.BODY_FAILED && run.error().contains("read-only"))
                .count();
    }

    /** Bodies that ran to their end, and came to it only after a wait. */
    long waited() {
        return runs.stream()
                .filter(run -> run.outcome() == Run.Outcome.RAN && run.bodyStarted() - run.entered() > NOT_AT_ONCE)
                .count();
    }

    /** The longest time that a call spent before its body, or without one. */
    long longestInGuard() {
        return runs.stream().mapToLong(Books::inGuard).max().orElse(0);
    }

    /** Jobs that have run to their end since the given moment. */
    Set<String> ranSince(long moment) {
        return runs.stream()
                .filter(run -> run.entered() > moment && run.outcome() == Run.Outcome.RAN)
                .map(Run::job)
                .collect(Collectors.toSet());
    }

    private static long inGuard(Run run) {
        return (run.bodies() > 0 ? run.bodyStarted() : run.left()) - run.entered();
    }

    /** The guard never starts a body a second time: the container's retry is a call of its own. */
    List<Run> startedTwice() {
        return runs.stream().filter(run -> run.bodies() > 1).toList();
    }

    List<Run> overTheBound(Duration bound) {
        return runs.stream().filter(run -> inGuard(run) > bound.toMillis()).toList();
    }

    /** Bodies that failed, and from the given time before they started until they ended nothing took connections away. */
    List<Run> failedInPeace(List<FaultInjector.Window> faults, Duration before, Set<String> exceptions) {
        return runs.stream()
                .filter(run -> run.outcome() == Run.Outcome.BODY_FAILED && !exceptions.contains(run.job()))
                .filter(run -> faults.stream()
                        .noneMatch(fault ->
                                fault.from() <= run.left() && fault.to() >= run.bodyStarted() - before.toMillis()))
                .toList();
    }

    /** What was looked at, and what was found. */
    record Judgement(int judged, List<String> lame) {}

    /**
     * Jobs that did not run in a truce although their twins did: from some moment on without any failure, their own twin or
     * that of the job that expires most often (a twin that hangs does not come again). Not those that a fault has caught in
     * their body, or in the commit or rollback after it, where they stay.
     *
     * @param grace beyond the time that the outage took
     */
    Judgement lame(Books twins, Set<String> jobs, String mostOften, List<FaultInjector.Truce> truces, Duration grace) {
        int judged = 0;
        List<String> lame = new ArrayList<>();
        for (FaultInjector.Truce truce : truces) {
            for (String job : jobs) {
                OptionalLong well = Stream.of(job, mostOften)
                        .flatMapToLong(twin -> twins.wellSince(twin, truce).stream())
                        .min();
                long bound = well.orElse(truce.to()) + truce.outage() + grace.toMillis();
                if (bound <= truce.to() && !isCaughtInside(job, truce)) {
                    judged++;
                    if (runs.stream()
                            .noneMatch(run -> run.job().equals(job)
                                    && run.outcome() == Run.Outcome.RAN
                                    && run.left() >= truce.from()
                                    && run.left() <= bound)) {
                        lame.add(job + " in " + truce);
                    }
                }
            }
        }
        return new Judgement(judged, lame);
    }

    /** From when on nothing failed any more in the truce, and enough succeeded. */
    private OptionalLong wellSince(String job, FaultInjector.Truce truce) {
        List<Run> during = runs.stream()
                .filter(run -> run.job().equals(job) && run.left() >= truce.from() && run.left() <= truce.to())
                .toList();
        long since = during.stream()
                .filter(run -> run.outcome() != Run.Outcome.RAN)
                .mapToLong(Run::left)
                .max()
                .orElse(truce.from());
        return during.stream().filter(run -> run.left() > since).count() >= SUSTAINED
                ? OptionalLong.of(since)
                : OptionalLong.empty();
    }

    private boolean isCaughtInside(String job, FaultInjector.Truce truce) {
        return isCaughtInBody(job, truce) || isCaughtAfterIt(job, truce);
    }

    private boolean isCaughtInBody(String job, FaultInjector.Truce truce) {
        return runs.stream()
                .anyMatch(run -> run.job().equals(job)
                        && run.bodies() > 0
                        && run.bodyStarted() < truce.from()
                        && run.left() > truce.from() + AT_ONCE);
    }

    /** Its last body came to its end, good or bad, its transaction never did, and the container does not call it meanwhile. */
    private boolean isCaughtAfterIt(String job, FaultInjector.Truce truce) {
        List<Run> calls = runs.stream().filter(run -> run.job().equals(job)).toList();
        boolean isCalled = calls.stream()
                .anyMatch(run -> run.entered() >= truce.from() && run.entered() <= truce.from() + 2 * AT_ONCE);
        return !isCalled
                && calls.stream().anyMatch(run -> committed.contains(run.id()))
                && calls.stream()
                        .filter(run -> run.entered() < truce.from())
                        .max(Comparator.comparingLong(Run::entered))
                        .filter(run -> run.bodies() > 0 && !committed.contains(run.id()))
                        .isPresent();
    }

    List<Run> endedOtherwise() {
        return runs.stream().filter(run -> run.outcome() == Run.Outcome.OTHER).toList();
    }

    /** Expirations that were delivered never, or again although they had not failed. */
    List<String> unaccounted() {
        Map<String, List<Run>> byKey = new TreeMap<>();
        keys.forEach(key -> byKey.put(key, new ArrayList<>()));
        runs.stream()
                .filter(run -> byKey.containsKey(run.key()))
                .forEach(run -> byKey.get(run.key()).add(run));
        return byKey.entrySet().stream()
                .filter(entry -> !isAccounted(entry.getValue()))
                .map(entry -> entry.getKey() + ": " + entry.getValue())
                .toList();
    }

    /** Once; or twice, where the first failed and WildFly tried again. A commit may fail after the body's end. */
    private boolean isAccounted(List<Run> deliveries) {
        if (deliveries.isEmpty() || deliveries.size() > 2) {
            return false;
        }
        Run first = deliveries.stream()
                .min((one, other) -> Long.compare(one.entered(), other.entered()))
                .orElseThrow();
        boolean succeeded = first.outcome() == Run.Outcome.SKIPPED || committed.contains(first.id());
        return succeeded == (deliveries.size() == 1);
    }

    /** Runs that say that they have committed, and whose row is not there. */
    List<Run> withoutRow(Map<String, Integer> rows) {
        return runs.stream()
                .filter(run -> committed.contains(run.id()) && !rows.containsKey(run.id()))
                .toList();
    }

    /** Runs whose row is there twice. MidBodyJob means to write two. */
    List<Run> withRowsTwice(Map<String, Integer> rows) {
        return runs.stream()
                .filter(run -> !run.job().equals("MidBodyJob") && rows.getOrDefault(run.id(), 0) > 1)
                .toList();
    }
}
