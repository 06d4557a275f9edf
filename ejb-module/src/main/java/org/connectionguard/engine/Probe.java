/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.engine;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CancellationException;
import javax.sql.DataSource;
import org.connectionguard.config.Settings;
import org.connectionguard.engine.BoundedQuestion.Phase;
import org.connectionguard.engine.Health.OwnFaults;
import org.connectionguard.engine.Outcome.Fault;
import org.connectionguard.engine.Outcome.Finding;
import org.connectionguard.engine.Outcome.Origin;
import org.connectionguard.message.Messages;
import org.connectionguard.pool.Pools;

/**
 * One question to one data source: borrow a connection, look at it, give it back or destroy it; and, for a job in a
 * transaction, bind that to it. It runs on a thread of its own, where it may take for ever; and where no transaction is, so that
 * nothing it does before the pin is part of the job's. Only what is asked inside a transaction that lets no thread in runs on the
 * job's own. What follows from its outcome it does not know.
 */
final class Probe implements Runnable {
    /** A validation that another part of the same call was promised holds so long: a stranger may have had the connection. */
    private static final Duration PROMISE_HOLDS = Duration.ofMillis(100);

    /** An exchange waits so long for checkouts that are under way: one that takes longer connects, and takes nobody's. */
    private static final Duration EXCHANGE_WAITS = Duration.ofMillis(20);

    /** What a probe shares with its gate, and with the gate's other probes. For any thread. */
    interface Surroundings {
        Time time();

        Pools pools();

        Validations validations();

        Fitness fitness();

        Turnstile turnstile();

        /** The gate's present era: it is another one after bad news. */
        long era();

        /** A connection was found dead, and so may be others: nothing that was asked before counts for the gate any more. */
        void badNews(Probe probe);

        /** Whether the pool does not say that it has a connection to give. Never blocks. */
        boolean mayPoolBeFull();

        /** Whether a wait for the pool ends when its thread is interrupted. Never blocks. */
        boolean poolBearsInterruption();

        /** Whether the pool connects on threads of its own, and the network may have all of them. Never blocks. */
        boolean isPoolHeldUp();

        /**
         * Whether, should this connect never return, the pool is not left without a place, nor the guard with ever more threads. Never
         * blocks.
         */
        boolean mayAskBeside(boolean onSpareThread);

        /** A probe has got a connection out of the pool: there may be room for another one to ask. */
        void borrowed();

        /** It was left behind, and asks a connection, whose silence would hold it for ever. */
        void validatesThoughLeftBehind(Probe probe);

        /** It was left behind, and now it is back. */
        void back(Probe probe, Outcome outcome);
    }

    /**
     * What the gate makes of the probe.
     *
     * @param inside whether the pool is asked in the transaction only
     * @param onSpareThread whether a platform thread is to ask, on whichever Java
     * @param learnsOrigin whether to find out on the way where a fit connection comes from
     */
    record Orders(boolean inside, boolean onSpareThread, boolean learnsOrigin, OwnFaults ownFaults) {}

    private final Surroundings surroundings;
    private final DataSource dataSource;
    private final Settings settings;
    private final Optional<JobTransaction> transaction;
    private final OptionalLong promised;
    private final Orders orders;
    private final long era;
    private final long start;
    private final BoundedQuestion<Outcome> question;

    /** Whether it has a connection out of the pool; written by the asking thread. */
    private volatile boolean holding;

    /** Whether it is between giving back and taking again; of the asking thread. */
    private boolean exchanging;

    /** Whether the gate's era ended by what it found; written under the gate's lock. */
    private boolean herald;

    /**
     * @param transaction what the validated connection is to be bound to
     * @param promised when the same call was let through before
     */
    Probe(
            Surroundings surroundings,
            DataSource dataSource,
            Settings settings,
            Optional<JobTransaction> transaction,
            OptionalLong promised,
            Orders orders) {
        this.surroundings = surroundings;
        this.dataSource = dataSource;
        this.settings = settings;
        this.transaction = transaction;
        this.promised = promised;
        this.orders = orders;
        this.era = surroundings.era();
        this.start = surroundings.time().nanos();
        this.question = new BoundedQuestion<>(surroundings.time());
    }

    BoundedQuestion<Outcome> question() {
        return question;
    }

    /** The gate's era when it was asked. */
    long era() {
        return era;
    }

    long start() {
        return start;
    }

    /** Whether it has a connection out of the pool. */
    boolean isHolding() {
        return holding;
    }

    /** Whether it waits for a connection to come back to the pool, and not for the network. */
    boolean waitsForPool() {
        return question.waitsForPool() && !surroundings.isPoolHeldUp();
    }

    /** Whether that is so since the pool has nothing to give; else it waits for what another one does there, as for its connect. */
    boolean isBeforeFullPool() {
        return waitsForPool() && surroundings.mayPoolBeFull();
    }

    /** Whether another one may be asked beside it. */
    boolean mayAskBeside() {
        return surroundings.mayAskBeside(orders.onSpareThread());
    }

    /** Ends its wait for a connection, where that can be done. */
    void interrupt() {
        if (surroundings.poolBearsInterruption()) {
            question.interrupt();
        } else {
            question.interruptNetwork();
        }
    }

    /** Called under the gate's lock. */
    void endsEra() {
        herald = true;
    }

    /** Whether what it found counts for the gate: no other bad news came since it was asked. Under the gate's lock. */
    boolean countsIn(long presentEra) {
        return herald || era == presentEra;
    }

    Settings settings() {
        return settings;
    }

    @Override
    public void run() {
        question.begin();
        Outcome outcome;
        try {
            outcome = ask();
        } catch (Throwable e) {
            // Drivers throw anything. Whatever it is, the gate has to hear of it, or it would wait for ever.
            outcome = new Outcome.None(e);
        }
        endExchange();
        holding = false;
        if (!question.answer(outcome)) {
            surroundings.back(this, outcome);
        }
    }

    private Outcome ask() throws SQLException {
        if (orders.inside()) {
            return question.enterTransaction()
                    ? withinTransaction(this::validateInside)
                    : new Outcome.NotEntered(new CancellationException());
        }
        Outcome outside = validateOutside();
        if (outside instanceof Outcome.Fit fit && isToBeBound()) {
            if (isOvertaken()) {
                return new Outcome.Overtaken(fit);
            }
            return question.enterTransaction() ? withinTransaction(() -> pin(fit)) : outside;
        }
        return outside;
    }

    private Outcome validateOutside() throws SQLException {
        try (Borrowed borrowed = borrowAny()) {
            Optional<Connection> physical = look(borrowed);
            long asked = surroundings.time().nanos();
            if (physical.isPresent() && isPromised(physical.get(), asked)) {
                return exchange(borrowed, new Outcome.Fit(false, 0, false, Finding.NOTHING));
            }
            Fitness.Look look = validate(borrowed, physical, false);
            if (look.fault().isPresent()) {
                return evict(borrowed, physical, look.fault().get(), asked);
            }
            long nanos = surroundings.time().nanos() - asked;
            Finding finding = orders.learnsOrigin() ? withOrigin(look.finding(), borrowed) : look.finding();
            return look.uncheckable().isPresent()
                    ? giveBackOutside(
                            borrowed, new Outcome.Uncheckable(look.uncheckable().get()))
                    : exchange(borrowed, new Outcome.Fit(true, nanos, false, finding));
        }
    }

    /** Others have found dead ones meanwhile: one of those could come into the transaction, and doom it. */
    private boolean isOvertaken() {
        return surroundings.era() != era;
    }

    private Borrowed borrowAny() throws SQLException {
        surroundings.turnstile().take(this, settings.validationTimeout().toNanos());
        try {
            return borrow();
        } finally {
            surroundings.turnstile().taken(this);
        }
    }

    /** Gives it back; if the job's transaction is to have it, in such a way that nobody takes it first. */
    private Outcome exchange(Borrowed borrowed, Outcome.Fit fit) {
        if (isToBeBound() && !isOvertaken()) {
            surroundings.turnstile().exchange(this, EXCHANGE_WAITS.toNanos());
            exchanging = true;
        }
        return giveBackOutside(borrowed, fit);
    }

    private void endExchange() {
        if (exchanging) {
            exchanging = false;
            surroundings.turnstile().exchanged(this);
        }
    }

    private Borrowed borrow() throws SQLException {
        Borrowed borrowed = new Borrowed(dataSource.getConnection(), surroundings.pools());
        try {
            borrowed.connect();
        } catch (SQLException | RuntimeException | Error e) {
            borrowed.close();
            throw e;
        }
        holding = true;
        surroundings.borrowed();
        return borrowed;
    }

    /** The job may have left meanwhile, and its transaction be over: then nobody would end this one's part in it. */
    private Borrowed borrowInside() throws SQLException {
        Borrowed borrowed = borrow();
        boolean over;
        try {
            over = transaction.orElseThrow().isOver();
        } catch (RuntimeException | Error e) {
            borrowed.close();
            throw e;
        }
        if (over) {
            try (borrowed) {
                question.enter(Phase.EVICTING);
                holding = false;
                borrowed.evictStray();
            }
            throw new SQLException("It came when the job's transaction was over");
        }
        return borrowed;
    }

    /** Which connection it is; from now on its silence counts. */
    private Optional<Connection> look(Borrowed borrowed) {
        question.enter(Phase.VALIDATING, borrowed.handle());
        if (question.isLeftBehind()) {
            surroundings.validatesThoughLeftBehind(this);
        }
        Optional<Connection> physical = borrowed.physical();
        physical.ifPresent(question::mayAbort);
        return physical;
    }

    /** Whether this very call was told a moment ago that this connection is fit. */
    private boolean isPromised(Connection physical, long now) {
        return promised.isPresent() && isValidated(physical, promisedSince(now));
    }

    private long promisedSince(long now) {
        return later(promised.getAsLong(), now - PROMISE_HOLDS.toNanos());
    }

    private static long later(long one, long other) {
        return one - other > 0 ? one : other;
    }

    private boolean isValidated(Connection physical, long since) {
        return surroundings
                .validations()
                .last(physical)
                .filter(last -> last.covers(settings.writable(), since, surroundings.era()))
                .isPresent();
    }

    private Fitness.Look validate(Borrowed borrowed, Optional<Connection> physical, boolean inTransaction)
            throws SQLException {
        boolean forgiving = orders.ownFaults() == OwnFaults.LET_PASS;
        Fitness.Look look = surroundings.fitness().at(borrowed, physical, settings, inTransaction, forgiving);
        Optional<Fault> silence = silence();
        if (silence.isPresent()) {
            return new Fitness.Look(silence, Optional.empty(), Finding.NOTHING);
        }
        if (look.fault().isEmpty() && look.uncheckable().isEmpty()) {
            physical.ifPresent(each -> surroundings
                    .validations()
                    .note(
                            each,
                            new Validations.Validation(
                                    surroundings.time().nanos(),
                                    settings.writable()
                                            && look.finding().doubt().isEmpty(),
                                    era)));
        }
        return look;
    }

    private Optional<Fault> silence() {
        return question.spareConnection().map(after -> new Fault(Fault.Kind.SILENT, Messages.noAnswer(after)));
    }

    private static Finding withOrigin(Finding finding, Borrowed borrowed) {
        Origin origin =
                new Origin(borrowed.handle().getClass().getName(), borrowed.isFromKnownPool(), borrowed.control());
        return new Finding(finding.product(), finding.flawless(), finding.doubt(), Optional.of(origin));
    }

    private Outcome giveBackOutside(Borrowed borrowed, Outcome outcome) {
        Optional<Fault> fault = giveBack(borrowed);
        if (fault.isEmpty()) {
            return outcome;
        }
        boolean forgiving =
                orders.ownFaults() == OwnFaults.LET_PASS && !fault.get().kind().isShared();
        return forgiving ? flawed(outcome) : new Outcome.Unfit(fault.get(), false, 0);
    }

    private static Outcome flawed(Outcome outcome) {
        return outcome instanceof Outcome.Fit fit ? fit.flawed() : outcome;
    }

    /**
     * A pool may reset a connection that comes back, which talks to the server too. One that is aborted while it goes back may be
     * in the pool all the same: who asks next finds it there, and that is this job.
     */
    private Optional<Fault> giveBack(Borrowed borrowed) {
        question.enter(Phase.RETURNING, borrowed.handle());
        // Before the pool has it: nobody is to count on one that this probe comes back for.
        holding = false;
        try {
            borrowed.giveBack();
        } catch (Throwable e) {
            return silence().or(() -> Optional.of(new Fault(Fault.Kind.COMPLAINED, Messages.complained(e))));
        }
        return silence();
    }

    /**
     * What is to be destroyed may be cut off, should its server not let it go.
     *
     * @param asked when the question began
     */
    private Outcome.Unfit evict(Borrowed borrowed, Optional<Connection> physical, Fault fault, long asked) {
        long nanos = surroundings.time().nanos() - asked;
        question.enter(Phase.EVICTING);
        physical.ifPresent(question::mayAbort);
        if (fault.kind().isShared()) {
            surroundings.badNews(this);
        }
        boolean withSiblings = fault.kind().isShared() || orders.ownFaults() == OwnFaults.SWEEP;
        holding = false;
        try {
            return new Outcome.Unfit(fault, borrowed.evict(withSiblings), nanos);
        } catch (Throwable e) {
            return new Outcome.Unfit(new Fault(fault.kind(), Messages.evictionFailed(fault.why(), e)), false, nanos);
        }
    }

    private boolean isToBeBound() {
        return transaction
                .filter(JobTransaction::letsThreadsIn)
                .filter(JobTransaction::isActive)
                .isPresent();
    }

    /** The first checkout there decides which connection all later ones get (IronJacamar, Agroal). */
    private Outcome withinTransaction(JobTransaction.Work<Outcome> work) {
        JobTransaction job = transaction.orElseThrow();
        boolean[] inside = new boolean[1];
        try {
            return job.within(() -> {
                inside[0] = true;
                return work.run();
            });
        } catch (Throwable e) {
            return inside[0] && job.isActive() ? new Outcome.NotBound(e) : new Outcome.NotEntered(e);
        }
    }

    /**
     * If another connection than the validated one comes, since somebody was quicker, it may have been validated by another
     * probe meanwhile; else it is validated here, where it is too late to exchange it.
     */
    private Outcome pin(Outcome.Fit fit) throws SQLException {
        try (Borrowed borrowed = borrowInside()) {
            endExchange();
            Optional<Connection> physical = look(borrowed);
            return physical.isPresent() && isValidated(physical.get(), fit.asked() ? start : promisedSince(start))
                    ? bound(borrowed, fit)
                    : validateInside(borrowed, physical, fit);
        }
    }

    /** What the transaction holds already, or what the pool gives it, is what the body will get. */
    private Outcome validateInside() throws SQLException {
        try (Borrowed borrowed = borrowInside()) {
            Optional<Connection> physical = look(borrowed);
            return physical.isPresent()
                            && isPromised(physical.get(), surroundings.time().nanos())
                    ? bound(borrowed, new Outcome.Fit(false, 0, true, Finding.NOTHING))
                    : validateInside(borrowed, physical, new Outcome.Fit(true, 0, true, Finding.NOTHING));
        }
    }

    private Outcome validateInside(Borrowed borrowed, Optional<Connection> physical, Outcome.Fit fit)
            throws SQLException {
        long asked = surroundings.time().nanos();
        Fitness.Look look = validate(borrowed, physical, true);
        if (look.uncheckable().isPresent()) {
            giveBack(borrowed);
            return new Outcome.Uncheckable(look.uncheckable().get());
        }
        if (look.fault().isPresent()) {
            return new Outcome.DeadInTransaction(
                    evict(borrowed, physical, look.fault().get(), asked));
        }
        return bound(borrowed, new Outcome.Fit(true, fit.nanos(), true, fit.finding()));
    }

    /** The transaction keeps it: a complaint about this handle says nothing of the body's. */
    private Outcome bound(Borrowed borrowed, Outcome.Fit fit) {
        return giveBack(borrowed)
                .filter(fault -> fault.kind().isShared())
                .<Outcome>map(fault -> new Outcome.DeadInTransaction(new Outcome.Unfit(fault, false, 0)))
                .orElse(fit.boundToTransaction());
    }
}
