/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.later;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import jakarta.transaction.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.connectionguard.GuardEvent.DeferralEnded.End;
import org.connectionguard.GuardEvent.RunEnded;
import org.connectionguard.GuardEvent.TurnedAway;
import org.connectionguard.GuardEvent.TurnedAway.Decision;
import org.connectionguard.RunOutcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Runs that were put off, and their database is back. */
@Timeout(120)
class MakingUpTest extends LaterFixture {
    @Test
    void aRunThatWasPutOffIsCalledOnceWhenTheDatabaseIsBack() throws Exception {
        outage();
        Recurring nightly = recurring("Job.gather");
        Instant before = Instant.now();
        assertThat(nightly.expires()).isNull();
        assertThat(nightly.job.outcomes()).containsExactly(RunOutcome.DEFERRED);
        assertThat(later.since("Job.gather").orElseThrow()).isBetween(before, Instant.now());
        assertThat(later.since("Job.other")).isEmpty();
        back();
        nightly.job.awaitEnd(End.MADE_UP);
        assertThat(nightly.job.bodies).hasValue(1);
        assertThat(nightly.job.outcomes()).containsExactly(RunOutcome.DEFERRED, RunOutcome.MADE_UP);
        assertThat(nightly.job.endings().get(0).expirations()).isEqualTo(1);
        assertThat(nightly.job.endings().get(0).since()).isBetween(before, Instant.now());
        // And from now on it is as ever.
        assertThat(nightly.expires()).isEqualTo("done");
        assertThat(nightly.job.outcomes()).endsWith(RunOutcome.RAN);
    }

    @Test
    void ofSeveralExpirationsItIsMadeUpOnce() throws Exception {
        outage();
        Recurring hourly = recurring("Job.gather");
        for (int i = 0; i < 3; i++) {
            hourly.expires();
        }
        back();
        hourly.job.awaitEnd(End.MADE_UP);
        assertThat(hourly.job.endings().get(0).expirations()).isEqualTo(3);
        assertThat(hourly.job.bodies).hasValue(1);
    }

    @Test
    void ofManyAFewAreMadeUpAtATime() throws Exception {
        outage();
        Semaphore mayGoOn = new Semaphore(0);
        AtomicInteger running = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        List<Recurring> timers = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            Recurring timer = recurring("Job." + i);
            timer.job.body = () -> {
                most.accumulateAndGet(running.incrementAndGet(), Math::max);
                mayGoOn.acquire();
                return running.decrementAndGet();
            };
            timers.add(timer);
            timer.expires();
        }
        back();
        await().until(() -> running.get() == AT_ONCE);
        await().during(Duration.ofMillis(300)).until(() -> most.get() <= AT_ONCE);
        mayGoOn.release(timers.size());
        timers.forEach(timer -> timer.job.awaitEnd(End.MADE_UP));
        assertThat(most).hasValue(AT_ONCE);
        assertThat(timers).allSatisfy(timer -> assertThat(timer.job.bodies).hasValue(1));
    }

    @Test
    void asLongAsTheDatabaseIsAwayAScoutStandsInTheLineAndNothingSpins() throws Exception {
        outage();
        Recurring nightly = recurring("Job.gather");
        nightly.expires();
        recurring("Job.other").expires();
        await().until(() -> source.outside() > 3);
        int asked = source.outside();
        int looks = time.looks();
        await().during(Duration.ofSeconds(1)).until(() -> source.outside() < asked + 20);
        assertThat(source.outside()).as("still asked").isGreaterThan(asked);
        assertThat(time.looks() - looks).isLessThan(20);
        assertThat(nightly.job.bodies).hasValue(0);
        back();
        nightly.job.awaitEnd(End.MADE_UP);
    }

    @Test
    void nowAndThenOneIsCalledThoughNoScoutIsLetThrough() throws Exception {
        outage();
        Recurring nightly = recurring("Job.gather");
        nightly.expires();
        int asked = source.outside();
        await().until(() -> source.outside() > asked + 1);
        for (int trial = 1; trial <= 3; trial++) {
            int calls = 1 + trial;
            // Ever more seldom: after one minute, two, and four.
            time.leap(MakingUp.FIRST_TRIAL.multipliedBy(1L << trial - 1).minusSeconds(10));
            await().during(Duration.ofMillis(300))
                    .untilAsserted(() -> assertThat(nightly.job.outcomes()).hasSizeLessThan(calls));
            time.leap(Duration.ofSeconds(20));
            await().untilAsserted(() -> assertThat(nightly.job.outcomes()).hasSize(calls));
        }
        assertThat(nightly.job.outcomes()).containsOnly(RunOutcome.DEFERRED);
        assertThat(nightly.job.endings()).isEmpty();
        back();
        nightly.job.awaitEnd(End.MADE_UP);
        assertThat(nightly.job.endings().get(0).expirations()).isEqualTo(1);
    }

    @Test
    void whileTheServerIsSuspendedNothingStartsAndNothingSpins() throws Exception {
        outage();
        Recurring nightly = recurring("Job.gather");
        nightly.expires();
        guard.suspend();
        back();
        int looks = time.looks();
        await().during(Duration.ofMillis(500)).until(() -> nightly.job.bodies.get() == 0);
        assertThat(time.looks() - looks).isLessThan(20);
        guard.resume();
        nightly.job.awaitEnd(End.MADE_UP);
        assertThat(nightly.job.bodies).hasValue(1);
    }

    @Test
    void whatIsTooLateWhenTheDatabaseComesBackIsNotMadeUp() throws Exception {
        later = later(Optional.of(Duration.ofMillis(200)));
        outage();
        Recurring nightly = recurring("Job.gather");
        nightly.expires();
        // The scout is in the line meanwhile.
        await().until(() -> later.since("Job.gather")
                .filter(since -> since.plusMillis(250).isBefore(Instant.now()))
                .isPresent());
        back();
        nightly.job.awaitEnd(End.EXPIRED);
        assertThat(nightly.job.bodies).hasValue(0);
    }

    @Test
    void whatTheServerHasNoThreadForIsTriedAgain() throws Exception {
        AtomicInteger rejected = new AtomicInteger();
        jndi.bind(THREADS, (Executor) task -> {
            if (rejected.getAndIncrement() == 0) {
                throw new RejectedExecutionException("no thread");
            }
            threads.execute(task);
        });
        outage();
        Recurring nightly = recurring("Job.gather");
        nightly.expires();
        back();
        nightly.job.awaitEnd(End.MADE_UP);
        assertThat(rejected).hasValue(2);
        assertThat(log.lines())
                .filteredOn(line -> line.contains("CG0149"))
                .singleElement()
                .asString()
                .contains("Job.gather could not be called to be made up")
                .contains("no thread");
    }

    @Test
    void aBodyThatFailsIsCalledOnceMoreAndThatIsLogged() throws Exception {
        outage();
        Recurring nightly = recurring("Job.gather");
        nightly.job.body = () -> {
            if (nightly.job.bodies.get() == 1) {
                throw new IllegalStateException("the body's own");
            }
            return null;
        };
        nightly.expires();
        back();
        nightly.job.awaitEnd(End.MADE_UP);
        assertThat(nightly.job.outcomes()).containsExactly(RunOutcome.DEFERRED, RunOutcome.FAILED, RunOutcome.MADE_UP);
        assertThat(log.lines())
                .filteredOn(line -> line.contains("CG0148 Job.gather"))
                .hasSize(1);
    }

    /** With JPA the commit is where most of it happens. */
    @Test
    void soIsOneWhoseCommitFails() throws Exception {
        outage();
        Recurring nightly = recurring("Job.gather");
        nightly.job.commit =
                Optional.of(() -> nightly.job.bodies.get() == 1 ? Status.STATUS_ROLLEDBACK : Status.STATUS_COMMITTED);
        nightly.expires();
        back();
        nightly.job.awaitEnd(End.MADE_UP);
        assertThat(nightly.job.outcomes()).containsExactly(RunOutcome.DEFERRED, RunOutcome.FAILED, RunOutcome.MADE_UP);
    }

    @Test
    void aBodyThatFailsTwiceIsGivenUp() throws Exception {
        outage();
        Recurring nightly = recurring("Job.gather");
        nightly.job.body = () -> {
            throw new AssertionError("the body's own");
        };
        nightly.expires();
        back();
        nightly.job.awaitEnd(End.FAILED);
        assertThat(nightly.job.bodies).hasValue(2);
        await().until(() ->
                log.lines().stream().filter(line -> line.contains("CG0148")).count() == 2);
    }

    @Test
    void aTimerThatWasCancelledMeanwhileIsNotCalled() throws Exception {
        outage();
        Recurring nightly = recurring("Job.gather");
        nightly.expires();
        nightly.cancelled = true;
        back();
        nightly.job.awaitEnd(End.CANCELLED);
        assertThat(nightly.job.bodies).hasValue(0);
    }

    @Test
    void whatMeetsTheNextOutageIsPutOffAgain() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        jndi.bind(THREADS, (Executor) task -> {
            if (calls.getAndIncrement() == 0) {
                outage();
            }
            threads.execute(task);
        });
        outage();
        Recurring nightly = recurring("Job.gather");
        nightly.expires();
        Instant since = later.since("Job.gather").orElseThrow();
        back();
        await().until(() -> nightly.job.outcomes().size() == 2);
        assertThat(nightly.job.outcomes()).containsExactly(RunOutcome.DEFERRED, RunOutcome.DEFERRED);
        assertThat(later.since("Job.gather")).contains(since);
        back();
        nightly.job.awaitEnd(End.MADE_UP);
        assertThat(nightly.job.endings().get(0).expirations()).isEqualTo(1);
        assertThat(nightly.job.bodies).hasValue(1);
    }

    /** A timer whose run is being made up, and does not come to its end. */
    private Recurring making(Semaphore mayGoOn) throws Exception {
        outage();
        Recurring nightly = recurring("Job.gather");
        nightly.job.body = () -> {
            mayGoOn.acquire();
            return "done";
        };
        nightly.expires();
        back();
        await().until(() -> nightly.job.bodies.get() == 1);
        return nightly;
    }

    @Test
    void theTimersNextCallMeanwhileIsMadeUpAfterwards() throws Exception {
        Semaphore mayGoOn = new Semaphore(0);
        Recurring nightly = making(mayGoOn);
        assertThat(nightly.expires()).isNull();
        assertThat(events.stream().filter(TurnedAway.class::isInstance).map(TurnedAway.class::cast))
                .last()
                .satisfies(turnedAway -> {
                    assertThat(turnedAway.decision()).isEqualTo(Decision.PUT_OFF);
                    assertThat(turnedAway.reason()).isEqualTo("making up");
                    assertThat(turnedAway.dataSource()).isEqualTo("java:x");
                });
        assertThat(nightly.job.bodies).hasValue(1);
        mayGoOn.release(2);
        await().until(() -> nightly.job.endings().size() == 2);
        assertThat(nightly.job.endings()).allMatch(ended -> ended.end() == End.MADE_UP);
        assertThat(nightly.job.bodies).hasValue(2);
    }

    @Test
    void theTimersNextCallMeanwhileThatCannotBeKeptHasNotRun() throws Exception {
        Semaphore mayGoOn = new Semaphore(0);
        Recurring nightly = making(mayGoOn);
        later.close();
        assertThat(nightly.expires()).isNull();
        assertThat(nightly.job.outcomes()).containsExactly(RunOutcome.DEFERRED, RunOutcome.REFUSED);
        assertThat(events.stream().filter(RunEnded.class::isInstance).map(event -> ((RunEnded) event).reason()))
                .last()
                .asString()
                .contains("is being made up now", "the application is being ended");
        mayGoOn.release();
        await().until(() -> nightly.job.endings().size() == 1);
        assertThat(nightly.job.endings().get(0).end()).isEqualTo(End.MADE_UP);
    }

    @Test
    void afterTheEndNothingIsCalledAndEachOneIsToldByName() throws Exception {
        outage();
        Recurring one = recurring("Job.one");
        Recurring two = recurring("Job.two");
        one.expires();
        two.expires();
        two.expires();
        later.close();
        back();
        one.job.awaitEnd(End.STOPPED);
        two.job.awaitEnd(End.STOPPED);
        assertThat(two.job.endings().get(0).expirations()).isEqualTo(2);
        assertThat(log.lines())
                .filteredOn(line -> line.startsWith("WARNING CG0147"))
                .satisfiesExactlyInAnyOrder(
                        line -> assertThat(line).contains("Job.one, put off since"),
                        line -> assertThat(line).contains("Job.two, put off since", "(2 expirations)"));
        outage();
        assertThat(catchThrowable(one::expires)).hasMessageContaining("the application is being ended");
        await().during(Duration.ofMillis(300)).until(() -> one.job.bodies.get() + two.job.bodies.get() == 0);
    }
}
