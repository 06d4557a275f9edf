/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import jakarta.interceptor.InvocationContext;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.connectionguard.DatabaseUnavailableException;
import org.connectionguard.OnUnavailable;
import org.connectionguard.discovery.Plan;
import org.connectionguard.engine.Target;
import org.connectionguard.testing.FakeSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** How a guarded call begins and ends, in both ways of guarding it. */
@Timeout(120)
class GuardedCallTest extends CallFixture {
    /** Where the guard is. */
    enum Way {
        IN_TRANSACTION,
        SERVER_WIDE
    }

    private final AtomicInteger bodies = new AtomicInteger();

    private Object body() {
        bodies.incrementAndGet();
        return "done";
    }

    private Object call(Way way, Plan plan, Callable<?> body) throws Exception {
        return way == Way.SERVER_WIDE ? serverWide(plan, body) : inTransaction(plan, body);
    }

    private InvocationContext context(Way way, Plan plan, Callable<?> body) {
        return way == Way.SERVER_WIDE ? layers(plan, Callable::call, body) : invocation(body);
    }

    private Object call(Way way, InvocationContext invocation, Plan plan) throws Exception {
        return way == Way.SERVER_WIDE ? serverWide(invocation, plan) : inTransaction(invocation, plan);
    }

    private DatabaseUnavailableException turnedAway(Way way, Plan plan) {
        return catchThrowableOfType(DatabaseUnavailableException.class, () -> call(way, plan, this::body));
    }

    @ParameterizedTest
    @EnumSource
    void theBodyRunsOnceBoundToAConnectionThatWasAskedOnce(Way way) throws Exception {
        assertThat(call(way, plan(), this::body)).isEqualTo("done");
        assertThat(bodies).hasValue(1);
        assertThat(source.questions()).isEqualTo(1);
        assertThat(source.inside()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    void aDeadConnectionIsGoneBeforeTheBodyStarts(Way way) throws Exception {
        source.die();
        Callable<?> body = () -> source.questions();
        assertThat(call(way, plan(), body)).isEqualTo(2);
    }

    @Test
    void outsideOfATransactionNothingIsBound() throws Exception {
        Object result = call(invocation(this::body), plan(), Caller.CALLS_AGAIN).inTransaction(Optional.empty());
        assertThat(result).isEqualTo("done");
        assertThat(source.outside()).isEqualTo(1);
        assertThat(source.inside()).isZero();
    }

    // What the policy says.

    @ParameterizedTest
    @EnumSource
    void whoFailsIsToldWhatTheGateSaysAndTheBodyDoesNotStart(Way way) {
        source.outage = Optional.of(LOST);
        DatabaseUnavailableException thrown = turnedAway(way, plan(OnUnavailable.FAIL, source.target()));
        assertThat(thrown.dataSource()).isEqualTo("java:x");
        assertThat(thrown).hasMessageStartingWith("CG0201 java:x gave no live connection (down)");
        assertThat(thrown).hasCause(LOST);
        assertThat(bodies).hasValue(0);
        assertThat(logged()).isEmpty();
        // Nobody's body has lost anything.
        assertThat(told).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void whoSkipsReturnsNothingAndTheBodyDoesNotStart(Way way) throws Exception {
        source.outage = Optional.of(LOST);
        assertThat(call(way, plan(OnUnavailable.SKIP, source.target()), this::body))
                .isNull();
        assertThat(bodies).hasValue(0);
        assertThat(logged()).containsExactly("CG0108");
        // Else the container would report a rollback, and call it again.
        assertThat(transactions.isMarkedForRollback()).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void whoProceedsRunsAllTheSame(Way way) throws Exception {
        source.outage = Optional.of(LOST);
        assertThat(call(way, plan(OnUnavailable.PROCEED, source.target()), this::body))
                .isEqualTo("done");
        assertThat(bodies).hasValue(1);
        assertThat(logged()).containsExactly("CG0109");
        assertThat(source.outside()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(names = {"FAIL", "SKIP", "PROCEED"})
    void inATransactionThatIsDoomedNoPolicyHelps(OnUnavailable policy) {
        source.before = () -> {
            if (transactions.isEntered()) {
                // Somebody took the validated one, and this is another.
                source.replace();
                source.die();
            }
        };
        DatabaseUnavailableException thrown = turnedAway(Way.IN_TRANSACTION, plan(policy, source.target()));
        assertThat(thrown).hasMessageContaining("rolled back");
        assertThat(transactions.isMarkedForRollback()).isTrue();
        assertThat(bodies).hasValue(0);
        assertThat(logged()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void whileTheServerStopsNobodyProceeds(Way way) {
        source.outage = Optional.of(LOST);
        guard.stop();
        assertThat(turnedAway(way, plan(OnUnavailable.PROCEED, source.target())))
                .hasMessageContaining("(stopped)");
        assertThat(bodies).hasValue(0);
    }

    @ParameterizedTest
    @EnumSource
    void whoIsInterruptedDoesNotProceedAndStaysInterrupted(Way way) {
        // So that it has to wait, and notices.
        source.outage = Optional.of(LOST);
        Thread.currentThread().interrupt();
        DatabaseUnavailableException thrown =
                turnedAway(way, plan(OnUnavailable.PROCEED, Duration.ofSeconds(30), source.target()));
        assertThat(Thread.interrupted()).isTrue();
        assertThat(thrown).hasMessageContaining("(interrupted)");
        assertThat(bodies).hasValue(0);
    }

    @ParameterizedTest
    @EnumSource(names = {"FAIL", "SKIP", "PROCEED"})
    void aTransactionThatTheWaitHasOutlivedDoesNotGetABody(OnUnavailable policy) {
        source.before = transactions::timeOut;
        assertThat(turnedAway(Way.IN_TRANSACTION, plan(policy, source.target())))
                .hasMessageStartingWith("CG0202 Job.gather")
                .hasMessageContaining("rolled back")
                .extracting(DatabaseUnavailableException.class::cast)
                .extracting(DatabaseUnavailableException::dataSource)
                .isEqualTo("java:x");
        assertThat(bodies).hasValue(0);
    }

    @Test
    void norDoesWhoProceedsInIt() {
        source.outage = Optional.of(LOST);
        source.before = transactions::timeOut;
        assertThat(turnedAway(Way.IN_TRANSACTION, plan(OnUnavailable.PROCEED, source.target())))
                .hasMessageStartingWith("CG0202");
        assertThat(bodies).hasValue(0);
    }

    @Test
    void whoIsSkippedInATransactionThatIsOverIsSaidToComeAgain() throws Exception {
        source.outage = Optional.of(LOST);
        source.before = transactions::timeOut;
        assertThat(inTransaction(plan(OnUnavailable.SKIP, source.target()), this::body))
                .isNull();
        assertThat(logged()).containsExactly("CG0108", "CG0203");
    }

    // Whose schedule ends at the first exception, and at the first result.

    private Object scheduled(OnUnavailable policy) throws Exception {
        return call(invocation(this::body, "later"), plan(policy, source.target()), new Caller(true, true))
                .inTransaction(Optional.of(transactions.current()));
    }

    @Test
    void aScheduledRunThatWouldFailIsLeftOutAndSaysNothing() throws Exception {
        source.outage = Optional.of(LOST);
        assertThat(scheduled(OnUnavailable.FAIL)).isNull();
        assertThat(bodies).hasValue(0);
        assertThat(logged()).containsExactly("CG0124");
    }

    @Test
    void aScheduledRunThatIsSkippedReturnsNoFuture() throws Exception {
        source.outage = Optional.of(LOST);
        assertThat(scheduled(OnUnavailable.SKIP)).isNull();
        assertThat(logged()).containsExactly("CG0108");
        assertThat(call(invocation(this::body, "later"), plan(OnUnavailable.SKIP, source.target()), Caller.CALLS_AGAIN)
                        .inTransaction(Optional.empty()))
                .isInstanceOf(CompletableFuture.class);
    }

    @Test
    void aScheduledRunProceedsWhereThePolicySaysSo() throws Exception {
        source.outage = Optional.of(LOST);
        assertThat(scheduled(OnUnavailable.PROCEED)).isEqualTo("done");
        guard.stop();
        assertThat(scheduled(OnUnavailable.PROCEED)).isNull();
        assertThat(bodies).hasValue(1);
        assertThat(logged()).containsExactly("CG0109", "CG0124");
    }

    @ParameterizedTest
    @EnumSource(names = {"FAIL", "SKIP", "PROCEED"})
    void aScheduledRunWhoseTransactionIsOverIsLeftOut(OnUnavailable policy) throws Exception {
        source.before = transactions::timeOut;
        assertThat(scheduled(policy)).isNull();
        assertThat(bodies).hasValue(0);
        assertThat(logged()).containsExactly("CG0124");
    }

    @Test
    void whatAScheduledBodyThrowsIsThrown() {
        IllegalStateException thrown = new IllegalStateException("the body's own");
        GuardedCall call = call(
                invocation(() -> {
                    throw thrown;
                }),
                plan(),
                new Caller(true, true));
        assertThat(catchThrowable(() -> call.inTransaction(Optional.empty()))).isSameAs(thrown);
    }

    // What the body threw.

    static Stream<Arguments> thrown() {
        return Stream.of(
                        new IllegalStateException("the body's own"),
                        new IOException("checked"),
                        new AssertionError("an Error"),
                        new SQLException("gone", "08S01"))
                .flatMap(each -> Stream.of(Way.values()).map(way -> Arguments.of(way, each)));
    }

    @ParameterizedTest
    @MethodSource("thrown")
    void whatTheBodyThrowsReachesTheCallerAsItIs(Way way, Throwable thrown) {
        assertThat(catchThrowable(() -> call(way, plan(), () -> sneak(thrown)))).isSameAs(thrown);
        assertThat(thrown.getSuppressed()).isEmpty();
        assertThat(source.questions()).isPositive();
    }

    @ParameterizedTest
    @MethodSource("thrown")
    void alsoWhenTheGuardIsClosedMeanwhile(Way way, Throwable thrown) {
        Callable<?> body = () -> {
            guard.close();
            return sneak(thrown);
        };
        assertThat(catchThrowable(() -> call(way, plan(), body))).isSameAs(thrown);
        assertThat(thrown.getSuppressed()).isEmpty();
        assertThat(told).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void alsoWhenItCannotBeTold(Way way) {
        RuntimeException unspeakable = new IllegalStateException("has no causes to be searched");
        RuntimeException thrown = new RuntimeException("the body's own") {
            private static final long serialVersionUID = 1L;

            @Override
            public synchronized Throwable getCause() {
                throw unspeakable;
            }
        };
        assertThat(catchThrowable(() -> call(way, plan(), () -> sneak(thrown))) == thrown)
                .isTrue();
        assertThat(thrown.getSuppressed()).contains(unspeakable).containsOnly(unspeakable);
    }

    @Test
    void alsoWhenTellingItThrowsTheSameAgain() {
        RuntimeException thrown = new RuntimeException("the body's own") {
            private static final long serialVersionUID = 1L;

            @Override
            public synchronized Throwable getCause() {
                throw this;
            }
        };
        assertThat(catchThrowable(() -> inTransaction(plan(), () -> sneak(thrown))) == thrown)
                .isTrue();
        assertThat(thrown.getSuppressed()).isEmpty();
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> Object sneak(Throwable thrown) throws T {
        throw (T) thrown;
    }

    @ParameterizedTest
    @EnumSource
    void aConnectionThatTheBodyLostIsToldOnceToEachOfItsGates(Way way) throws Exception {
        Plan both = plan(OnUnavailable.FAIL, source.target(), other.target());
        catchThrowable(() -> call(way, both, () -> sneak(LOST)));
        assertThat(List.of(nextTold(), nextTold())).containsExactly("java:x", "java:y");
        assertThat(told).isEmpty();
    }

    @Test
    void aDataSourceForWhichTheGuardIsSwitchedOffIsLeftAloneThenToo() throws Exception {
        Target off = other.target(FakeSource.PATIENT.withEnabled(false));
        Plan both = plan(OnUnavailable.FAIL, off, source.target());
        catchThrowable(() -> call(Way.values()[0], both, () -> sneak(LOST)));
        assertThat(nextTold()).isEqualTo("java:x");
        assertThat(told).isEmpty();
    }

    @Test
    void aConnectionLostAtTheContainersCommitIsNoticedToo() throws Exception {
        SQLException atCommit = new SQLException("lost during commit()", "08007");
        Container container = inside -> {
            inside.call();
            throw atCommit;
        };
        assertThat(catchThrowable(() -> serverWide(plan(), container, this::body)))
                .isSameAs(atCommit);
        assertThat(nextTold()).isEqualTo("java:x");
        assertThat(bodies).hasValue(1);
    }

    @Test
    void whatTheBodyThrewIsToldOnceThoughTheContainerWrapsIt() throws Exception {
        Container container = inside -> {
            try {
                return inside.call();
            } catch (SQLException e) {
                throw new IllegalStateException("The container's own", e);
            }
        };
        assertThat(catchThrowable(() -> serverWide(plan(), container, () -> sneak(LOST))))
                .hasCause(LOST);
        assertThat(nextTold()).isEqualTo("java:x");
        assertThat(told).isEmpty();
    }

    @Test
    void aSecondConnectionLostAtCommitIsToldBesideTheBodys() throws Exception {
        Container container = inside -> {
            try {
                return inside.call();
            } catch (SQLException e) {
                throw new SQLException("lost during rollback()", "08007");
            }
        };
        catchThrowable(() -> serverWide(plan(), container, () -> sneak(LOST)));
        assertThat(List.of(nextTold(), nextTold())).containsExactly("java:x", "java:x");
    }

    // One invocation context, many runs.

    @Test
    void whoIsInsideAlreadyIsNotInsideForTheFirstTime() {
        InvocationContext invocation = invocation(this::body);
        assertThat(GuardedCall.enter(invocation)).isTrue();
        assertThat(GuardedCall.enter(invocation)).isFalse();
        GuardedCall.leave(invocation);
        assertThat(left(invocation)).isEmpty();
        assertThat(GuardedCall.enter(invocation)).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void eachRunOfOneContextIsGuardedAndLeavesNothingInIt(Way way) throws Exception {
        Queue<Callable<?>> runs = new ArrayDeque<>();
        runs.add(this::body);
        runs.add(() -> sneak(LOST));
        runs.add(() -> sneak(LOST));
        runs.add(this::body);
        InvocationContext invocation = context(way, plan(), () -> runs.remove().call());
        assertThat(call(way, invocation, plan())).isEqualTo("done");
        assertThat(left(invocation)).isEmpty();
        for (int i = 0; i < 2; i++) {
            transactions.next();
            // The same exception is another loss.
            assertThat(catchThrowable(() -> call(way, invocation, plan()))).isSameAs(LOST);
            assertThat(nextTold()).isEqualTo("java:x");
            assertThat(left(invocation)).isEmpty();
        }
        transactions.next();
        source.outage = Optional.of(LOST);
        for (OnUnavailable policy : List.of(OnUnavailable.FAIL, OnUnavailable.SKIP)) {
            catchThrowable(() -> call(way, invocation, plan(policy, source.target())));
            assertThat(left(invocation)).isEmpty();
        }
        assertThat(bodies).hasValue(1);
        assertThat(runs).hasSize(1);
        assertThat(call(way, invocation, plan(OnUnavailable.PROCEED, source.target())))
                .isEqualTo("done");
        assertThat(left(invocation)).isEmpty();
    }

    // Server-wide.

    @Test
    void aPromiseThatHasGrownOldInTheContainerIsAskedForAgain() throws Exception {
        Container slow = inside -> {
            time.pass(Duration.ofSeconds(20));
            source.die();
            return inside.call();
        };
        Callable<?> body = () -> source.questions();
        // Once before, once for the dead one, once for the next.
        assertThat(serverWide(plan(), slow, body)).isEqualTo(3);
        assertThat(source.inside()).isEqualTo(1);
    }

    @Test
    void howLongTheContainerTakesIsNotTheGuardsTime() throws Exception {
        Container slow = inside -> {
            time.pass(Duration.ofMinutes(5));
            return inside.call();
        };
        assertThat(serverWide(plan(), slow, this::body)).isEqualTo("done");
        assertThat(source.inside()).isEqualTo(1);
    }

    @Test
    void whatTheGuardHasSpentBeforeTheTransactionIsSpent() {
        Duration maxWait = Duration.ofHours(1);
        Plan plan = plan(
                OnUnavailable.FAIL,
                maxWait,
                source.target(FakeSource.PATIENT.withValidationTimeout(maxWait.multipliedBy(2))));
        source.before = () -> time.pass(maxWait);
        Container losing = inside -> {
            source.before = () -> {};
            source.outage = Optional.of(LOST);
            return inside.call();
        };
        assertThat(catchThrowable(() -> serverWide(plan, losing, this::body)))
                .isInstanceOf(DatabaseUnavailableException.class);
        assertThat(source.outside()).isEqualTo(2);
    }
}
