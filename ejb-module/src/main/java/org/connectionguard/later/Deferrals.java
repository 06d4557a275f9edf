/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.later;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import javax.sql.DataSource;
import org.connectionguard.GuardEvent.DeferralEnded.End;
import org.connectionguard.RunOutcome;
import org.connectionguard.engine.Time;
import org.connectionguard.later.Arrival.Kind;
import org.connectionguard.server.Repeat;

/**
 * What is put off in one deployment: one run of each timer, however many of its expirations were missed. A timer's next call
 * takes it over; else it is claimed to be made up, and comes back as a call of its timer, while which no other one of that timer
 * runs. For any thread. Nothing is called while the lock is held.
 */
final class Deferrals {
    /** More are not kept: whoever comes then fails, as without this policy. */
    static final int MOST = 1000;

    /** A body that fails is called once more, as by every container (Enterprise Beans 4.0, core features, 12.4.3). */
    static final int TRIES = 2;

    /** What could not be called is not called again at once. */
    static final Duration PAUSE = Duration.ofSeconds(2);

    /** The pause doubles so often, where something keeps the calls from the guard: to four minutes. */
    private static final int DOUBLINGS = 7;

    /** A container that was asked to call, and has not by then, is asked anew; meanwhile another has the place. */
    static final Duration LEASE = Duration.ofMinutes(1);

    private enum State {
        /** Its call has not returned yet. */
        LEAVING,
        WAITING,
        /** It is being made up. */
        CLAIMED
    }

    /** One of them. Guarded by the lock. */
    private static final class Entry {
        private final Deferral deferral;
        private Repeat repeat;

        /** By which it is known: a container may call each of them once more. */
        private final Set<Object> timers = new HashSet<>();

        /** The last one that was taken away to be renewed: its call may have begun before. */
        private Optional<Object> replaced = Optional.empty();

        /** The one whose call makes it up. */
        private Object current;

        /** Whether the container is to call that one, or calls it. */
        private boolean entrusted;

        private State state;
        /** Who makes it up; empty: nobody yet, or whomever the container takes. */
        private Optional<Thread> maker = Optional.empty();

        /** Its timer has called, and was sent away. */
        private boolean needless;

        private int tries;
        private int failures;

        /** How many calls have not come to the guard. */
        private int inVain;

        /** How many of the calls that make it up are under way. */
        private int calls;

        /** Until then a call of its timer is the one that was put off, repeated by a container that takes it for failed. */
        private long repeatedUntil;

        private long notBefore;
        private long leasedUntil;

        /** From then on what the container keeps is to be renewed, lest it calls. */
        private long renewedFrom;

        /** What was too early meanwhile. */
        private Optional<Deferral> next = Optional.empty();

        /** @param caller the timer whose call was put off; the container may call that one again, if it takes the call for failed */
        Entry(Repeat repeat, Object caller, Deferral deferral, State state, long now) {
            this.repeat = repeat;
            this.deferral = deferral;
            this.state = state;
            this.notBefore = now;
            this.repeatedUntil = now;
            this.current = repeat.timer();
            this.timers.add(caller);
            this.timers.add(current);
        }

        /** The container keeps another one by now. */
        void renew(Repeat next) {
            replaced.ifPresent(timers::remove);
            replaced = Optional.of(repeat.timer());
            repeat = next;
            current = next.timer();
            timers.add(current);
            entrusted = false;
            needless = false;
        }

        boolean isToBeRenewed(long now) {
            return state == State.WAITING && repeat.isCalledByContainer() && renewedFrom - now <= 0;
        }

        Kept kept() {
            return new Kept(deferral, repeat);
        }

        boolean isOf(DataSource dataSource) {
            return deferral.target().dataSource() == dataSource;
        }

        boolean isMadeUpBy(Object timer) {
            return state == State.CLAIMED
                    && current.equals(timer)
                    && (repeat.isCalledByContainer() ? entrusted : isMadeUpHere());
        }

        /** Else whatever is to call it has no thread yet, perhaps for long. */
        boolean isUnderWay() {
            return state == State.CLAIMED && (repeat.isCalledByContainer() || maker.isPresent());
        }

        boolean isMadeUpHere() {
            return maker.filter(thread -> thread == Thread.currentThread()).isPresent();
        }

        /** The container was asked to call, and has not. */
        boolean isForgotten(long now) {
            return state == State.CLAIMED && repeat.isCalledByContainer() && calls == 0 && leasedUntil - now <= 0;
        }

        /** Its timer was taken away by somebody else: neither has it called, nor has another one come in its place. */
        boolean isCancelled() {
            return !needless && !entrusted;
        }

        boolean isRepeated(long now) {
            return repeatedUntil - now > 0;
        }

        /** The container makes it up by this timer's call. */
        void entrust(Object timer) {
            timers.add(timer);
            current = timer;
            entrusted = true;
        }

        void claim(long now) {
            state = State.CLAIMED;
            leasedUntil = now + LEASE.toNanos();
        }
    }

    /** One that was made up; so long calls of its other timers are in vain. */
    private record Done(Kept kept, long until) {}

    /** One that waits no more. */
    record Ended(Kept kept, End end) {
        Deferral deferral() {
            return kept.deferral();
        }
    }

    private final Time time;
    private final int atOnce;
    private final Duration renewedAfter;
    private final ReentrantLock lock = new ReentrantLock();

    // Guarded by the lock.
    private final Condition changed = lock.newCondition();
    private final Map<Repeat, Entry> entries = new LinkedHashMap<>();
    private final Map<Object, Entry> byTimer = new HashMap<>();
    private final Map<Object, Done> done = new HashMap<>();
    private final Map<Arrival, Entry> leaving = new IdentityHashMap<>();
    private final Set<DataSource> scouted = new HashSet<>();
    private boolean closed;

    /** Read without the lock by each call: mostly there is none. */
    private volatile boolean empty = true;

    /**
     * None yet.
     *
     * @param atOnce how many are made up at once
     * @param renewedAfter after how long what the container keeps is to be renewed
     */
    Deferrals(Time time, int atOnce, Duration renewedAfter) {
        this.time = time;
        this.atOnce = atOnce;
        this.renewedAfter = renewedAfter;
    }

    // Calls of timers.

    /** A timer calls; to be followed by {@link #over}. */
    Arrival arrive(Object timer) {
        if (empty) {
            return new Arrival(Kind.FRESH, timer, Optional.empty());
        }
        lock.lock();
        try {
            Entry entry = byTimer.get(timer);
            if (entry == null) {
                forgetDone();
                return Optional.ofNullable(done.get(timer))
                        .map(made -> new Arrival(Kind.NEEDLESS, timer, Optional.of(made.kept())))
                        .orElseGet(() -> new Arrival(Kind.FRESH, timer, Optional.empty()));
            }
            if (entry.state != State.CLAIMED && !entry.repeat.timer().equals(timer)) {
                // It had returned, and the container calls it again, as after a transaction that was rolled back.
                entry.claim(time.nanos());
                entry.entrust(timer);
            }
            Kind kind = kind(entry, timer);
            if (kind == Kind.MAKES_UP) {
                entry.calls++;
            } else if (kind == Kind.NEEDLESS) {
                entry.needless = true;
            } else if (kind == Kind.TAKES_OVER) {
                remove(entry);
            }
            return new Arrival(kind, timer, Optional.of(entry.kept()));
        } finally {
            lock.unlock();
        }
    }

    private Kind kind(Entry entry, Object timer) {
        if (entry.isMadeUpBy(timer)) {
            return Kind.MAKES_UP;
        }
        if (entry.isUnderWay()) {
            return entry.repeat.recurs() && !entry.isRepeated(time.nanos()) ? Kind.TOO_EARLY : Kind.NEEDLESS;
        }
        return Kind.TAKES_OVER;
    }

    /**
     * The container calls what it keeps, since nobody has had it called so far; nobody has now, until {@link #renewed}.
     *
     * @return empty: it is another call
     */
    Optional<Kept> reminded(Object timer) {
        if (empty) {
            return Optional.empty();
        }
        lock.lock();
        try {
            Optional<Entry> reminded = Optional.ofNullable(byTimer.get(timer))
                    .filter(entry -> entry.state == State.WAITING
                            && entry.repeat.isCalledByContainer()
                            && entry.repeat.timer().equals(timer));
            reminded.ifPresent(entry -> entry.state = State.LEAVING);
            return reminded.map(Entry::kept);
        } finally {
            lock.unlock();
        }
    }

    /**
     * One that the container would soon call by itself; nobody has it called now, until {@link #renewed}.
     *
     * @return empty: there is none
     */
    Optional<Kept> fading(DataSource dataSource) {
        lock.lock();
        try {
            Optional<Entry> fading = closed ? Optional.empty() : fading(dataSource, time.nanos());
            fading.ifPresent(entry -> entry.state = State.LEAVING);
            return fading.map(Entry::kept);
        } finally {
            lock.unlock();
        }
    }

    /**
     * The container keeps it on.
     *
     * @param next the way from now on; the same where there is no other
     * @return not, where a call of its timer has taken it over, or it is all over
     */
    boolean renewed(Kept kept, Repeat next) {
        lock.lock();
        try {
            Optional<Entry> leaving =
                    Optional.ofNullable(entries.get(kept.repeat())).filter(entry -> entry.state == State.LEAVING);
            leaving.ifPresent(entry -> {
                remove(entry);
                if (next != kept.repeat()) {
                    entry.renew(next);
                }
                entry.state = State.WAITING;
                add(entry);
                changed.signalAll();
            });
            return leaving.isPresent();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Keeps the run of a call, in which it may be told from others by the timer or by what has come into its place.
     *
     * @param repeatsWithin how long a call of the timer may be this one, repeated by a container that takes it for failed
     * @return not, where too many are kept, or it is all over
     */
    boolean putOff(Arrival arrival, Repeat repeat, Deferral deferral, Duration repeatsWithin) {
        lock.lock();
        try {
            if (closed) {
                return false;
            }
            Entry same = byTimer.get(arrival.timer());
            if (arrival.kind() == Kind.TOO_EARLY && same != null && same.state == State.CLAIMED) {
                same.next = Optional.of(merged(same.next, deferral));
                return true;
            }
            if (arrival.kind() != Kind.MAKES_UP && entries.size() >= MOST) {
                return false;
            }
            Optional<Deferral> earlier = Optional.empty();
            boolean another = arrival.kind() != Kind.MAKES_UP;
            if (arrival.kind() == Kind.MAKES_UP) {
                earlier = arrival.kept().map(Kept::deferral);
            } else if (same != null) {
                earlier = Optional.of(same.deferral);
            } else if (arrival.kind() == Kind.TAKES_OVER) {
                earlier = arrival.kept().map(Kept::deferral);
            }
            Deferral merged = deferral;
            if (earlier.isPresent()) {
                merged = deferral.after(earlier.get(), another);
            }
            if (same != null) {
                if (same.next.isPresent()) {
                    merged = same.next.get().after(merged, true);
                }
                remove(same);
            }
            long now = time.nanos();
            Entry entry = add(new Entry(repeat, arrival.timer(), merged, State.LEAVING, now));
            // Of what is put off again while it is being made up the container knows only that it was put off before.
            entry.repeatedUntil = another || same == null ? now + repeatsWithin.toNanos() : same.repeatedUntil;
            leaving.put(arrival, entry);
            return true;
        } finally {
            lock.unlock();
        }
    }

    private static Deferral merged(Optional<Deferral> earlier, Deferral deferral) {
        return earlier.map(each -> deferral.after(each, true)).orElse(deferral);
    }

    /** A call is over. */
    Optional<Ended> over(Arrival arrival, RunOutcome outcome) {
        if (empty && arrival.kept().isEmpty() && outcome != RunOutcome.DEFERRED) {
            return Optional.empty();
        }
        lock.lock();
        try {
            Entry left = leaving.remove(arrival);
            if (left != null) {
                if (left.state == State.LEAVING) {
                    left.state = State.WAITING;
                    changed.signalAll();
                }
                return Optional.empty();
            }
            return switch (arrival.kind()) {
                case TAKES_OVER -> tookOver(arrival.kept().orElseThrow(), outcome);
                case MAKES_UP ->
                    Optional.ofNullable(byTimer.get(arrival.timer()))
                            .filter(entry -> entry.state == State.CLAIMED)
                            .flatMap(entry -> madeUp(entry, outcome));
                case FRESH, TOO_EARLY, NEEDLESS -> Optional.empty();
            };
        } finally {
            lock.unlock();
        }
    }

    private Optional<Ended> tookOver(Kept kept, RunOutcome outcome) {
        if (outcome != RunOutcome.REFUSED) {
            return Optional.of(new Ended(kept, End.SUPERSEDED));
        }
        if (closed) {
            return Optional.of(new Ended(kept, End.STOPPED));
        }
        if (byTimer.containsKey(kept.repeat().timer())) {
            // Another call of its timer was put off meanwhile, whose run stands for this one as well.
            return Optional.of(new Ended(kept, End.SUPERSEDED));
        }
        add(waiting(kept.repeat(), kept.deferral()));
        changed.signalAll();
        return Optional.empty();
    }

    private Optional<Ended> madeUp(Entry entry, RunOutcome outcome) {
        entry.calls--;
        if (outcome.ranBody()) {
            remember(entry);
            return Optional.of(end(entry, End.MADE_UP));
        }
        if (outcome == RunOutcome.FAILED && ++entry.failures == TRIES) {
            remember(entry);
            return Optional.of(end(entry, End.FAILED));
        }
        if (closed) {
            return Optional.of(end(entry, End.STOPPED));
        }
        if (outcome == RunOutcome.FAILED && (entry.repeat.isCalledByContainer() || entry.isMadeUpHere())) {
            // Who has called it calls it once more.
            entry.leasedUntil = time.nanos() + LEASE.toNanos();
        } else {
            waitAgain(entry);
        }
        return Optional.empty();
    }

    /** The container may repeat a call of any of its timers; of the one that made it up only if that has failed after all. */
    private void remember(Entry entry) {
        if (entry.repeat.isCalledByContainer()) {
            Done made = new Done(entry.kept(), time.nanos() + LEASE.toNanos());
            entry.timers.stream().filter(timer -> !timer.equals(entry.current)).forEach(timer -> done.put(timer, made));
        } else if (entry.isRepeated(time.nanos())) {
            Done made = new Done(entry.kept(), entry.repeatedUntil);
            entry.timers.forEach(timer -> done.put(timer, made));
        }
    }

    private void forgetDone() {
        long now = time.nanos();
        done.values().removeIf(made -> made.until() - now <= 0);
        empty = entries.isEmpty() && done.isEmpty();
    }

    private void waitAgain(Entry entry) {
        waitAgain(entry, PAUSE);
    }

    /** Something of the application's, or the container, keeps its calls from the guard. */
    private void waitLonger(Entry entry) {
        waitAgain(entry, PAUSE.multipliedBy(1L << Math.min(entry.inVain, DOUBLINGS)));
        entry.inVain++;
    }

    private void waitAgain(Entry entry, Duration pause) {
        entry.state = State.WAITING;
        entry.maker = Optional.empty();
        entry.notBefore = time.nanos() + pause.toNanos();
        changed.signalAll();
    }

    private Ended end(Entry entry, End end) {
        remove(entry);
        entry.next.ifPresent(next -> add(waiting(entry.repeat, next)));
        changed.signalAll();
        return new Ended(entry.kept(), end);
    }

    private Entry waiting(Repeat repeat, Deferral deferral) {
        return new Entry(repeat, repeat.timer(), deferral, State.WAITING, time.nanos());
    }

    private Entry add(Entry entry) {
        entries.put(entry.repeat, entry);
        entry.timers.forEach(timer -> byTimer.put(timer, entry));
        entry.renewedFrom = time.nanos() + renewedAfter.toNanos();
        empty = false;
        return entry;
    }

    private void remove(Entry entry) {
        entries.remove(entry.repeat);
        entry.timers.forEach(byTimer::remove);
        empty = entries.isEmpty() && done.isEmpty();
        changed.signalAll();
    }

    // Making up.

    /** Whether somebody is to look after what waits for this data source, who does not yet: who asks, from now on. */
    boolean beginsScouting(DataSource dataSource) {
        lock.lock();
        try {
            return !closed
                    && entries.values().stream().anyMatch(entry -> entry.isOf(dataSource))
                    && scouted.add(dataSource);
        } finally {
            lock.unlock();
        }
    }

    /** Nobody looks after it any more. */
    void endsScouting(DataSource dataSource) {
        lock.lock();
        try {
            scouted.remove(dataSource);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until one that waits for the data source may be made up, or there is something to be sorted out.
     *
     * @return empty: there is none any more, and whoever asked looks after it no longer
     */
    Optional<Deferral> await(DataSource dataSource) throws InterruptedException {
        lock.lock();
        try {
            while (!closed && entries.values().stream().anyMatch(entry -> entry.isOf(dataSource))) {
                long now = time.nanos();
                Optional<Entry> due = due(dataSource, now)
                        .or(() -> forgotten(dataSource, now))
                        .or(() -> fading(dataSource, now));
                if (due.isPresent()) {
                    return Optional.of(due.get().deferral);
                }
                time.await(changed, untilNext(dataSource, now));
            }
            scouted.remove(dataSource);
            return Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    /** The one that waits longest, if there is a place. */
    private Optional<Entry> due(DataSource dataSource, long now) {
        if (entries.values().stream()
                        .filter(entry -> entry.state == State.CLAIMED)
                        .count()
                >= atOnce) {
            return Optional.empty();
        }
        return entries.values().stream()
                .filter(entry -> entry.isOf(dataSource) && entry.state == State.WAITING && entry.notBefore - now <= 0)
                .findFirst();
    }

    private Optional<Entry> forgotten(DataSource dataSource, long now) {
        return entries.values().stream()
                .filter(entry -> entry.isOf(dataSource) && entry.isForgotten(now))
                .findFirst();
    }

    private Optional<Entry> fading(DataSource dataSource, long now) {
        return entries.values().stream()
                .filter(entry -> entry.isOf(dataSource) && entry.isToBeRenewed(now))
                .findFirst();
    }

    /** Somebody else's end of a claim wakes whoever waits; a pause does not. */
    private long untilNext(DataSource dataSource, long now) {
        return entries.values().stream()
                .filter(entry -> entry.isOf(dataSource) && entry.state == State.WAITING && entry.notBefore - now > 0)
                .mapToLong(entry -> entry.notBefore - now)
                .reduce(PAUSE.toNanos(), Math::min);
    }

    /** Nobody is made up for so long. */
    void pause(Duration pause) throws InterruptedException {
        lock.lock();
        try {
            long end = time.nanos() + pause.toNanos();
            for (long left = pause.toNanos(); left > 0 && !closed; left = end - time.nanos()) {
                time.await(changed, left);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Takes one to make it up, if there is one, and a place. */
    Optional<Kept> claim(DataSource dataSource) {
        lock.lock();
        try {
            long now = time.nanos();
            Optional<Entry> due = closed ? Optional.empty() : due(dataSource, now);
            due.ifPresent(entry -> entry.claim(now));
            return due.map(Entry::kept);
        } finally {
            lock.unlock();
        }
    }

    /** The calling thread is about to call the timer: whether it still may; a call of the timer may have taken it over. */
    boolean makes(Kept kept) {
        lock.lock();
        try {
            Optional<Entry> entry = claimed(kept).filter(each -> each.maker.isEmpty() || each.isMadeUpHere());
            entry.ifPresent(each -> {
                each.maker = Optional.of(Thread.currentThread());
                each.tries++;
            });
            return entry.isPresent();
        } finally {
            lock.unlock();
        }
    }

    /**
     * The calling thread has called the timer.
     *
     * @return whether it is to call once more, since the body failed
     */
    boolean made(Kept kept) {
        lock.lock();
        try {
            // What it called may be over, and another run of its timer be another thread's by now.
            Optional<Entry> entry = claimed(kept).filter(Entry::isMadeUpHere);
            if (entry.filter(each -> each.failures > 0 && each.tries < TRIES).isPresent()) {
                return true;
            }
            if (!closed) {
                // Else the end of its transaction is still to be told.
                entry.filter(each -> each.calls == 0).ifPresent(this::waitLonger);
            }
            return false;
        } finally {
            lock.unlock();
        }
    }

    /** The calling thread calls the timer no more: what would wait on is dropped after the end. */
    Optional<Ended> left(Kept kept) {
        lock.lock();
        try {
            return claimed(kept).filter(entry -> closed && entry.isMadeUpHere()).map(entry -> end(entry, End.STOPPED));
        } finally {
            lock.unlock();
        }
    }

    /** It could not be called, and waits on. */
    void release(Kept kept) {
        lock.lock();
        try {
            claimed(kept).ifPresent(this::waitLonger);
        } finally {
            lock.unlock();
        }
    }

    /** The container will call another timer in its place; that may come before this has returned. */
    void handedOver(Kept kept, Object timer) {
        lock.lock();
        try {
            claimed(kept).ifPresent(entry -> {
                entry.entrust(timer);
                byTimer.put(timer, entry);
            });
        } finally {
            lock.unlock();
        }
    }

    /**
     * Its timer is not there any more.
     *
     * @return empty: since it has called, and was sent away, or was handed over before; it is still to be made up
     */
    Optional<Ended> gone(Kept kept) {
        lock.lock();
        try {
            return in(State.CLAIMED, kept)
                    .or(() -> in(State.LEAVING, kept))
                    .filter(Entry::isCancelled)
                    .map(entry -> end(entry, End.CANCELLED));
        } finally {
            lock.unlock();
        }
    }

    private Optional<Entry> claimed(Kept kept) {
        return in(State.CLAIMED, kept);
    }

    private Optional<Entry> in(State state, Kept kept) {
        return Optional.ofNullable(entries.get(kept.repeat())).filter(entry -> entry.state == state);
    }

    /** Those for which it is too late, or needless, or of which the container keeps no word. */
    List<Ended> sortOut(Instant now) {
        lock.lock();
        try {
            long nanos = time.nanos();
            List<Ended> ended = new ArrayList<>();
            for (Entry entry : List.copyOf(entries.values())) {
                if (entry.state == State.WAITING) {
                    entry.deferral.over(now).ifPresent(end -> ended.add(end(entry, end)));
                } else if (entry.isForgotten(nanos)) {
                    waitAgain(entry);
                }
            }
            return ended;
        } finally {
            lock.unlock();
        }
    }

    /** What is kept now. */
    List<Deferral> kept() {
        lock.lock();
        try {
            return entries.values().stream().map(entry -> entry.deferral).toList();
        } finally {
            lock.unlock();
        }
    }

    /** Whether nothing is kept any more. */
    boolean isClosed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }

    /** Nothing is kept any more; what is being made up comes to its end. */
    List<Kept> close() {
        lock.lock();
        try {
            closed = true;
            List<Kept> dropped = new ArrayList<>();
            for (Entry entry : List.copyOf(entries.values())) {
                if (entry.calls == 0 && entry.maker.isEmpty()) {
                    remove(entry);
                    dropped.add(entry.kept());
                }
                entry.next.ifPresent(next -> dropped.add(new Kept(next, entry.repeat)));
                entry.next = Optional.empty();
            }
            changed.signalAll();
            return dropped;
        } finally {
            lock.unlock();
        }
    }
}
