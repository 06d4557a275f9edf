/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.server;

import jakarta.ejb.NoSuchObjectLocalException;
import jakarta.ejb.Timer;
import jakarta.ejb.TimerConfig;
import jakarta.ejb.TimerService;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javax.naming.InitialContext;
import javax.naming.NamingException;

/**
 * A timer in the place of one that expires once, and has: with the same information, and as persistent. So the container itself
 * keeps what was put off, over its restart too where it is persistent, and calls it with all that belongs to a call. For any
 * thread.
 */
public final class StandIn implements Repeat {
    private final TimerService service;
    private final JtaTransaction.Server transactions;
    private final TimerConfig configuration;
    private final Duration delay;
    private final Timer timer;

    private StandIn(
            TimerService service, JtaTransaction.Server transactions, TimerConfig configuration, Duration delay) {
        this.service = service;
        this.transactions = transactions;
        this.configuration = configuration;
        this.delay = delay;
        this.timer = timerAfter(delay);
    }

    private Timer timerAfter(Duration time) {
        return service.createSingleActionTimer(time.toMillis(), configuration);
    }

    /** Whether a timer expires once only, within its call. */
    public static boolean isFor(Timer timer) {
        return !timer.isCalendarTimer() && TimerPromise.of(timer).next().isEmpty();
    }

    /**
     * Makes one within the call of the timer, whatever becomes of the call's transaction.
     *
     * @param delay after which it expires, should nobody hand it over, or renew it, before
     * @throws IllegalStateException where the server makes none
     */
    public static StandIn of(Timer timer, JtaTransaction.Server transactions, Duration delay) {
        try {
            TimerService service = service(timer);
            TimerConfig configuration = new TimerConfig(timer.getInfo(), timer.isPersistent());
            return transactions.outside(() -> new StandIn(service, transactions, configuration, delay));
        } catch (RuntimeException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * That of the timer's component; on WildFly the timer itself knows it, for the name leads nowhere before the call's
     * transaction has begun.
     */
    private static TimerService service(Timer timer) {
        try {
            return InitialContext.doLookup("java:comp/TimerService");
        } catch (NamingException | RuntimeException e) {
            try {
                return (TimerService)
                        timer.getClass().getMethod("getTimerService").invoke(timer);
            } catch (ReflectiveOperationException | RuntimeException other) {
                throw new IllegalStateException(e);
            }
        }
    }

    @Override
    public Object timer() {
        return timer;
    }

    @Override
    public boolean recurs() {
        return false;
    }

    @Override
    public boolean isCalledByContainer() {
        return true;
    }

    /** Whether the server keeps it over its end. */
    public boolean isPersistent() {
        return configuration.isPersistent();
    }

    /** It is not needed after all. */
    public void cancel() {
        transactions.outside(this::isCancelled);
    }

    /**
     * Has the container call another one at once, in its place. To be called outside of transactions.
     *
     * @param gone asked where this one is not there any more: whether then nobody is to be called
     * @param known told the other one before it can be called
     * @throws IllegalStateException where the server will not; then all is as it was
     */
    public void handOver(Gone gone, Consumer<Object> known) {
        replace(gone, () -> {
            Timer other = timerAfter(Duration.ZERO);
            known.accept(other);
            return other;
        });
    }

    /**
     * Another one in its place, whose delay begins now. To be called outside of transactions.
     *
     * @param gone asked where this one is not there any more: whether then there is to be no other
     * @return empty: there is none
     * @throws IllegalStateException where the server will not; then all is as it was
     */
    public Optional<StandIn> renewed(Gone gone) {
        return replace(gone, () -> new StandIn(service, transactions, configuration, delay));
    }

    private <T> Optional<T> replace(Gone gone, Supplier<T> other) {
        try {
            return transactions.within(
                    () -> isCancelled() && gone.forGood() ? Optional.empty() : Optional.of(other.get()));
        } catch (RuntimeException e) {
            throw new IllegalStateException(e);
        }
    }

    private boolean isCancelled() {
        try {
            timer.cancel();
            return false;
        } catch (NoSuchObjectLocalException e) {
            return true;
        }
    }

    /** Whether a timer that is not there any more was taken away by somebody else. */
    public interface Gone {
        boolean forGood();
    }
}
