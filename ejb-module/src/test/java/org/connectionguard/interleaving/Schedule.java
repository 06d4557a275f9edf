/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.interleaving;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/**
 * One run of a test, in which exactly one of its threads runs at any time, and which one is a matter of {@link Choices}. Where
 * threads could get in each other's way (taking a lock, waiting, reading and writing what others do without a lock, calling
 * the driver) the turn may go to another. Time stands still, and jumps to the end of the next wait when nobody can run; where the
 * test says so, also before: then threads are as slow as one likes.
 *
 * <p>For its own threads; what they share here needs no lock, since they hand over to each other.
 */
public final class Schedule {
    /** A test in tiny configuration takes hundreds of steps; who takes so many turns in circles. */
    private static final int MOST_STEPS = 20_000;

    private static final int HANG_SECONDS = 60;

    /** Under which one each thread runs. */
    private static final ThreadLocal<Participant> CURRENT = new ThreadLocal<>();

    /** Ends the threads that are left over; nobody is to handle it. */
    private static final class Over extends Error {
        private static final long serialVersionUID = 1;

        Over() {
            super("The schedule is over", null, false, false);
        }
    }

    /** A part of the test. */
    public interface Body {
        void run() throws Throwable;
    }

    /** One of the schedule's threads, for the test. */
    public final class Participant {
        private final String name;
        private final Thread thread;
        private volatile boolean turn;
        private String at = "start";
        private Optional<BooleanSupplier> ready = Optional.empty();
        private OptionalLong until = OptionalLong.empty();
        private boolean interruptible;
        private boolean running;
        private boolean ended;
        private int locks;

        private Participant(String name, Body body) {
            this.name = name;
            this.thread = new Thread(null, () -> run(this, body), name, 0, false);
            thread.setDaemon(true);
        }

        /** Whether it has come to its end. */
        public boolean hasEnded() {
            return ended;
        }

        /** Interrupts it. */
        public void interrupt() {
            pause("interrupt");
            thread.interrupt();
        }

        private void takeTurn() {
            turn = true;
            LockSupport.unpark(thread);
        }

        /** Leaves an interruption as it is, so that others see it meanwhile. */
        private void awaitTurn() {
            while (!turn) {
                if (thread.isInterrupted()) {
                    Thread.yield();
                } else {
                    LockSupport.park(this);
                }
            }
            turn = false;
        }

        private boolean canRun() {
            return !ended
                    && (ready.isEmpty()
                            || ready.get().getAsBoolean()
                            || isLate()
                            || interruptible && thread.isInterrupted());
        }

        private boolean isLate() {
            return until.isPresent() && until.getAsLong() - now <= 0;
        }

        private boolean sleeps() {
            return !ended && until.isPresent() && !canRun();
        }

        private Schedule schedule() {
            return Schedule.this;
        }

        @Override
        public String toString() {
            return name + " (" + (ended ? "ended" : at) + ")";
        }
    }

    private final Choices choices;
    private final boolean traced;
    private final List<Participant> participants = new ArrayList<>();
    private final List<String> trace = new ArrayList<>();
    private final Semaphore end = new Semaphore(0);
    private volatile boolean over;
    private Optional<Throwable> failure = Optional.empty();
    private long now = Long.MAX_VALUE - 1000; // Wraps around soon: nobody may compare moments.
    private boolean hurried;
    private boolean timePassed;
    private int steps;

    Schedule(Choices choices, boolean traced) {
        this.choices = choices;
        this.traced = traced;
    }

    /** The schedule that the calling thread belongs to. */
    public static Schedule current() {
        return CURRENT.get().schedule();
    }

    // For the harness.

    /** Runs it to its end: what went wrong. */
    Optional<Throwable> run(Body test) throws InterruptedException {
        Participant main = new Participant("test", test);
        participants.add(main);
        main.thread.start();
        main.takeTurn();
        if (!end.tryAcquire(HANG_SECONDS, TimeUnit.SECONDS)) {
            failure =
                    Optional.of(new AssertionError("Somebody waits where the schedule cannot see it: " + participants));
        }
        over = true;
        for (Participant each : participants) {
            each.takeTurn();
        }
        for (Participant each : participants) {
            each.thread.join(TimeUnit.SECONDS.toMillis(HANG_SECONDS));
        }
        return failure;
    }

    /** What happened, where it is traced. */
    List<String> trace() {
        return trace;
    }

    boolean isOver() {
        return over;
    }

    private void run(Participant self, Body body) {
        CURRENT.set(self);
        self.awaitTurn();
        try {
            if (!over) {
                body.run();
            }
        } catch (Over e) {
            // As it should be.
        } catch (Throwable e) {
            fail(e);
        }
        if (over) {
            return;
        }
        self.ended = true;
        if (failure.isPresent() || self == participants.get(0)) {
            end.release();
        } else {
            handOver(self);
        }
    }

    private void fail(Throwable thrown) {
        if (!over && failure.isEmpty()) {
            failure = Optional.of(thrown);
        }
    }

    // For the test.

    /** Another thread, which starts now. */
    public Participant start(String name, Body body) {
        pause("start " + name);
        Participant started = new Participant(name, body);
        participants.add(started);
        started.thread.start();
        return started;
    }

    /** Waits for the end of the threads. */
    public void join(Participant... others) {
        await("join", () -> List.of(others).stream().allMatch(Participant::hasEnded));
    }

    /** Now the turn may go to somebody else. */
    public void pause(String at) {
        await(at, () -> true);
    }

    /** One thing, or the other. */
    public boolean either() {
        return choices.next(2) == 1;
    }

    /** From now on time may pass also while somebody could run. */
    public void hurry() {
        hurried = true;
    }

    /** Time passes only when nobody can run, as at the start. */
    public void unhurry() {
        hurried = false;
    }

    /** The virtual time; no two moments are the same. */
    public long nanos() {
        return ++now;
    }

    /** Whether time had to pass for somebody to go on. */
    public boolean hasTimePassed() {
        return timePassed;
    }

    /** Waits for something that others do; that an interruption does not end. */
    public void await(String at, BooleanSupplier ready) {
        await(at, ready, OptionalLong.empty(), false);
    }

    /**
     * Waits for something that others do.
     *
     * @param until also over at this time
     * @param interruptible also over when the thread is interrupted
     */
    public void await(String at, BooleanSupplier ready, OptionalLong until, boolean interruptible) {
        Participant self = CURRENT.get();
        if (over) {
            throw new Over();
        }
        self.at = at;
        self.ready = Optional.of(ready);
        self.until = until;
        self.interruptible = interruptible;
        handOver(self);
        self.ready = Optional.empty();
        self.until = OptionalLong.empty();
        self.running = false;
    }

    /** As {@link #await}, seen from outside as a thread that runs: it waits for the network. */
    public void awaitNetwork(BooleanSupplier ready) {
        CURRENT.get().running = true;
        await("network", ready);
    }

    /** As {@link #awaitNetwork}, on a thread that an interruption frees. */
    public void awaitNetworkInterruptibly(BooleanSupplier ready) {
        CURRENT.get().running = true;
        await("network", ready, OptionalLong.empty(), true);
    }

    // For the checked code, which Rewritten makes call it.

    /** Something shared is about to be read or written that is safe without a lock. */
    public static void touch() {
        current().pause("touch");
    }

    /** Something is about to be read or written that needs a lock. */
    public static void touchUnguarded() {
        if (CURRENT.get().locks == 0) {
            current().pause("touch without lock");
        }
    }

    /** The state of a thread, as it would be without a schedule. */
    public static Thread.State state(Thread thread) {
        return current().participants.stream()
                        .filter(each -> each.thread == thread)
                        .anyMatch(each -> each.running || each.ready.isEmpty())
                ? Thread.State.RUNNABLE
                : Thread.State.WAITING;
    }

    void locked(int more) {
        CURRENT.get().locks += more;
    }

    // Who is next.

    private void handOver(Participant self) {
        Optional<Participant> next = next(self);
        if (next.isEmpty()) {
            end.release();
        } else if (next.get() != self) {
            next.get().takeTurn();
        }
        if (!self.ended && (next.isEmpty() || next.get() != self)) {
            self.awaitTurn();
        }
        if (over && !self.ended) {
            throw new Over();
        }
    }

    /** Nobody, if that is the end of it. */
    private Optional<Participant> next(Participant self) {
        while (true) {
            List<Participant> able = able(self);
            List<Participant> asleep =
                    participants.stream().filter(Participant::sleeps).toList();
            boolean timeMayPass = !asleep.isEmpty() && (hurried || able.isEmpty());
            int ways = able.size() + (timeMayPass ? 1 : 0);
            if (ways == 0) {
                fail(new AssertionError("Nobody can go on, ever: " + participants));
                return Optional.empty();
            }
            if (++steps > MOST_STEPS) {
                fail(new AssertionError("They turn in circles: " + participants));
                return Optional.empty();
            }
            int chosen = ways == 1 ? 0 : choices.next(ways);
            if (chosen < able.size()) {
                Participant next = able.get(chosen);
                note(next == self ? "" : "→ " + next);
                return Optional.of(next);
            }
            now = asleep.stream()
                    .map(each -> each.until.getAsLong())
                    .min(Comparator.comparingLong(until -> until - now))
                    .orElseThrow();
            timePassed = true;
            note("time passes");
        }
    }

    /** Who can run, in the order in which they come by default: the same one goes on, else the next in turn. */
    private List<Participant> able(Participant self) {
        List<Participant> order = new ArrayList<>(participants);
        Collections.rotate(order, -participants.indexOf(self));
        return order.stream().filter(Participant::canRun).toList();
    }

    private void note(String what) {
        if (traced) {
            Participant self = CURRENT.get();
            String where = StackWalker.getInstance()
                    .walk(frames -> frames.filter(frame -> Rewritten.isChecked(frame.getClassName()))
                            .limit(3)
                            .map(frame -> frame.getFileName() + ":" + frame.getLineNumber())
                            .collect(Collectors.joining(" < ")));
            trace.add(self + " " + where + " " + what);
        }
    }
}
