/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import jakarta.ejb.NoMoreTimeoutsException;
import jakarta.ejb.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.connectionguard.DatabaseUnavailableException;
import org.connectionguard.GuardEvent.DeferralEnded;
import org.connectionguard.GuardEvent.DeferralEnded.End;
import org.connectionguard.GuardEvent.RunEnded;
import org.connectionguard.GuardEvent.TurnedAway;
import org.connectionguard.GuardEvent.TurnedAway.Decision;
import org.connectionguard.OnUnavailable;
import org.connectionguard.RunOutcome;
import org.connectionguard.discovery.Plan;
import org.connectionguard.later.Later;
import org.connectionguard.testing.FakeSource;
import org.connectionguard.testing.Jndi;
import org.connectionguard.testing.Stub;
import org.jboss.as.ejb3.timerservice.spi.ManagedTimer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is told of calls that are put off, and made up, in both ways of guarding them. */
@Timeout(120)
class LaterCallsTest extends CallFixture {
    @RegisterExtension
    private final Jndi jndi = new Jndi();

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Later later =
            new Later(guard, transactions.server(), "shop", Optional.empty(), 1, job -> Optional.empty());
    private final AtomicInteger bodies = new AtomicInteger();
    private final Plan plan =
            plan(OnUnavailable.LATER, source.target(FakeSource.PATIENT.withInitialBackoff(Duration.ofMillis(10))));

    @BeforeEach
    void server() {
        jndi.bind("java:comp/DefaultManagedExecutorService", threads);
        runs = new Runs(guard, Optional.of(later));
    }

    @AfterEach
    void undeploy() {
        later.close();
        threads.shutdownNow();
    }

    /** By a timer of WildFly's, which calls in the same way when it is asked to. */
    private Object expires(boolean serverWide) throws Exception {
        timer = Optional.of(Stub.of(ManagedTimer.class, (method, arguments) -> switch (method) {
            case "getNextTimeout" -> Date.from(Instant.now().plusSeconds(3600));
            case "invoke" -> {
                transactions.next();
                yield call(serverWide);
            }
            case "getTimeRemaining" -> 1L;
            default -> false;
        }));
        return call(serverWide);
    }

    private Object call(boolean serverWide) throws Exception {
        return serverWide ? serverWide(plan, bodies::incrementAndGet) : inTransaction(plan, bodies::incrementAndGet);
    }

    private <T> List<T> told(Class<T> type) {
        return events.stream().filter(type::isInstance).map(type::cast).toList();
    }

    private void awaitMadeUp() {
        await().atMost(Duration.ofSeconds(30))
                .until(() -> !told(DeferralEnded.class).isEmpty());
        assertThat(told(DeferralEnded.class)).extracting(DeferralEnded::end).containsExactly(End.MADE_UP);
        assertThat(outcomes()).containsExactly(RunOutcome.DEFERRED, RunOutcome.MADE_UP);
        assertThat(bodies).hasValue(1);
    }

    private TurnedAway onlyOneTurnedAway() {
        assertThat(told(TurnedAway.class)).hasSize(1);
        return told(TurnedAway.class).get(0);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whoIsPutOffReturnsWithoutItsBodyWhichRunsLater(boolean serverWide) throws Exception {
        source.outage = Optional.of(LOST);
        assertThat(expires(serverWide)).isNull();
        assertThat(bodies).hasValue(0);
        assertThat(outcomes()).containsExactly(RunOutcome.DEFERRED);
        assertThat(onlyOneTurnedAway().decision()).isEqualTo(Decision.PUT_OFF);
        assertThat(onlyOneTurnedAway().reason()).isEqualTo("down");
        assertThat(told(RunEnded.class).get(0).reason())
                .startsWith("CG0201 java:x gave no live connection")
                .isEqualTo(onlyOneTurnedAway().message());
        assertThat(transactions.isMarkedForRollback()).isFalse();
        source.outage = Optional.empty();
        awaitMadeUp();
        assertThat(told(RunEnded.class).get(1).reason()).isEmpty();
        assertThat(logged()).containsExactly("CG0140", "CG0141");
    }

    @Test
    void inATransactionThatIsDoomedItIsPutOffToo() throws Exception {
        source.before = () -> {
            if (transactions.isEntered()) {
                // Somebody took the validated one, and this is another.
                source.before = () -> {};
                source.replace();
                source.die();
            }
        };
        assertThat(expires(false)).isNull();
        assertThat(onlyOneTurnedAway().decision()).isEqualTo(Decision.PUT_OFF);
        assertThat(onlyOneTurnedAway().message()).contains("rolled back");
        // The container, which sees a rollback, may call at once too: that call stands for this one.
        assertThat(logged()).startsWith("CG0140", "CG0203");
        awaitMadeUp();
        assertRepeatedInVain();
    }

    /** By a container that takes a call for failed whose transaction was rolled back, as GlassFish does after five seconds. */
    private void assertRepeatedInVain() throws Exception {
        transactions.next();
        assertThat(call(false)).isNull();
        assertThat(bodies).hasValue(1);
    }

    @Test
    void aTransactionThatTheWaitHasOutlivedLeavesItsRunToAnother() throws Exception {
        source.before = () -> {
            source.before = () -> {};
            transactions.timeOut();
        };
        assertThat(expires(false)).isNull();
        assertThat(onlyOneTurnedAway().decision()).isEqualTo(Decision.PUT_OFF);
        assertThat(onlyOneTurnedAway().reason()).isEqualTo("transaction");
        assertThat(onlyOneTurnedAway().message()).startsWith("CG0202 Job.gather");
        awaitMadeUp();
        assertRepeatedInVain();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whatNoTimerCallsFailsAndIsToldWhy(boolean serverWide) {
        source.outage = Optional.of(LOST);
        assertThatThrownBy(() -> call(serverWide))
                .isInstanceOf(DatabaseUnavailableException.class)
                .hasMessageStartingWith("CG0201 java:x")
                .hasMessageEndingWith("It is not put off (on-unavailable LATER), for no timer has called it")
                .hasCause(LOST);
        assertThat(outcomes()).containsExactly(RunOutcome.REFUSED);
        assertThat(onlyOneTurnedAway().decision()).isEqualTo(Decision.REFUSED);
        assertThat(bodies).hasValue(0);
    }

    @Test
    void norIsAnythingPutOffWhereNobodyKeepsIt() {
        runs = new Runs(guard, Optional.empty());
        source.before = transactions::timeOut;
        assertThatThrownBy(() -> expires(false))
                .isInstanceOf(DatabaseUnavailableException.class)
                .hasMessageStartingWith("CG0202")
                .hasMessageEndingWith("for its deployment has no CDI, which keeps what is put off");
        source.outage = Optional.of(LOST);
        assertThatThrownBy(() -> expires(true))
                .isInstanceOf(DatabaseUnavailableException.class)
                .hasMessageEndingWith("for its deployment has no CDI, which keeps what is put off");
    }

    @Test
    void whoseScheduleAFailureWouldEndIsLeftOutWhereItCannotBePutOff() throws Exception {
        source.outage = Optional.of(LOST);
        assertThat(call(invocation(bodies::incrementAndGet), plan, new Caller(true, true))
                        .inTransaction(Optional.empty()))
                .isNull();
        assertThat(outcomes()).containsExactly(RunOutcome.REFUSED);
        assertThat(onlyOneTurnedAway().decision()).isEqualTo(Decision.LEFT_OUT);
        assertThat(logged()).containsExactly("CG0124");
    }

    @Test
    void theLastCallOfATimerThatNobodyCanCallAgainFails() {
        timer = Optional.of(Stub.of(Timer.class, (method, arguments) -> {
            if (method.equals("getNextTimeout")) {
                throw new NoMoreTimeoutsException();
            }
            return true;
        }));
        source.outage = Optional.of(LOST);
        assertThatThrownBy(() -> call(false))
                .hasMessageContaining("this server has no way to call its timer once more");
    }
}
