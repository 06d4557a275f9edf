/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.ejb.EJBException;
import jakarta.ejb.NoMoreTimeoutsException;
import jakarta.ejb.NoSuchObjectLocalException;
import jakarta.ejb.Timer;
import jakarta.ejb.TimerConfig;
import jakarta.ejb.TimerService;
import jakarta.transaction.RollbackException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.connectionguard.testing.Jndi;
import org.connectionguard.testing.Stub;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class StandInTest {
    private static final Duration DELAY = Duration.ofMinutes(1);

    @RegisterExtension
    private final Jndi jndi = new Jndi();

    private final RecordedTransactions transactions = new RecordedTransactions();
    private final List<String> happened = transactions.happened;

    /** The timers that the server was asked for. */
    private final List<Timer> made = new ArrayList<>();

    private boolean gone;
    private Optional<RuntimeException> failure = Optional.empty();

    private final Timer once = Stub.of(Timer.class, (method, arguments) -> switch (method) {
        case "getNextTimeout" -> throw new NoMoreTimeoutsException();
        case "getInfo" -> "order 7";
        default -> method.equals("isPersistent");
    });

    @BeforeEach
    void timerService() {
        jndi.bind(
                "java:comp/TimerService",
                Stub.of(
                        TimerService.class,
                        (method, arguments) -> make((long) arguments[0], (TimerConfig) arguments[1])));
    }

    private Timer make(long delay, TimerConfig configuration) {
        happened.add("timer in " + delay + " ms, " + configuration.getInfo()
                + (configuration.isPersistent() ? ", persistent" : ""));
        if (failure.isPresent()) {
            throw failure.get();
        }
        Timer timer = Stub.of(Timer.class, (method, arguments) -> {
            happened.add(method);
            if (gone) {
                throw new NoSuchObjectLocalException("It has expired");
            }
            return null;
        });
        made.add(timer);
        return timer;
    }

    private StandIn standIn() {
        StandIn standIn = StandIn.of(once, transactions.server(), DELAY);
        happened.clear();
        return standIn;
    }

    private void handOver(StandIn standIn, boolean forGood) {
        standIn.handOver(
                () -> {
                    happened.add("gone");
                    return forGood;
                },
                timer -> {
                    assertThat(timer).isSameAs(made.get(1));
                    happened.add("known");
                });
    }

    @Test
    void itIsForTimersThatExpireOnceOnly() {
        assertThat(StandIn.isFor(once)).isTrue();
        assertThat(StandIn.isFor(Stub.of(
                        Timer.class, (method, arguments) -> method.equals("isCalendarTimer") ? false : new Date())))
                .as("an interval timer")
                .isFalse();
        assertThat(StandIn.isFor(Stub.of(Timer.class, (method, arguments) -> {
                    if (method.equals("isCalendarTimer")) {
                        return true;
                    }
                    throw new NoMoreTimeoutsException();
                })))
                .as("the last call of a calendar timer")
                .isFalse();
    }

    @Test
    void itIsMadeOutsideOfTheCallsTransactionWithAllThatTheOtherHad() {
        StandIn standIn = StandIn.of(once, transactions.server(), DELAY);
        assertThat(happened).containsExactly("suspend", "timer in 60000 ms, order 7, persistent", "resume");
        assertThat(standIn.timer()).isSameAs(made.get(0));
        assertThat(standIn.recurs()).isFalse();
        assertThat(standIn.isCalledByContainer()).isTrue();
        assertThat(standIn.isPersistent()).isTrue();
    }

    @Test
    void ofATransientOneItIsTransient() {
        Timer timer =
                Stub.of(Timer.class, (method, arguments) -> method.equals("isPersistent") ? (Object) false : "order 8");
        assertThat(StandIn.of(timer, transactions.server(), DELAY).isPersistent())
                .isFalse();
        assertThat(happened).contains("timer in 60000 ms, order 8");
    }

    /** As WildFly's timers. */
    interface OfComponent extends Timer {
        TimerService getTimerService();
    }

    @Test
    void whereTheNameLeadsNowhereTheTimerMayKnowItsService() {
        jndi.unbind("java:comp/TimerService");
        TimerService service = Stub.of(
                TimerService.class, (method, arguments) -> make((long) arguments[0], (TimerConfig) arguments[1]));
        Timer timer = Stub.of(OfComponent.class, (method, arguments) -> switch (method) {
            case "getTimerService" -> service;
            case "isPersistent" -> false;
            default -> "order 9";
        });
        assertThat(StandIn.of(timer, transactions.server(), DELAY).timer()).isSameAs(made.get(0));
        assertThat(happened).contains("timer in 60000 ms, order 9");
    }

    @Test
    void whereTheServerMakesNoneThatIsSaid() {
        failure = Optional.of(new EJBException("no more timers"));
        assertThatThrownBy(() -> StandIn.of(once, transactions.server(), DELAY))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("no more timers");
        assertThat(happened).endsWith("resume");
        jndi.unbind("java:comp/TimerService");
        assertThatThrownBy(() -> StandIn.of(once, transactions.server(), DELAY))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void itIsCancelledOutsideOfTheCallsTransaction() {
        StandIn standIn = standIn();
        standIn.cancel();
        assertThat(happened).containsExactly("suspend", "cancel", "resume");
        gone = true;
        standIn.cancel();
    }

    @Test
    void anotherOneIsCalledAtOnceInItsPlaceAndIsKnownBefore() {
        handOver(standIn(), true);
        assertThat(happened)
                .containsExactly("begin", "cancel", "timer in 0 ms, order 7, persistent", "known", "commit");
    }

    @Test
    void whereItIsGoneForGoodNobodyIsCalled() {
        StandIn standIn = standIn();
        gone = true;
        handOver(standIn, true);
        assertThat(happened).containsExactly("begin", "cancel", "gone", "commit");
    }

    @Test
    void whereItHasOnlyExpiredAnotherOneIsCalled() {
        StandIn standIn = standIn();
        gone = true;
        handOver(standIn, false);
        assertThat(happened).endsWith("gone", "timer in 0 ms, order 7, persistent", "known", "commit");
    }

    private boolean isGoneForGood() {
        return happened.add("gone");
    }

    @Test
    void anotherOneWithAllThatItHadIsInItsPlaceWhereItIsRenewed() {
        StandIn renewed = standIn().renewed(this::isGoneForGood).orElseThrow();
        assertThat(happened).containsExactly("begin", "cancel", "timer in 60000 ms, order 7, persistent", "commit");
        assertThat(renewed.timer()).isSameAs(made.get(1));
        assertThat(renewed.isPersistent()).isTrue();
        happened.clear();
        assertThat(renewed.renewed(this::isGoneForGood)).isPresent();
        assertThat(happened).containsExactly("begin", "cancel", "timer in 60000 ms, order 7, persistent", "commit");
    }

    @Test
    void whereItIsGoneForGoodNoneIsRenewed() {
        StandIn standIn = standIn();
        gone = true;
        assertThat(standIn.renewed(this::isGoneForGood)).isEmpty();
        assertThat(happened).containsExactly("begin", "cancel", "gone", "commit");
        assertThat(standIn.renewed(() -> false)).isPresent();
    }

    @Test
    void whereTheServerDoesNotRenewItItStays() {
        StandIn standIn = standIn();
        failure = Optional.of(new EJBException("no more timers"));
        assertThatThrownBy(() -> standIn.renewed(this::isGoneForGood))
                .isInstanceOf(IllegalStateException.class)
                .hasRootCauseMessage("no more timers");
        assertThat(happened).endsWith("rollback");
    }

    @Test
    void whereTheServerWillNotAllIsAsItWas() {
        StandIn standIn = standIn();
        failure = Optional.of(new EJBException("no more timers"));
        assertThatThrownBy(() -> handOver(standIn, true))
                .isInstanceOf(IllegalStateException.class)
                .hasRootCauseMessage("no more timers");
        assertThat(happened).endsWith("rollback").doesNotContain("known");
        failure = Optional.empty();
        transactions.failures = Map.of("commit", new RollbackException());
        assertThatThrownBy(() -> handOver(standIn, true)).isInstanceOf(IllegalStateException.class);
    }
}
