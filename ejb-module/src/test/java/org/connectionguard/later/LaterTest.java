/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.later;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import jakarta.ejb.EJBException;
import jakarta.ejb.NoMoreTimeoutsException;
import jakarta.ejb.NoSuchObjectLocalException;
import jakarta.ejb.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import org.connectionguard.DatabaseUnavailableException;
import org.connectionguard.GuardEvent.DeferralEnded.End;
import org.connectionguard.RunOutcome;
import org.connectionguard.server.ApplicationServer;
import org.connectionguard.testing.Stub;
import org.jboss.as.ejb3.timerservice.spi.ManagedTimer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What can be put off, how, and for how long. */
@Timeout(120)
class LaterTest extends LaterFixture {
    private final Job job = new Job("Job.gather");

    @BeforeEach
    void away() {
        outage();
    }

    /** Who is not put off fails as under FAIL, and hears why. */
    private void failsFor(Callable<?> call, String why) {
        DatabaseUnavailableException thrown = catchThrowableOfType(DatabaseUnavailableException.class, call::call);
        assertThat(thrown)
                .hasMessageStartingWith("CG0201 java:x gave no live connection")
                .hasMessageContaining(
                        "reachable from this server? It is not put off (on-unavailable LATER), for " + why)
                .hasCause(LOST);
        assertThat(job.outcomes()).last().isEqualTo(RunOutcome.REFUSED);
        assertThat(job.bodies).hasValue(0);
        assertThat(later.since(job.name)).isEmpty();
    }

    @Test
    void whatNoTimerCallsFails() {
        failsFor(() -> job.call(null), "no timer has called it");
        failsFor(() -> job.call("another server's"), "no timer has called it");
    }

    @Test
    void withoutThreadsOfTheServersItFails() {
        jndi.unbind(THREADS);
        failsFor(() -> job.call(recurring("Job.gather").timer), "the server has no " + THREADS);
        jndi.bind(THREADS, "something else");
        failsFor(() -> job.call(recurring("Job.gather").timer), "the server has no " + THREADS);
    }

    @Test
    void threadsThatWereThereOnceAreEnough() throws Exception {
        recurring("Job.other").expires();
        jndi.unbind(THREADS);
        Recurring nightly = new Recurring(job);
        nightly.expires();
        back();
        job.awaitEnd(End.MADE_UP);
    }

    @Test
    void aTimerThatCannotBeCalledFails() {
        Timer timer = Stub.of(
                Timer.class, (method, arguments) -> method.equals("getNextTimeout") ? new Date() : (Object) false);
        failsFor(() -> job.call(timer), "this server has no way to call its timer once more");
        Timer last = Stub.of(Timer.class, (method, arguments) -> {
            if (method.equals("getNextTimeout")) {
                throw new NoMoreTimeoutsException();
            }
            return true;
        });
        failsFor(() -> job.call(last), "this server has no way to call its timer once more");
    }

    /** Its next expiration is far away. */
    private static Timer ofAnotherServer() {
        Date tomorrow = Date.from(Instant.now().plus(Duration.ofDays(1)));
        return Stub.of(Timer.class, (method, arguments) -> method.equals("getNextTimeout") ? tomorrow : (Object) false);
    }

    @Test
    void aTimerThatCannotBeCalledIsMadeUpByTheViewOfItsBean() throws Exception {
        Timer timer = ofAnotherServer();
        // No timer calls there.
        view = Optional.of(called -> {
            assertThat(called).isSameAs(timer);
            job.call(null);
        });
        job.call(timer);
        back();
        job.awaitEnd(End.MADE_UP);
        assertThat(job.outcomes()).containsExactly(RunOutcome.DEFERRED, RunOutcome.MADE_UP);
        assertThat(job.bodies).hasValue(1);
    }

    @Test
    void oneThatIsMadeUpByTheViewMayBePutOffAgain() throws Exception {
        Timer timer = ofAnotherServer();
        int[] calls = new int[1];
        view = Optional.of(called -> {
            if (calls[0]++ == 0) {
                outage();
            }
            job.call(null);
        });
        job.call(timer);
        back();
        await().until(() -> job.outcomes().size() == 2);
        back();
        job.awaitEnd(End.MADE_UP);
        assertThat(job.outcomes()).containsExactly(RunOutcome.DEFERRED, RunOutcome.DEFERRED, RunOutcome.MADE_UP);
        assertThat(job.bodies).hasValue(1);
    }

    /** On other servers no other timer can be made for it from where the guard is. */
    @Test
    void whatExpiresOnceIsMadeUpByTheViewTooWithWhatItsTimerHasSaid() throws Exception {
        isMadeUpByTheViewAfter(Optional.empty());
    }

    @Test
    void whoseNextTimeIsThePresentOneExpiresOnce() throws Exception {
        isMadeUpByTheViewAfter(Optional.of(new Date()));
    }

    @Test
    void whereTheServerHasNoThreadsItIsMadeUpOnTheGuardsOwnWithTheApplicationsClassLoader() throws Exception {
        kind = Stub.of(ApplicationServer.class, (method, arguments) -> false);
        later = later(Optional.empty());
        jndi.unbind(THREADS);
        ClassLoader application = new ClassLoader(getClass().getClassLoader()) {};
        ClassLoader[] seen = new ClassLoader[1];
        view = Optional.of(called -> {
            seen[0] = Thread.currentThread().getContextClassLoader();
            job.call(null);
        });
        ClassLoader own = Thread.currentThread().getContextClassLoader();
        Thread.currentThread().setContextClassLoader(application);
        try {
            job.call(ofAnotherServer());
        } finally {
            Thread.currentThread().setContextClassLoader(own);
        }
        back();
        job.awaitEnd(End.MADE_UP);
        assertThat(seen[0]).isSameAs(application);
    }

    private void isMadeUpByTheViewAfter(Optional<Date> past) throws Exception {
        kind = Stub.of(ApplicationServer.class, (method, arguments) -> false);
        later = later(Optional.empty());
        boolean[] expired = new boolean[1];
        Timer timer = Stub.of(Timer.class, (method, arguments) -> {
            if (expired[0]) {
                throw new NoSuchObjectLocalException("It has expired");
            }
            return switch (method) {
                case "getNextTimeout" -> {
                    if (past.isPresent()) {
                        yield past.get();
                    }
                    throw new NoMoreTimeoutsException();
                }
                case "getInfo" -> "order 7";
                default -> false;
            };
        });
        int[] calls = new int[1];
        view = Optional.of(called -> {
            assertThat(called.getInfo()).isEqualTo("order 7");
            assertThat(called.isPersistent()).isFalse();
            if (calls[0]++ == 0) {
                outage();
            }
            job.call(null);
        });
        job.call(timer);
        expired[0] = true;
        back();
        // And put off again, though its timer is no more.
        await().untilAsserted(() -> assertThat(job.outcomes()).hasSize(2));
        back();
        job.awaitEnd(End.MADE_UP);
        assertThat(job.outcomes()).containsExactly(RunOutcome.DEFERRED, RunOutcome.DEFERRED, RunOutcome.MADE_UP);
    }

    /** What a job calls itself, on the same thread, is no run of its timer. */
    @Test
    void onlyTheFirstCallByAViewIsTheTimers() throws Exception {
        Timer timer = ofAnotherServer();
        Job called = new Job("Other.called");
        job.body = () -> called.call(null);
        view = Optional.of(each -> {
            job.call(null);
            called.call(null);
        });
        job.call(timer);
        back();
        job.awaitEnd(End.MADE_UP);
        await().until(() -> called.outcomes().size() == 2);
        assertThat(called.outcomes()).containsExactly(RunOutcome.RAN, RunOutcome.RAN);
    }

    @Test
    void whereTheServerMakesNoOtherTimerItFails() {
        Once once = new Once(job, false);
        jndi.unbind(TIMERS);
        failsFor(() -> job.call(once.first), "the server made no timer in the place of this one");
    }

    @Test
    void aTimerThatWasCancelledDuringItsCallFails() {
        Timer timer = Stub.of(ManagedTimer.class, (method, arguments) -> {
            throw new NoSuchObjectLocalException("It was cancelled");
        });
        failsFor(() -> job.call(timer), "");
    }

    @Test
    void oneTooManyFailsAndTheServersTimerInItsPlaceIsTakenBack() {
        Once once = new Once(job, false);
        later.close();
        failsFor(() -> job.call(once.first), "the application is being ended, or 1000 runs are put off already");
        assertThat(once.made).hasSize(1);
        assertThat(once.cancelled).isEqualTo(once.made);
    }

    @Test
    void howeverManyTimersWaitForOneDataSourceNoneIsForgottenAndNoneBeyondTheMost() throws Exception {
        for (int i = 0; i < Deferrals.MOST; i++) {
            assertThat(recurring("Job." + i).expires()).isNull();
        }
        failsFor(new Recurring(job)::expires, "the application is being ended, or 1000 runs are put off already");
    }

    @Test
    void itWaitsSinceTheFirstOfItsTimersWasPutOff() throws Exception {
        Recurring one = new Recurring(job);
        one.expires();
        Optional<Instant> since = later.since(job.name);
        new Recurring(job).expires();
        one.expires();
        assertThat(since).isPresent();
        assertThat(later.since(job.name)).isEqualTo(since);
    }

    // How long.

    @Test
    void whatRecursWaitsUntilItsTimerComesAgainHoweverLongThatIs() throws Exception {
        Recurring nightly = new Recurring(job);
        nightly.next = Instant.now().plus(Duration.ofDays(300));
        nightly.expires();
        back();
        job.awaitEnd(End.MADE_UP);
    }

    @Test
    void whatAnotherServerMayRunNextIsNeedlessFromThenOn() throws Exception {
        Recurring nightly = new Recurring(job);
        nightly.persistent = true;
        nightly.next = Instant.now().plusMillis(100);
        nightly.expires();
        await().until(() -> Instant.now().isAfter(nightly.next));
        back();
        job.awaitEnd(End.SUPERSEDED);
        assertThat(job.bodies).hasValue(0);
    }

    @Test
    void whatThisServerRunsNextIsMadeUpUntilItDoes() throws Exception {
        Recurring nightly = new Recurring(job);
        nightly.next = Instant.now().plusMillis(100);
        nightly.expires();
        await().until(() -> Instant.now().isAfter(nightly.next));
        back();
        job.awaitEnd(End.MADE_UP);
    }

    @Test
    void theTimersNextRunStandsForIt() throws Exception {
        Recurring nightly = new Recurring(job);
        nightly.expires();
        job.maxWait = Duration.ofMinutes(1);
        Future<Object> next = threads.submit(nightly::expires);
        await().until(() -> later.since(job.name).isEmpty());
        back();
        assertThat(next.get()).isEqualTo("done");
        job.awaitEnd(End.SUPERSEDED);
        assertThat(job.outcomes()).containsExactly(RunOutcome.DEFERRED, RunOutcome.WAITED);
        assertThat(job.bodies).hasValue(1);
    }

    // What expires once.

    @Test
    void whatExpiresOnceIsCalledByTheContainerInTheEnd() throws Exception {
        Once once = new Once(job, true);
        assertThat(job.call(once.first)).isNull();
        assertThat(once.made).hasSize(1);
        back();
        job.awaitEnd(End.MADE_UP);
        assertThat(job.bodies).hasValue(1);
        assertThat(job.outcomes()).containsExactly(RunOutcome.DEFERRED, RunOutcome.MADE_UP);
        assertThat(once.made).hasSize(2);
        assertThat(once.cancelled).containsOnly(once.made.get(0));
    }

    @Test
    void whatThePersistentTimerKeepsIsLeftToTheServerAtTheEnd() throws Exception {
        job.call(new Once(job, true).first);
        later.close();
        job.awaitEnd(End.KEPT_BY_SERVER);
    }

    /** Between the end of the guard and that of the timer service a timer may still call. */
    @Test
    void soIsWhatIsPutOffAfterTheEnd() throws Exception {
        later.close();
        Once once = new Once(job, true);
        job.call(once.first);
        job.awaitEnd(End.KEPT_BY_SERVER);
        assertThat(once.made).hasSize(1);
        assertThat(once.cancelled).isEmpty();
    }

    @Test
    void butNotOfATransientOne() {
        later.close();
        Once once = new Once(job, false);
        assertThatThrownBy(() -> job.call(once.first)).isInstanceOf(DatabaseUnavailableException.class);
        assertThat(once.cancelled).isEqualTo(once.made);
    }

    @Test
    void whatIsTooLateTheContainerDoesNotCallEither() throws Exception {
        later = later(Optional.of(Duration.ofMillis(200)));
        Once once = new Once(job, true);
        job.call(once.first);
        await().until(() -> later.since(job.name)
                .filter(since -> since.plusMillis(250).isBefore(Instant.now()))
                .isPresent());
        back();
        job.awaitEnd(End.EXPIRED);
        await().until(() -> once.cancelled.equals(once.made));
        assertThat(once.made).hasSize(1);
        assertThat(job.bodies).hasValue(0);
    }

    @Test
    void whatATransientOneKeepsIsDropped() throws Exception {
        Once once = new Once(job, false);
        job.call(once.first);
        later.close();
        job.awaitEnd(End.STOPPED);
    }

    // What the container keeps is renewed, lest it calls: there its bean may be locked.

    private Once putOffWithAReminderSoon() throws Exception {
        later = later(Optional.empty(), Duration.ofMillis(300));
        Once once = new Once(job, true);
        job.call(once.first);
        return once;
    }

    @Test
    void howeverLongTheDatabaseIsAwayTheContainerIsNotToRemindOfIt() throws Exception {
        Once once = putOffWithAReminderSoon();
        Optional<Instant> since = later.since(job.name);
        await().until(() -> once.made.size() >= 3);
        assertThat(once.cancelled).startsWith(once.made.get(0), once.made.get(1));
        assertThat(later.since(job.name)).isEqualTo(since);
        back();
        job.awaitEnd(End.MADE_UP);
        assertThat(job.outcomes()).containsExactly(RunOutcome.DEFERRED, RunOutcome.MADE_UP);
        assertThat(Set.copyOf(once.cancelled))
                .as("all but the one that was called")
                .isEqualTo(Set.copyOf(once.made.subList(0, once.made.size() - 1)));
    }

    @Test
    void oneThatWasCancelledIsToldAsSuchThoughTheDatabaseIsStillAway() throws Exception {
        Once once = putOffWithAReminderSoon();
        once.gone.add(once.made.get(0));
        job.awaitEnd(End.CANCELLED);
        assertThat(once.made).hasSize(1);
    }

    @Test
    void whereTheServerRenewsNoneTheRunIsKeptAndMadeUp() throws Exception {
        Once once = putOffWithAReminderSoon();
        once.failure = Optional.of(new EJBException("no more timers"));
        await().until(() -> once.cancelled.size() >= 2);
        assertThat(later.since(job.name)).isPresent();
        once.failure = Optional.empty();
        back();
        job.awaitEnd(End.MADE_UP);
    }

    @Test
    void theContainersReminderIsNotHeldUpAndIsPutOffAgain() throws Exception {
        Once once = new Once(job, true);
        job.call(once.first);
        Optional<Instant> since = later.since(job.name);
        Timer reminder = once.made.get(0);
        job.maxWait = Duration.ofMinutes(10);
        assertThat(job.call(reminder)).isNull();
        assertThat(once.made).hasSize(2);
        assertThat(later.since(job.name)).isEqualTo(since);
        back();
        job.awaitEnd(End.MADE_UP);
        assertThat(job.endings().get(0).expirations()).isEqualTo(1);
        assertThat(once.cancelled).containsOnly(once.made.get(1));
    }
}
