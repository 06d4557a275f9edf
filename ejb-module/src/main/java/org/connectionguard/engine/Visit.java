/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.locks.Condition;
import javax.sql.DataSource;
import org.connectionguard.config.Settings;
import org.connectionguard.message.Messages;

/**
 * One job at one gate, from its coming to its verdict. For the job's thread; what others call is said.
 */
final class Visit {
    private final long number;
    private final String gate;
    private final Target target;
    private final Deadline deadline;
    private final Optional<JobTransaction> transaction;
    private OptionalLong promised;
    private final Condition turn;
    private final Time time;
    private final long remaining;
    private boolean oneTooMany;
    private final List<Probe> leftBehind = new ArrayList<>();
    private Optional<Probe> lastProbe = Optional.empty();
    private int attempts;
    private boolean asksInside;
    private boolean asksOnSpareThread;
    private int evicted;
    private OptionalLong waitsSince = OptionalLong.empty();
    private long waitsBeyondReturns = -1;
    private long returnsAtLastProbe;

    /**
     * @param number in the order of coming
     * @param gate the data source's name
     * @param transaction what the connection is to be bound to
     * @param promised when this job was let through before, outside its transaction
     * @param turn signalled when it may be its turn; a condition of its own, so that nobody is woken for somebody else
     */
    Visit(
            long number,
            String gate,
            Target target,
            Deadline deadline,
            Optional<JobTransaction> transaction,
            OptionalLong promised,
            Condition turn,
            Time time) {
        this.number = number;
        this.gate = gate;
        this.target = target;
        this.deadline = deadline;
        this.transaction = transaction;
        this.promised = promised;
        this.turn = turn;
        this.time = time;
        this.remaining = deadline.remaining(time);
    }

    long number() {
        return number;
    }

    Settings settings() {
        return target.settings();
    }

    DataSource dataSource() {
        return target.dataSource();
    }

    Deadline deadline() {
        return deadline;
    }

    /** What is under way at the deadline gets one validation time-out more; then the job leaves, whatever is or is not. */
    long hardEnd() {
        return deadline.end() + settings().validationTimeout().toNanos();
    }

    /**
     * What has happened longer ago is no reason to turn it away: as long as it may wait, but not for an instant only. One that
     * may not wait, as too many do, has the first pause. Under the gate's lock.
     */
    long patience() {
        long initialBackoff = settings().initialBackoff().toNanos();
        return oneTooMany ? initialBackoff : Math.max(remaining, initialBackoff);
    }

    /**
     * Whether so many wait already that it may not; under the gate's lock.
     *
     * @return whether that is new
     */
    boolean isOneTooMany(boolean is) {
        boolean news = is && !oneTooMany;
        oneTooMany = is;
        return news;
    }

    /** From now on it waits for what cannot be had, or does not answer. */
    void suffers() {
        if (waitsSince.isEmpty()) {
            waitsSince = OptionalLong.of(time.nanos());
        }
    }

    /** How long it has waited so; empty: not at all. */
    Optional<Duration> suffered() {
        return waitsSince.isPresent()
                ? Optional.of(Duration.ofNanos(time.nanos() - waitsSince.getAsLong()))
                : Optional.empty();
    }

    /** An unfit connection was destroyed on its way. */
    void evicts() {
        evicted++;
    }

    private Verdict.Effort effort() {
        return waitsSince.isEmpty() && evicted == 0
                ? Verdict.Effort.NONE
                : new Verdict.Effort(waitsSince.isPresent(), evicted);
    }

    /** The verdict for a job that passes. */
    Verdict.Live passes(boolean bound) {
        return new Verdict.Live(lastProbe().start(), bound, effort());
    }

    /** Waits until it is woken, or so long; under the gate's lock. */
    void await(long nanos) throws InterruptedException {
        time.await(turn, nanos);
    }

    /** Under the gate's lock, by whoever has it. */
    void wake() {
        turn.signal();
    }

    /**
     * The next attempt.
     *
     * @param returns how many probes have come back to the gate so far
     */
    Probe probe(Probe.Surroundings surroundings, Probe.Orders orders, long returns) {
        attempts++;
        returnsAtLastProbe = returns;
        Probe probe = new Probe(surroundings, dataSource(), settings(), transaction, promised, orders);
        lastProbe = Optional.of(probe);
        return probe;
    }

    Probe lastProbe() {
        return lastProbe.orElseThrow();
    }

    /** The last attempt, if there was one. */
    Optional<Probe> probe() {
        return lastProbe;
    }

    /** Whether something is, or was, in the job's transaction on its behalf. */
    boolean hasEnteredTransaction() {
        return lastProbe
                .filter(probe -> probe.question().hasEnteredTransaction())
                .isPresent();
    }

    /** A probe of this job's that did not come back in time. */
    void leavesBehind(Probe probe) {
        leftBehind.add(probe);
    }

    List<Probe> leftBehind() {
        return leftBehind;
    }

    /** From now on the pool is asked inside the transaction only: outside it has nothing to give. */
    void asksInside() {
        asksInside = true;
    }

    boolean isAskingInside() {
        return asksInside;
    }

    /** From now on a platform thread asks for it: virtual ones do not come to run. */
    void asksOnSpareThread() {
        asksOnSpareThread = true;
    }

    boolean isAskingOnSpareThread() {
        return asksOnSpareThread;
    }

    /** Whether the next question is for the job's own thread: its transaction lets no other one in. */
    boolean asksItself() {
        return asksInside && !transaction.orElseThrow().letsThreadsIn();
    }

    /** A fit connection is in the pool; this job itself has to bind its transaction to it, if it can be worked in. */
    boolean bindsItself() {
        return mayAskInside() && !transaction.orElseThrow().letsThreadsIn();
    }

    /** What has been found fit for it since then is good for it. */
    void isPromised(long since) {
        promised = OptionalLong.of(since);
    }

    boolean mayAskInside() {
        return !asksInside && transaction.filter(JobTransaction::isActive).isPresent();
    }

    /** The pool had nothing, while others were asking: it asks again when one of them is back. */
    void waitsBeyond(long returns) {
        waitsBeyondReturns = returns;
    }

    long returnsAtLastProbe() {
        return returnsAtLastProbe;
    }

    long waitsBeyondReturns() {
        return waitsBeyondReturns;
    }

    /** The verdict for a job that is not let through: which data source, what is wrong, how long it was tried. */
    Verdict.Unavailable turnedAway(Trouble trouble, boolean doomed) {
        String message = Messages.unavailable(gate, trouble.reason(), trouble.detail(), waited(), attempts);
        return new Verdict.Unavailable(trouble.reason(), message, trouble.cause(), doomed, effort());
    }

    Duration waited() {
        return deadline.waited(time);
    }
}
