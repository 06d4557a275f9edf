/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.entry;

import jakarta.interceptor.InvocationContext;
import jakarta.transaction.Status;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.connectionguard.GuardEvent.RunEnded;
import org.connectionguard.GuardEvent.RunStarted;
import org.connectionguard.GuardEvent.TurnedAway;
import org.connectionguard.GuardEvent.TurnedAway.Decision;
import org.connectionguard.OnUnavailable;
import org.connectionguard.RunOutcome;
import org.connectionguard.discovery.Plan;
import org.connectionguard.engine.Target;
import org.connectionguard.testing.FakeSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is told of calls, in both ways of guarding them. */
@Timeout(120)
class RunsTest extends CallFixture {
    private Object call(boolean serverWide, Plan plan, Callable<?> body) throws Exception {
        return serverWide ? serverWide(plan, body) : inTransaction(plan, body);
    }

    private RunEnded only() {
        assertThat(events.stream().filter(RunStarted.class::isInstance)).hasSize(1);
        List<RunEnded> ended = events.stream()
                .filter(RunEnded.class::isInstance)
                .map(RunEnded.class::cast)
                .toList();
        assertThat(ended).hasSize(1);
        return ended.get(0);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aCallIsOneRunHoweverManyInterceptorsSeeIt(boolean serverWide) throws Exception {
        call(serverWide, plan(), () -> "done");
        assertThat(only().outcome()).isEqualTo(RunOutcome.RAN);
        assertThat(only().reason()).isEmpty();
        assertThat(only().job()).isEqualTo("Job.gather");
        assertThat(events.get(0)).isInstanceOf(RunStarted.class);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whatWasDestroyedOnItsWayIsCounted(boolean serverWide) throws Exception {
        source.die();
        call(serverWide, plan(), () -> "done");
        assertThat(only().outcome()).isEqualTo(RunOutcome.HEALED);
        assertThat(only().evicted()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whoHadToWaitHasWaited(boolean serverWide) throws Exception {
        source.outage = Optional.of(LOST);
        source.before = () -> {
            if (source.outside() > 1) {
                source.outage = Optional.empty();
            }
        };
        Target target = source.target(FakeSource.PATIENT.withInitialBackoff(Duration.ofMillis(10)));
        call(serverWide, plan(OnUnavailable.FAIL, Duration.ofSeconds(20), target), () -> "done");
        assertThat(only().outcome()).isEqualTo(RunOutcome.WAITED);
        assertThat(only().guarded()).isPositive();
        assertThat(only().duration()).isGreaterThanOrEqualTo(only().guarded());
    }

    @ParameterizedTest
    @CsvSource({
        "FAIL, false, REFUSED, REFUSED",
        "FAIL, true, REFUSED, REFUSED",
        "SKIP, false, SKIPPED, SKIPPED",
        "SKIP, true, SKIPPED, SKIPPED",
        "PROCEED, false, PROCEEDED, PROCEEDS",
        "PROCEED, true, PROCEEDED, PROCEEDS"
    })
    void whoIsTurnedAwayEndsAsThePolicySays(
            OnUnavailable policy, boolean serverWide, RunOutcome outcome, Decision decision) {
        source.outage = Optional.of(LOST);
        catchThrowable(() -> call(serverWide, plan(policy, source.target()), () -> "done"));
        assertThat(only().outcome()).isEqualTo(outcome);
        assertThat(only().reason()).startsWith("CG0201 java:x gave no live connection (down)");
        assertThat(events.stream().filter(TurnedAway.class::isInstance).map(TurnedAway.class::cast))
                .singleElement()
                .satisfies(turnedAway -> {
                    assertThat(turnedAway.decision()).isEqualTo(decision);
                    assertThat(turnedAway.dataSource()).isEqualTo("java:x");
                    assertThat(turnedAway.reason()).isEqualTo("down");
                    assertThat(turnedAway.run()).isEqualTo(only().run());
                });
    }

    @ParameterizedTest
    @CsvSource({"FAIL, false", "FAIL, true", "PROCEED, false", "PROCEED, true"})
    void aBodyThatThrowsHasFailedAndItsWordsCarryNoSecrets(OnUnavailable policy, boolean serverWide) {
        if (policy == OnUnavailable.PROCEED) {
            source.outage = Optional.of(LOST);
        }
        catchThrowable(() -> call(serverWide, plan(policy, source.target()), () -> {
            throw new IllegalStateException("no jdbc:mysql://shop:s3cret@db:3306/x?password=s3cret today");
        }));
        assertThat(only().outcome()).isEqualTo(RunOutcome.FAILED);
        assertThat(only().reason())
                .startsWith("CG0204 the body failed: IllegalStateException: no jdbc:mysql://")
                .doesNotContain("s3cret");
    }

    @Test
    void aCommitThatFailsIsSeenFromOutside() {
        catchThrowable(() -> serverWide(
                plan(),
                inside -> {
                    inside.call();
                    throw new IllegalStateException("rolled back");
                },
                () -> "done"));
        assertThat(only().outcome()).isEqualTo(RunOutcome.FAILED);
        assertThat(only().reason()).contains("rolled back");
    }

    /** JPA says most of what it has to say at the commit. */
    @ParameterizedTest
    @CsvSource({
        Status.STATUS_COMMITTED + ", RAN, ''",
        Status.STATUS_ROLLEDBACK + ", FAILED, rolled back",
        Status.STATUS_UNKNOWN + ", FAILED, unknown"
    })
    void aTimersRunEndsAsItsTransactionDoes(int status, RunOutcome outcome, String why) throws Exception {
        timer = Optional.of("nightly");
        InvocationContext invocation = invocation(() -> "done");
        stillInTransaction(invocation, plan());
        assertThat(outcomes()).isEmpty();
        assertThat(left(invocation)).isEmpty();
        transactions.end(status);
        assertThat(only().outcome()).isEqualTo(outcome);
        assertThat(only().reason()).contains(why);
        assertThat(only().reason().isEmpty()).isEqualTo(why.isEmpty());
    }

    @Test
    void soDoesOneThatNobodyGuards() throws Exception {
        timer = Optional.of("nightly");
        runs.unguarded(invocation(() -> "done"), "Job.gather", Optional.of(transactions.current()));
        transactions.end(Status.STATUS_ROLLEDBACK);
        assertThat(only().outcome()).isEqualTo(RunOutcome.FAILED);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aBodyThatMarksItsTransactionForRollbackHasDoneNothing(boolean serverWide) throws Exception {
        timer = Optional.of("nightly");
        call(serverWide, plan(), () -> {
            transactions.current().doom();
            return "done";
        });
        assertThat(only().outcome()).isEqualTo(RunOutcome.FAILED);
        assertThat(only().reason()).startsWith("CG0206").contains("(marked for rollback)");
    }

    @Test
    void whatABodyThrewIsToldEvenIfItsTransactionIsRolledBackToo() {
        timer = Optional.of("nightly");
        catchThrowable(() -> call(true, plan(), () -> {
            transactions.timeOut();
            throw new IllegalStateException("out of paper");
        }));
        assertThat(only().reason()).contains("out of paper");
    }

    @Test
    void ofACommitThatFailsWithinItTheCallSaysMore() {
        timer = Optional.of("nightly");
        catchThrowable(() -> serverWide(
                plan(),
                inside -> {
                    inside.call();
                    throw new IllegalStateException("rolled back, for a key is there twice");
                },
                () -> {
                    transactions.current().doom();
                    return "done";
                }));
        assertThat(only().outcome()).isEqualTo(RunOutcome.FAILED);
        assertThat(only().reason()).contains("a key is there twice");
    }

    @Test
    void whatIsCalledInSomebodyElsesTransactionIsOverWhenItReturns() throws Exception {
        stillInTransaction(invocation(() -> "done"), plan());
        assertThat(only().outcome()).isEqualTo(RunOutcome.RAN);
        transactions.end(Status.STATUS_ROLLEDBACK);
        assertThat(only().outcome()).isEqualTo(RunOutcome.RAN);
    }

    @Test
    void aRunWhoseTransactionEndedByItselfHasFailed() throws Exception {
        timer = Optional.of("nightly");
        inTransaction(plan(), () -> {
            transactions.timeOut();
            return "done";
        });
        assertThat(only().outcome()).isEqualTo(RunOutcome.FAILED);
    }

    @Test
    void whatIsNotGuardedIsARunToo() throws Exception {
        InvocationContext invocation = invocation(() -> "done");
        assertThat(runs.unguarded(invocation, "Job.gather", Optional.empty())).isEqualTo("done");
        assertThat(only().outcome()).isEqualTo(RunOutcome.RAN);
        assertThat(only().guarded()).isZero();
        assertThat(left(invocation)).isEmpty();
    }

    @Test
    void aContextThatServesManyCallsTellsOfEachOne() throws Exception {
        InvocationContext invocation = invocation(() -> "done");
        inTransaction(invocation, plan());
        inTransaction(invocation, plan());
        assertThat(outcomes()).containsExactly(RunOutcome.RAN, RunOutcome.RAN);
        assertThat(events.stream().filter(RunStarted.class::isInstance).map(each -> ((RunStarted) each).run()))
                .containsExactly(1L, 2L);
        assertThat(invocation.getContextData()).containsExactly(entry("the application's own", "kept"));
    }

    @Test
    void whatCannotBeGuardedAndMustNotFailIsLeftOut() throws Exception {
        assertThat(runs.leftOut(invocation(() -> "done"), "Job.gather", "CG0001 why"))
                .isNull();
        assertThat(only().outcome()).isEqualTo(RunOutcome.REFUSED);
        assertThat(only().reason()).isEqualTo("CG0001 why");
        assertThat(logged()).containsExactly("CG0124");
    }
}
