/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.engine;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.connectionguard.DataSourceState;
import org.connectionguard.GuardEvent;
import org.connectionguard.config.Settings;
import org.connectionguard.database.Failure;
import org.connectionguard.engine.BoundedQuestion.Phase;
import org.connectionguard.message.Messages;
import org.connectionguard.message.Reason;
import org.connectionguard.pool.PoolControl;
import org.connectionguard.pool.Pools;

/**
 * The gate before one data source. A job asks when it is first in line and nobody else is asking; while all is well also beside
 * others, as many as the pool has connections for. So jobs that fire together are validated together, and a sick database is
 * asked by one prober only. What a probe answers holds for its own job always, and for the gate only if no bad news came since it
 * was asked: that is what {@link Standing#era} counts.
 *
 * <table>
 * <caption>What follows from an outcome (this is the only place where it is decided)</caption>
 * <tr><th>outcome</th><th>asked in this era</th><th>asked before the last bad news</th></tr>
 * <tr><td>Fit</td><td>HEALTHY, or BACK after UNAVAILABLE; the job passes</td><td>the job passes</td></tr>
 * <tr><td>Fit, for a transaction that lets no thread in</td><td colspan="2">as above, but that the job asks once more, itself, and
 * inside</td></tr>
 * <tr><td>Overtaken</td><td>does not happen</td><td>the job asks again, alone: its transaction could get a dead one</td></tr>
 * <tr><td>Unfit, shared</td><td>SUSPECT, a new era; the job asks again, alone</td><td>the job asks again</td></tr>
 * <tr><td>Unfit, its own fault</td><td colspan="2">the job asks again</td></tr>
 * <tr><td>None: exhausted, others asking</td><td colspan="2">the job asks again when one of them is back</td></tr>
 * <tr><td>None: refused</td><td>UNAVAILABLE, a new era; told to all that wait</td><td>told to the job</td></tr>
 * <tr><td>None: else</td><td>UNAVAILABLE, a new era, one failure counted; the job waits</td><td>the job waits; eight that fail
 * together are one failure</td></tr>
 * <tr><td>NotBound</td><td>as None, where the product or the pool says what it means; the job is doomed</td><td>doomed</td></tr>
 * <tr><td>DeadInTransaction</td><td>SUSPECT, a new era; the job is doomed</td><td>doomed</td></tr>
 * <tr><td>NotEntered</td><td colspan="2">the job is doomed: its transaction's own trouble</td></tr>
 * <tr><td>Uncheckable</td><td colspan="2">told to the job</td></tr>
 * <tr><td>left behind at the end of all time</td><td>UNAVAILABLE, a new era</td><td>nothing</td></tr>
 * <tr><td>back though left behind</td><td colspan="2">Fit: as above, and the pause is over; Unfit: SUSPECT, a new era</td></tr>
 * </table>
 *
 * <p>For any thread. Nobody is told anything, and nothing is asked, while the lock is held.
 */
public final class Gate {
    /** How many jobs ask at once while all is well. */
    static final int WIDTH = 8;

    private final String name;
    private final Threads threads;
    private final Executor spare;
    private final BooleanSupplier stopped;
    private final Time time;
    private final Pools pools;
    private final Validations validations = new Validations();
    private final Surroundings surroundings;
    private final Announcements announcements;
    private final AtomicBoolean askingSoon = new AtomicBoolean();
    private final AtomicBoolean unboundTold = new AtomicBoolean();

    private final ReentrantLock lock = new ReentrantLock();

    // Guarded by the lock.
    private final Line line = new Line();
    private final Set<Probe> asking = new LinkedHashSet<>();
    private final LeftBehind left;
    private final Reliefs reliefs;
    private final Health health;
    private final Standing standing;
    private long visits;
    private long returns;
    private long lastMove;

    /**
     * A gate that knows nothing yet.
     *
     * @param threads run probes
     * @param spare platform threads: they cut off what is silent, also where that holds all carriers of virtual ones
     * @param stopped whether no job is to wait any more; {@link #wake} when that has changed
     */
    Gate(
            String name,
            Threads threads,
            Executor spare,
            BooleanSupplier stopped,
            Time time,
            Pools pools,
            List<GuardListener> listeners) {
        this.name = name;
        this.threads = threads;
        this.spare = spare;
        this.stopped = stopped;
        this.time = time;
        this.pools = pools;
        this.left = new LeftBehind(time);
        this.reliefs = new Reliefs(time);
        this.health = new Health(time);
        this.announcements = new Announcements(new SafeListener(listeners));
        this.standing = new Standing(name, health, announcements, time);
        this.surroundings = new Surroundings(new Fitness(validations, time), new Turnstile(time));
        this.lastMove = time.nanos();
    }

    /** What its probes see of the gate. */
    private final class Surroundings implements Probe.Surroundings {
        private final Fitness fitness;
        private final Turnstile turnstile;

        Surroundings(Fitness fitness, Turnstile turnstile) {
            this.fitness = fitness;
            this.turnstile = turnstile;
        }

        @Override
        public Time time() {
            return time;
        }

        @Override
        public Pools pools() {
            return pools;
        }

        @Override
        public Validations validations() {
            return validations;
        }

        @Override
        public Fitness fitness() {
            return fitness;
        }

        @Override
        public long era() {
            return standing.era();
        }

        @Override
        public Turnstile turnstile() {
            return turnstile;
        }

        @Override
        public void badNews(Probe probe) {
            lock.lock();
            try {
                standing.endEra(probe);
            } finally {
                lock.unlock();
            }
        }

        @Override
        public boolean mayPoolBeFull() {
            OptionalInt free = free();
            return free.isEmpty() || free.getAsInt() <= 0;
        }

        @Override
        public boolean poolBearsInterruption() {
            return standing.control().map(PoolControl::bearsInterruption).orElse(true);
        }

        @Override
        public boolean isPoolHeldUp() {
            return heldUp().isPresent();
        }

        @Override
        public boolean mayAskBeside(boolean onSpareThread) {
            return endsWhenInterrupted(onSpareThread) || !left.isMany() && hasPlaceBeside();
        }

        /** The last one is for another job, as it would be without a guard. */
        private boolean hasPlaceBeside() {
            OptionalInt free = free();
            return free.isEmpty() || free.getAsInt() > 1 || !line.isEmpty();
        }

        @Override
        public void borrowed() {
            if (!line.isEmpty()) {
                lock.lock();
                try {
                    line.wakeFirst();
                } finally {
                    lock.unlock();
                }
            }
        }

        @Override
        public void validatesThoughLeftBehind(Probe probe) {
            watchOver(probe);
        }

        @Override
        public void back(Probe probe, Outcome outcome) {
            backThoughLeftBehind(probe, outcome);
        }
    }

    /** The JNDI name. */
    public String name() {
        return name;
    }

    /** The pool behind it, once a connection has told. */
    public Optional<PoolControl> control() {
        return standing.control();
    }

    /**
     * Destroys what is idle in the pool, and leaves alone what is lent. May block as driver and pool do.
     *
     * @return whether the pool is known by now
     * @throws SQLException when the pool would not, or not wholly
     */
    public boolean sweep() throws SQLException {
        Optional<PoolControl> pool = standing.control();
        if (pool.isPresent()) {
            pool.get().sweep();
        }
        return pool.isPresent();
    }

    /** Its data source and others that are not XA meet in one transaction, which is bound to none of them. */
    public void leavesUnbound() {
        if (unboundTold.compareAndSet(false, true)) {
            announcements.tell(new GuardEvent.Noted(time.now(), name, GuardEvent.Noted.Kind.UNBOUND, ""));
        }
    }

    /** How many jobs wait for their turn now. */
    public int waiting() {
        lock.lock();
        try {
            return line.size();
        } finally {
            lock.unlock();
        }
    }

    /** How many questions have not come back, and nobody waits for them any more. */
    public int stuck() {
        lock.lock();
        try {
            return left.size();
        } finally {
            lock.unlock();
        }
    }

    /** The present state. */
    DataSourceState state() {
        lock.lock();
        try {
            return health.state();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until the job may ask, and then for a fit connection, within the deadline (plus one validation time-out for what is
     * under way then).
     *
     * @param target this gate's data source, with what this job demands
     * @param transaction what the connection is to be bound to; empty: it only has to be there
     * @param promised {@link Verdict.Live#at} of the same call, should it have passed before its transaction began: what was
     *     validated for it then is not asked again at once
     */
    public Verdict admit(
            Target target, Deadline deadline, Optional<JobTransaction> transaction, OptionalLong promised) {
        Settings settings = target.settings();
        if (health.isFresh(settings.skipIfValidatedWithin(), settings.writable())) {
            return new Verdict.Live(time.nanos(), false, Verdict.Effort.NONE);
        }
        Visit visit = begin(target, deadline, transaction, promised);
        try {
            return stay(visit);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            Trouble trouble = new Trouble(Reason.INTERRUPTED, Messages.interrupted(), Optional.of(e));
            return visit.turnedAway(trouble, visit.hasEnteredTransaction());
        } finally {
            end(visit);
            visit.suffered().ifPresent(waited -> announcements.add(new GuardEvent.Waited(time.now(), name, waited)));
            announcements.tellAll();
        }
    }

    private Visit begin(Target target, Deadline deadline, Optional<JobTransaction> transaction, OptionalLong promised) {
        lock.lock();
        try {
            Visit visit = new Visit(visits++, name, target, deadline, transaction, promised, lock.newCondition(), time);
            if (line.isEmpty() && asking.isEmpty()) {
                lastMove = time.nanos();
            }
            line.join(visit);
            if (health.isUnavailable()) {
                // Its patience may be shorter than the pause.
                line.wakeFirst();
            }
            return visit;
        } finally {
            lock.unlock();
        }
    }

    private void end(Visit visit) {
        lock.lock();
        try {
            line.leave(visit);
            // Its thread may have met an Error while it waited.
            visit.probe().filter(asking::contains).ifPresent(probe -> abandon(visit, probe));
            line.wakeFirst();
        } finally {
            lock.unlock();
        }
        if (!visit.leftBehind().isEmpty()) {
            visit.leftBehind().forEach(this::letGo);
            relieve();
        }
    }

    private void abandon(Visit visit, Probe probe) {
        remove(probe);
        if (probe.question().leaveBehind().isEmpty()) {
            leave(visit, probe);
        }
    }

    /** Nobody waits for the probe any more. */
    private void leave(Visit visit, Probe probe) {
        left.add(probe);
        surroundings.turnstile().forget(probe);
        visit.leavesBehind(probe);
    }

    /** The pool, if the network may hold up all of its own threads. */
    private Optional<PoolControl> heldUp() {
        return standing.control().filter(PoolControl::isHeldUp);
    }

    /** Who asks next is not to wait behind what was left behind, with or without a guard. */
    private void relieve() {
        Optional<PoolControl> pool = heldUp();
        if (pool.isPresent() && isReliefDue()) {
            try {
                threads.execute(() -> relieve(pool.get()));
            } catch (RuntimeException | Error e) {
                // No thread for it: the next one that is left behind has it done.
            }
        }
    }

    /** Else it has been given another one a moment ago, as rarely as the silence is long. */
    private boolean isReliefDue() {
        lock.lock();
        try {
            return reliefs.isDue();
        } finally {
            lock.unlock();
        }
    }

    private static void relieve(PoolControl pool) {
        try {
            pool.relieve();
        } catch (SQLException e) {
            // The same.
        }
    }

    private boolean endsWhenInterrupted(boolean onSpareThread) {
        return threads.endWhenInterrupted() && !onSpareThread;
    }

    /** Nobody waits for it any more: where an interruption helps, nothing is left over; nor of a connection that is silent. */
    private void letGo(Probe probe) {
        probe.interrupt();
        watchOver(probe);
    }

    private void watchOver(Probe probe) {
        if (Set.of(Phase.VALIDATING, Phase.EVICTING).contains(probe.question().phase())) {
            try {
                spare.execute(() -> abortWhenSilent(probe));
            } catch (RuntimeException | Error e) {
                // No thread for it: then its silence lasts as long as the network's.
            }
        }
    }

    private void abortWhenSilent(Probe probe) {
        try {
            probe.question().await(ProbeWatch.ofLeftBehind(probe, this::abort));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * A body threw. If it lost a connection, the gate asks, on a thread of its own, so that dead ones are found by nobody's job;
     * what is well stays. Returns at once, and throws nothing.
     */
    void bodyFailed(Target target, Throwable thrown) {
        if (!Failure.isLostConnection(thrown, standing.product())) {
            return;
        }
        lock.lock();
        try {
            standing.suspect();
        } finally {
            lock.unlock();
        }
        announcements.tell(new GuardEvent.Noted(time.now(), name, GuardEvent.Noted.Kind.BODY_LOST_CONNECTION, ""));
        if (askingSoon.compareAndSet(false, true)) {
            try {
                threads.execute(() -> askUnasked(target));
            } catch (RuntimeException | Error e) {
                // No thread, or no more: the next job asks anyway.
                askingSoon.set(false);
            }
        }
    }

    private void askUnasked(Target target) {
        try {
            admit(target, Deadline.after(Duration.ZERO, time), Optional.empty(), OptionalLong.empty());
        } finally {
            askingSoon.set(false);
        }
    }

    /** Lets every waiting job look at {@code stopped}. */
    void wake() {
        List<Probe> probes;
        lock.lock();
        try {
            line.wakeAll();
            probes = List.copyOf(asking);
        } finally {
            lock.unlock();
        }
        probes.forEach(probe -> probe.question().wake());
    }

    private Verdict stay(Visit visit) throws InterruptedException {
        while (true) {
            Optional<Verdict.Unavailable> turnedAway = awaitTurn(visit);
            if (turnedAway.isPresent()) {
                return turnedAway.get();
            }
            Optional<Verdict> verdict = ask(visit);
            announcements.tellAll();
            if (verdict.isPresent()) {
                return verdict.get();
            }
        }
    }

    // Waiting.

    /** Returns when the job may ask, having taken its place among those that do; or why it may not wait. */
    private Optional<Verdict.Unavailable> awaitTurn(Visit visit) throws InterruptedException {
        lock.lock();
        try {
            while (true) {
                long now = time.nanos();
                if (visit.hardEnd() - now <= 0) {
                    return Optional.of(timedOut(visit));
                }
                Optional<Trouble> refusal = health.refusal();
                if (refusal.isPresent()) {
                    return Optional.of(visit.turnedAway(refusal.get(), false));
                }
                if (line.isFirst(visit) && mayAsk(visit, now)) {
                    line.leave(visit);
                    asking.add(visit.probe(surroundings, orders(visit), returns));
                    line.wakeFirst();
                    return Optional.empty();
                }
                boolean moves = moves(visit, now);
                if (!moves) {
                    Optional<Verdict.Unavailable> verdict = mayNotWait(visit, now);
                    if (verdict.isPresent()) {
                        return verdict;
                    }
                    visit.suffers();
                }
                visit.await(nextLook(visit, moves, now) - now);
            }
        } finally {
            lock.unlock();
        }
    }

    private Probe.Orders orders(Visit visit) {
        return new Probe.Orders(
                visit.isAskingInside(), visit.isAskingOnSpareThread(), !standing.isLearnt(), health.ownFaults());
    }

    private boolean mayAsk(Visit visit, long now) {
        if (isPausing() || left.isPausing(now)) {
            return false;
        }
        if (asking.isEmpty()) {
            return true;
        }
        return health.isHealthy() && asking.size() < WIDTH && returns != visit.waitsBeyondReturns() && hasRoom();
    }

    /** Whether the database is left alone for a while, also by him who waits shortest; nobody is looked at while all is well. */
    private boolean isPausing() {
        return health.isUnavailable() && health.isPausing(line.shortestPatience());
    }

    /** Whether the pool has a connection for one more, and for each that is on its way to one. */
    private boolean hasRoom() {
        // Before and after: of who gets a connection meanwhile, or gives it back to get it again, the pool may say
        // either.
        Set<Probe> onTheirWay =
                asking.stream().filter(probe -> !probe.isHolding()).collect(Collectors.toSet());
        OptionalInt free = free();
        asking.stream().filter(probe -> !probe.isHolding()).forEach(onTheirWay::add);
        return free.isPresent() && free.getAsInt() >= onTheirWay.size() + 1;
    }

    /** How many connections the pool has to give; empty: it does not say. */
    private OptionalInt free() {
        return standing.control().map(PoolControl::free).orElse(OptionalInt.empty());
    }

    /**
     * A line before a database that answers may be long. Only when none has answered for a validation time-out, or when there are
     * no connections, it counts as waiting.
     */
    private boolean moves(Visit visit, long now) {
        return !health.isUnavailable()
                && now - lastMove <= visit.settings().validationTimeout().toNanos();
    }

    /**
     * Whether only so many may wait: before a database that is down. One that is slow is not; it has twice the time of a
     * validation to answer. No longer: so many others as wait here may have no thread.
     */
    private boolean isLimited(Visit visit, long now) {
        return health.isUnavailable()
                || now - lastMove > 2 * visit.settings().validationTimeout().toNanos();
    }

    private Optional<Verdict.Unavailable> mayNotWait(Visit visit, long now) {
        if (stopped.getAsBoolean()) {
            return Optional.of(visit.turnedAway(Trouble.of(Reason.STOPPED, Messages.stopped()), false));
        }
        boolean isOneTooMany = isLimited(visit, now)
                && line.before(visit) + asking.size() >= visit.settings().maxWaitingJobs();
        if (visit.isOneTooMany(isOneTooMany)) {
            // The pause may be over for it.
            line.wakeFirst();
        }
        if (awaitsNews(visit, now)) {
            return Optional.empty();
        }
        if (isOneTooMany) {
            return Optional.of(crowded(visit));
        }
        return visit.deadline().end() - now <= 0 ? Optional.of(timedOut(visit)) : Optional.empty();
    }

    /** What is known is too old to turn it away for, and somebody asks since a moment, or is about to. */
    private boolean awaitsNews(Visit visit, long now) {
        long answersIn = visit.settings().validationTimeout().toNanos();
        return health.isOldNews(visit.patience())
                && (asking.isEmpty()
                        ? !left.isPausing(now)
                        : asking.stream().allMatch(probe -> now - probe.start() <= answersIn));
    }

    private long nextLook(Visit visit, boolean moves, long now) {
        long next = Deadline.earlier(
                moves || visit.deadline().end() - now <= 0
                        ? visit.hardEnd()
                        : visit.deadline().end(),
                now + visit.settings().initialBackoff().toNanos());
        if (line.isFirst(visit)) {
            if (isPausing()) {
                next = Deadline.earlier(next, health.nextAttempt(line.shortestPatience()));
            }
            if (left.isPausing(now)) {
                next = Deadline.earlier(next, left.nextAttempt());
            }
        }
        return next;
    }

    private Verdict.Unavailable timedOut(Visit visit) {
        Trouble trouble = health.trouble()
                .orElseGet(() -> left.isEmpty()
                        ? Trouble.of(Reason.NO_TIME, Messages.noTime())
                        : Trouble.of(Reason.SILENT, Messages.leftBehind(left.size())));
        return visit.turnedAway(trouble, false);
    }

    private Verdict.Unavailable crowded(Visit visit) {
        Optional<Trouble> trouble = health.trouble();
        String detail = Messages.crowded(
                visit.settings().maxWaitingJobs(), trouble.map(Trouble::detail).orElse(""));
        return visit.turnedAway(new Trouble(Reason.CROWDED, detail, trouble.flatMap(Trouble::cause)), false);
    }

    // Asking.

    /** Asks once. A verdict, or back to the line. */
    private Optional<Verdict> ask(Visit visit) throws InterruptedException {
        Probe probe = visit.lastProbe();
        if (visit.asksItself()) {
            probe.run();
            return follow(visit, probe, Optional.empty(), watch(visit, probe));
        }
        try {
            (visit.isAskingOnSpareThread() ? spare : threads).execute(probe);
        } catch (RuntimeException | Error e) {
            return notStarted(visit, probe, e);
        }
        ProbeWatch watch = watch(visit, probe);
        try {
            Optional<Outcome> outcome = probe.question().await(watch);
            while (outcome.isEmpty() && !watch.hasEnded()) {
                if (asksBeside(visit, probe, watch)) {
                    relieve();
                    return Optional.empty();
                }
                outcome = probe.question().await(watch);
            }
            return follow(visit, probe, outcome, watch);
        } catch (InterruptedException e) {
            follow(visit, probe, Optional.empty(), watch);
            throw e;
        }
    }

    private ProbeWatch watch(Visit visit, Probe probe) {
        return new ProbeWatch(visit, probe, patience(visit), stopped, this::abort, time);
    }

    private long patience(Visit visit) {
        lock.lock();
        try {
            return left.patience(visit.settings());
        } finally {
            lock.unlock();
        }
    }

    /**
     * A probe that still has no connection is left behind, and its job goes back to the line; both at once, so that what it
     * answers from now on comes back to the gate, and to nobody else.
     *
     * @return not, where it has got on in the last moment
     */
    private boolean asksBeside(Visit visit, Probe probe, ProbeWatch watch) {
        lock.lock();
        try {
            boolean leaves = probe.question().leaveBehindWhileBorrowing();
            if (leaves) {
                notBack(visit, probe, watch);
                line.join(visit);
            }
            return leaves;
        } finally {
            lock.unlock();
        }
    }

    /** @param outcome empty: the job waits no longer; it may have come in the last moment all the same */
    private Optional<Verdict> follow(Visit visit, Probe probe, Optional<Outcome> outcome, ProbeWatch watch) {
        lock.lock();
        try {
            Optional<Outcome> found = outcome.or(() -> probe.question().leaveBehind());
            Optional<Verdict> verdict =
                    found.isPresent() ? settle(visit, probe, found.get()) : notBack(visit, probe, watch);
            if (verdict.isEmpty()) {
                line.join(visit);
            }
            return verdict;
        } finally {
            lock.unlock();
        }
    }

    /** No thread can be had; no fault of the database. Once closed, for ever; else it is tried again after a pause. */
    private Optional<Verdict> notStarted(Visit visit, Probe probe, Throwable thrown) throws InterruptedException {
        lock.lock();
        try {
            remove(probe);
            if (stopped.getAsBoolean()) {
                return Optional.of(visit.turnedAway(Trouble.of(Reason.STOPPED, Messages.stopped()), false));
            }
            long left = visit.deadline().end() - time.nanos();
            if (left <= 0) {
                return Optional.of(visit.turnedAway(
                        new Trouble(Reason.NO_THREAD, Messages.noThread(thrown), Optional.of(thrown)), false));
            }
            visit.await(Math.min(left, visit.settings().initialBackoff().toNanos()));
            line.join(visit);
            return Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    private void abort(Connection silent) {
        try {
            spare.execute(() -> {
                try {
                    silent.abort(Runnable::run);
                } catch (Throwable e) {
                    // Then it stays silent, and its probe is left behind.
                }
            });
        } catch (RuntimeException | Error e) {
            // No thread for it: the same.
        }
    }

    private void remove(Probe probe) {
        asking.remove(probe);
        returns++;
        line.wakeFirst();
    }

    /** It was left behind: the job goes, or asks beside it. */
    private Optional<Verdict> notBack(Visit visit, Probe probe, ProbeWatch watch) {
        boolean begun = probe.question().hasBegun() || !threads.endWhenInterrupted();
        boolean doomed = probe.question().hasEnteredTransaction();
        boolean waitsForPool = probe.isBeforeFullPool();
        String phase = probe.question().phase().toString();
        remove(probe);
        leave(visit, probe);
        if (watch.isPoolFull()) {
            visit.asksInside();
            probe.interrupt();
            return Optional.empty();
        }
        if (!begun) {
            return notBegun(visit, watch);
        }
        left.postpone(probe);
        visit.suffers();
        standing.slows();
        if (!watch.hasEnded()) {
            standing.waits(line.size() + asking.size() + 1, lastMove);
            return Optional.empty();
        }
        if (stopped.getAsBoolean()) {
            return Optional.of(visit.turnedAway(Trouble.of(Reason.STOPPED, Messages.stopped()), doomed));
        }
        Trouble trouble = waitsForPool
                ? Trouble.of(Reason.EXHAUSTED, Messages.poolGivesNone(visit.waited()))
                : Trouble.of(Reason.SILENT, Messages.noAnswer(visit.waited()));
        // Whoever asked for much less than a validation time-out says nothing of the database.
        // With a max-wait of zero it is a little less, on a busy machine.
        boolean fair = time.nanos() - visit.leftBehind().get(0).start()
                >= visit.settings().validationTimeout().toNanos() / 10 * 9;
        if (fair) {
            fails(probe, trouble);
        }
        boolean stays = !endsWhenInterrupted(visit.isAskingOnSpareThread())
                || left.size() > visit.leftBehind().size();
        if (!waitsForPool && stays) {
            int stuck = left.size();
            announcements.add(new GuardEvent.Stuck(time.now(), name, phase, stuck));
        }
        return Optional.of(
                visit.turnedAway(fair || doomed ? trouble : Trouble.of(Reason.NO_TIME, Messages.noTime()), doomed));
    }

    /** No virtual thread could run: others hold all of their carriers. That is no fault of the database's. */
    private Optional<Verdict> notBegun(Visit visit, ProbeWatch watch) {
        if (!watch.hasEnded()) {
            visit.asksOnSpareThread();
            return Optional.empty();
        }
        Trouble trouble = stopped.getAsBoolean()
                ? Trouble.of(Reason.STOPPED, Messages.stopped())
                : Trouble.of(Reason.NO_THREAD, Messages.noThreadBegan());
        return Optional.of(visit.turnedAway(trouble, false));
    }

    // What follows.

    private Optional<Verdict> settle(Visit visit, Probe probe, Outcome outcome) {
        remove(probe);
        if (outcome.isAnswer()) {
            lastMove = time.nanos();
        }
        if (outcome instanceof Outcome.Fit fit) {
            standing.fits(probe, fit);
            signOfLife();
            if (!fit.bound() && visit.bindsItself()) {
                visit.isPromised(probe.start());
                visit.asksInside();
                return Optional.empty();
            }
            return Optional.of(visit.passes(fit.bound()));
        }
        if (outcome instanceof Outcome.Overtaken overtaken) {
            standing.learn(overtaken.fit().finding());
            return Optional.empty();
        }
        if (outcome instanceof Outcome.Unfit unfit) {
            visit.evicts();
            standing.isUnfit(probe, unfit);
            return Optional.empty();
        }
        if (outcome instanceof Outcome.DeadInTransaction dead) {
            visit.evicts();
            standing.isUnfit(probe, dead.unfit());
            return Optional.of(visit.turnedAway(
                    Trouble.of(
                            Reason.UNFIT,
                            Messages.deadInTransaction(dead.unfit().fault().why())),
                    true));
        }
        if (outcome instanceof Outcome.NotEntered ended) {
            return Optional.of(visit.turnedAway(transactions(ended.failure()), true));
        }
        if (outcome instanceof Outcome.Uncheckable unknown) {
            return Optional.of(visit.turnedAway(
                    Trouble.of(Reason.UNCHECKABLE, Messages.cannotAskForWrites(unknown.product())), false));
        }
        Throwable failure =
                outcome instanceof Outcome.NotBound notBound ? notBound.failure() : ((Outcome.None) outcome).failure();
        boolean doomed = outcome instanceof Outcome.NotBound;
        Optional<Trouble> known = Trouble.known(failure, pools, standing.product());
        if (doomed && known.isEmpty()) {
            return Optional.of(visit.turnedAway(transactions(failure), true));
        }
        Trouble trouble = known.orElseGet(() -> Trouble.unknown(failure));
        if (trouble.reason() == Reason.EXHAUSTED && visit.mayAskInside()) {
            // The transaction itself may have what the pool lacks.
            visit.asksInside();
        } else if (trouble.reason() == Reason.EXHAUSTED && !asking.isEmpty()) {
            visit.waitsBeyond(returns);
        } else if (trouble.reason() != Reason.EXHAUSTED || returns - 1 == visit.returnsAtLastProbe()) {
            // Else another one had it, and has come back meanwhile: it may be had now.
            fails(probe, trouble);
        }
        return doomed || trouble.reason() == Reason.REFUSED
                ? Optional.of(visit.turnedAway(trouble, doomed))
                : Optional.empty();
    }

    private void signOfLife() {
        left.signOfLife();
        reliefs.signOfLife();
    }

    private void fails(Probe probe, Trouble trouble) {
        standing.fails(probe, trouble);
        // From now on only so many may wait.
        line.wakeAll();
    }

    private static Trouble transactions(Throwable failure) {
        return new Trouble(Reason.TRANSACTION, Messages.transactionLetsNobodyIn(failure), Optional.of(failure));
    }

    /** What nobody waits for any more has come back, on its own thread. */
    private void backThoughLeftBehind(Probe probe, Outcome outcome) {
        lock.lock();
        try {
            left.remove(probe);
            if (outcome instanceof Outcome.Fit fit) {
                standing.fits(probe, fit);
                health.endPause();
                signOfLife();
            } else if (outcome instanceof Outcome.Unfit unfit) {
                standing.cameBackUnfit(probe, unfit);
            } else if (outcome instanceof Outcome.DeadInTransaction dead) {
                standing.cameBackUnfit(probe, dead.unfit());
            }
            line.wakeFirst();
        } finally {
            lock.unlock();
        }
        announcements.tellAll();
    }

    /** No more questions; who waits for a connection is interrupted. */
    void close() {
        threads.close();
        List<Probe> waiting;
        lock.lock();
        try {
            waiting = Stream.concat(asking.stream(), left.stream()).toList();
        } finally {
            lock.unlock();
        }
        waiting.forEach(Probe::interrupt);
    }
}
