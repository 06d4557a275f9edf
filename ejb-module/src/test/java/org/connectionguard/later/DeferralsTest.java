/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.later;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.connectionguard.GuardEvent.DeferralEnded.End;
import org.connectionguard.RunOutcome;
import org.connectionguard.config.Settings;
import org.connectionguard.engine.Target;
import org.connectionguard.engine.VirtualTime;
import org.connectionguard.later.Arrival.Kind;
import org.connectionguard.later.Deferrals.Ended;
import org.connectionguard.server.Repeat;
import org.connectionguard.testing.Stub;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** From when a run is put off until it waits no more. */
@Timeout(60)
class DeferralsTest {
    private static final Instant T = Instant.parse("2026-11-27T02:00:00Z");
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration RENEWED_AFTER = Duration.ofSeconds(15);
    private static final String TIMER = "nightly";
    private static final String OTHER = "hourly";

    private final VirtualTime time = new VirtualTime();
    private final Deferrals deferrals = new Deferrals(time, 2, RENEWED_AFTER);
    private final DataSource dataSource = Stub.of(DataSource.class, (method, arguments) -> null);
    private final Target target = new Target("java:x", dataSource, Settings.DEFAULTS);

    private Deferral deferral(Instant since) {
        return deferral(since, T.plus(Duration.ofDays(1)), Optional.empty());
    }

    private Deferral deferral(Instant since, Instant expires, Optional<Instant> superseded) {
        return new Deferral("Job.gather", target, since, 1, expires, superseded);
    }

    /** A call of the timer whose run is put off. */
    private Arrival putOff(Repeat repeat, Deferral deferral) {
        Arrival arrival = deferrals.arrive(repeat.timer());
        assertThat(deferrals.putOff(arrival, repeat, deferral, Duration.ZERO)).isTrue();
        assertThat(deferrals.over(arrival, RunOutcome.DEFERRED)).isEmpty();
        return arrival;
    }

    private void putOff(String timer) {
        putOff(FakeRepeat.recurring(timer), deferral(T));
    }

    private void putOff(String... timers) {
        for (String timer : timers) {
            putOff(timer);
        }
    }

    private Optional<Kept> claim() {
        return deferrals.claim(dataSource);
    }

    private Kept claimed() {
        return claim().orElseThrow();
    }

    /** Claimed, and the calling thread has begun to call it. */
    private Kept making() {
        Kept kept = claimed();
        assertThat(deferrals.makes(kept)).isTrue();
        return kept;
    }

    /** The call that makes it up has come to the guard. */
    private Arrival calls(Kept kept) {
        return calls(kept.repeat().timer());
    }

    private Arrival calls(Object timer) {
        Arrival arrival = deferrals.arrive(timer);
        assertThat(arrival.kind()).isEqualTo(Kind.MAKES_UP);
        return arrival;
    }

    /** The kind of a call of the timer by the container, which does that on a thread of its own. */
    private Arrival regular(Object timer) {
        return CompletableFuture.supplyAsync(() -> deferrals.arrive(timer)).join();
    }

    private Deferral only() {
        assertThat(deferrals.kept()).hasSize(1);
        return deferrals.kept().get(0);
    }

    private static void isEnd(Optional<Ended> ended, End end) {
        assertThat(ended).map(Ended::end).contains(end);
    }

    private static void isEnd(Optional<Ended> ended, End end, Deferral deferral) {
        isEnd(ended, end);
        assertThat(ended.orElseThrow().deferral()).isEqualTo(deferral);
    }

    // What a call is.

    @Test
    void aTimerOfWhichNothingIsPutOffJustRuns() {
        Arrival arrival = deferrals.arrive(TIMER);
        assertThat(arrival.kind()).isEqualTo(Kind.FRESH);
        assertThat(deferrals.over(arrival, RunOutcome.RAN)).isEmpty();
        putOff(OTHER);
        Arrival beside = deferrals.arrive(TIMER);
        assertThat(beside.kind()).isEqualTo(Kind.FRESH);
        assertThat(deferrals.over(beside, RunOutcome.FAILED)).isEmpty();
        assertThat(only().since()).isEqualTo(T);
    }

    @Test
    void aRunIsMadeUpOnlyWhenTheCallThatPutItOffHasReturned() {
        Arrival arrival = deferrals.arrive(TIMER);
        assertThat(deferrals.putOff(arrival, FakeRepeat.recurring(TIMER), deferral(T), Duration.ZERO))
                .isTrue();
        assertThat(claim()).isEmpty();
        assertThat(deferrals.over(arrival, RunOutcome.DEFERRED)).isEmpty();
        assertThat(claimed().deferral()).isEqualTo(deferral(T));
        assertThat(claim()).as("claimed twice").isEmpty();
    }

    @Test
    void theNextExpirationStandsForWhatWasPutOff() {
        putOff(TIMER);
        Arrival next = deferrals.arrive(TIMER);
        assertThat(next.kind()).isEqualTo(Kind.TAKES_OVER);
        // Else it would be made up beside that.
        assertThat(claim()).isEmpty();
        isEnd(deferrals.over(next, RunOutcome.WAITED), End.SUPERSEDED, deferral(T));
        assertThat(deferrals.kept()).isEmpty();
    }

    @Test
    void aNextExpirationThatIsPutOffTooIsOneRunWithTheFirst() {
        putOff(TIMER);
        Instant later = T.plusSeconds(60);
        putOff(FakeRepeat.recurring(TIMER), deferral(later, later.plusSeconds(1), Optional.of(later)));
        assertThat(only())
                .isEqualTo(new Deferral("Job.gather", target, T, 2, later.plusSeconds(1), Optional.of(later)));
        making();
        assertThat(claim()).isEmpty();
    }

    @Test
    void aNextExpirationThatIsRefusedLeavesWhatWasPutOffToBeMadeUp() {
        putOff(TIMER);
        Arrival next = deferrals.arrive(TIMER);
        assertThat(deferrals.over(next, RunOutcome.REFUSED)).isEmpty();
        assertThat(claimed().deferral()).isEqualTo(deferral(T));
    }

    @Test
    void whatIsRefusedWhileAnotherCallOfItsTimerWasPutOffIsNotForgotten() {
        putOff(TIMER);
        Arrival refused = deferrals.arrive(TIMER);
        putOff(TIMER);
        isEnd(deferrals.over(refused, RunOutcome.REFUSED), End.SUPERSEDED);
        assertThat(only().expirations()).isEqualTo(1);
    }

    @Test
    void whatIsPutOffLeavesNothingBehindWhenItsNextCallWasFaster() {
        Arrival slow = deferrals.arrive(TIMER);
        deferrals.putOff(slow, FakeRepeat.recurring(TIMER), deferral(T), Duration.ZERO);
        Arrival fast = regular(TIMER);
        assertThat(fast.kind()).isEqualTo(Kind.TAKES_OVER);
        isEnd(deferrals.over(fast, RunOutcome.RAN), End.SUPERSEDED);
        assertThat(deferrals.over(slow, RunOutcome.DEFERRED)).isEmpty();
        assertThat(deferrals.kept()).isEmpty();
        assertThat(claim()).isEmpty();
    }

    // Made up.

    @Test
    void itIsMadeUpOnItsMakersThreadAndTooEarlyOnAnyOther() {
        putOff(TIMER);
        Kept kept = making();
        assertThat(regular(TIMER).kind()).isEqualTo(Kind.TOO_EARLY);
        Arrival arrival = calls(kept);
        assertThat(arrival.target()).isSameAs(target);
        isEnd(deferrals.over(arrival, RunOutcome.MADE_UP), End.MADE_UP);
        assertThat(deferrals.kept()).isEmpty();
        assertThat(deferrals.made(kept)).isFalse();
    }

    /** What is to call it may have no thread for as long as the application's own tasks like. */
    @Test
    void claimedAndNotYetCalledItIsTakenOverByACallOfItsTimer() {
        putOff(TIMER);
        Kept kept = claimed();
        Arrival arrival = deferrals.arrive(TIMER);
        assertThat(arrival.kind()).isEqualTo(Kind.TAKES_OVER);
        assertThat(deferrals.makes(kept)).isFalse();
        isEnd(deferrals.over(arrival, RunOutcome.RAN), End.SUPERSEDED);
    }

    @Test
    void whoeverGetsAThreadLateCallsNothingThatAnotherOneCalls() {
        putOff(TIMER);
        Kept kept = claimed();
        deferrals.over(deferrals.arrive(TIMER), RunOutcome.REFUSED);
        assertThat(claimed().repeat()).isSameAs(kept.repeat());
        assertThat(CompletableFuture.supplyAsync(() -> deferrals.makes(kept)).join())
                .isTrue();
        assertThat(deferrals.makes(kept)).isFalse();
        assertThat(deferrals.made(kept)).isFalse();
        assertThat(claim()).as("made up twice at once").isEmpty();
    }

    /** A server may tell the end of a transaction on a thread of its own. */
    @Test
    void whereTheEndOfItsTransactionComesLaterItIsNotCalledInBetween() {
        putOff(TIMER);
        Kept kept = making();
        Arrival making = calls(kept);
        assertThat(deferrals.made(kept)).isFalse();
        time.pass(Duration.ofHours(1));
        assertThat(claim()).isEmpty();
        CompletableFuture.runAsync(() -> deferrals.over(making, RunOutcome.FAILED))
                .join();
        time.pass(Deferrals.PAUSE);
        isEnd(deferrals.over(calls(making()), RunOutcome.MADE_UP), End.MADE_UP);
    }

    @Test
    void whatWasTooEarlyIsMadeUpAfterwards() {
        putOff(TIMER);
        Kept kept = making();
        Arrival making = calls(kept);
        Instant later = T.plusSeconds(60);
        for (int more = 0; more < 2; more++) {
            Arrival early = regular(TIMER);
            assertThat(deferrals.putOff(
                            early, FakeRepeat.recurring(TIMER), deferral(later.plusSeconds(more)), Duration.ZERO))
                    .isTrue();
            assertThat(deferrals.over(early, RunOutcome.DEFERRED)).isEmpty();
        }
        assertThat(claim()).isEmpty();
        isEnd(deferrals.over(making, RunOutcome.MADE_UP), End.MADE_UP, deferral(T));
        assertThat(only().since()).isEqualTo(later);
        assertThat(only().expirations()).isEqualTo(2);
        Kept next = making();
        isEnd(deferrals.over(calls(next), RunOutcome.MADE_UP), End.MADE_UP);
        assertThat(deferrals.kept()).isEmpty();
    }

    @Test
    void whoMadeTheOneUpHasNoSayInTheNextOne() {
        putOff(TIMER);
        Kept kept = making();
        Arrival making = calls(kept);
        Arrival early = regular(TIMER);
        deferrals.putOff(early, FakeRepeat.recurring(TIMER), deferral(T.plusSeconds(60)), Duration.ZERO);
        deferrals.over(early, RunOutcome.DEFERRED);
        deferrals.over(making, RunOutcome.MADE_UP);
        // The container has not come back to the first maker yet when the next one calls.
        Arrival second = CompletableFuture.supplyAsync(() -> calls(making())).join();
        assertThat(deferrals.made(kept)).isFalse();
        assertThat(claim()).as("made up twice at once").isEmpty();
        isEnd(deferrals.over(second, RunOutcome.MADE_UP), End.MADE_UP);
        assertThat(deferrals.kept()).isEmpty();
    }

    @Test
    void whatWasTooEarlyWhenItCameAndIsNotAnyMoreIsPutOffByItself() {
        putOff(TIMER);
        Kept kept = making();
        Arrival making = calls(kept);
        Arrival early = regular(TIMER);
        deferrals.over(making, RunOutcome.MADE_UP);
        assertThat(deferrals.putOff(early, FakeRepeat.recurring(TIMER), deferral(T.plusSeconds(60)), Duration.ZERO))
                .isTrue();
        deferrals.over(early, RunOutcome.DEFERRED);
        assertThat(only()).isEqualTo(deferral(T.plusSeconds(60)));
    }

    @Test
    void whatWasTooEarlyForOneThatWaitsAgainIsOneRunWithIt() {
        putOff(TIMER);
        Kept kept = making();
        Arrival making = calls(kept);
        Arrival early = regular(TIMER);
        deferrals.over(making, RunOutcome.REFUSED);
        assertThat(deferrals.made(kept)).isFalse();
        deferrals.putOff(early, FakeRepeat.recurring(TIMER), deferral(T.plusSeconds(60)), Duration.ZERO);
        deferrals.over(early, RunOutcome.DEFERRED);
        assertThat(only().since()).isEqualTo(T);
        assertThat(only().expirations()).isEqualTo(2);
    }

    @Test
    void whatIsPutOffAgainWhileItIsMadeUpIsTheSameRun() {
        putOff(TIMER);
        Kept kept = making();
        Arrival making = calls(kept);
        FakeRepeat again = FakeRepeat.recurring(TIMER);
        assertThat(deferrals.putOff(
                        making,
                        again,
                        deferral(T.plusSeconds(60), T.plus(Duration.ofDays(2)), Optional.of(T)),
                        Duration.ZERO))
                .isTrue();
        assertThat(claim()).as("before its call has returned").isEmpty();
        assertThat(deferrals.over(making, RunOutcome.DEFERRED)).isEmpty();
        assertThat(deferrals.made(kept)).isFalse();
        assertThat(only()).isEqualTo(deferral(T, T.plus(Duration.ofDays(1)), Optional.of(T)));
        assertThat(making().repeat()).isSameAs(again);
    }

    @Test
    void whatWasTooEarlyForOneThatIsPutOffAgainIsOneRunWithIt() {
        putOff(TIMER);
        Arrival making = calls(making());
        Arrival early = regular(TIMER);
        deferrals.putOff(early, FakeRepeat.recurring(TIMER), deferral(T.plusSeconds(60)), Duration.ZERO);
        deferrals.over(early, RunOutcome.DEFERRED);
        deferrals.putOff(making, FakeRepeat.recurring(TIMER), deferral(T.plusSeconds(90)), Duration.ZERO);
        deferrals.over(making, RunOutcome.DEFERRED);
        assertThat(only().since()).isEqualTo(T);
        assertThat(only().expirations()).isEqualTo(2);
    }

    /** It is put off in a transaction that is rolled back. */
    private void putOffInVain(Repeat repeat) {
        Arrival arrival = deferrals.arrive(repeat.timer());
        assertThat(deferrals.putOff(arrival, repeat, deferral(T), MINUTE)).isTrue();
        assertThat(deferrals.over(arrival, RunOutcome.DEFERRED)).isEmpty();
    }

    static Stream<Repeat> repeats() {
        return Stream.of(FakeRepeat.recurring(TIMER), FakeRepeat.last(TIMER));
    }

    @ParameterizedTest
    @MethodSource("repeats")
    void aCallThatIsRepeatedWhenItHasBeenMadeUpIsNeedless(Repeat repeat) {
        putOffInVain(repeat);
        isEnd(deferrals.over(calls(making()), RunOutcome.MADE_UP), End.MADE_UP);
        time.pass(MINUTE.minusNanos(1));
        Arrival repeated = regular(TIMER);
        assertThat(repeated.kind()).isEqualTo(Kind.NEEDLESS);
        assertThat(repeated.target()).isEqualTo(target);
        assertThat(deferrals.over(repeated, RunOutcome.DEFERRED)).isEmpty();
        assertThat(deferrals.kept()).isEmpty();
        time.pass(Duration.ofNanos(1));
        assertThat(regular(TIMER).kind()).isEqualTo(Kind.FRESH);
    }

    @Test
    void aCallThatIsRepeatedWhenItsBodyHasFailedForGoodIsNeedless() {
        putOffInVain(FakeRepeat.recurring(TIMER));
        Kept kept = making();
        deferrals.over(calls(kept), RunOutcome.FAILED);
        assertThat(deferrals.made(kept)).isTrue();
        assertThat(deferrals.makes(kept)).isTrue();
        isEnd(deferrals.over(calls(kept), RunOutcome.FAILED), End.FAILED);
        assertThat(regular(TIMER).kind()).isEqualTo(Kind.NEEDLESS);
    }

    @Test
    void aCallThatIsRepeatedWhileItIsMadeUpIsNeedless() {
        putOffInVain(FakeRepeat.recurring(TIMER));
        Kept kept = making();
        assertThat(regular(TIMER).kind()).isEqualTo(Kind.NEEDLESS);
        time.pass(MINUTE);
        assertThat(regular(TIMER).kind()).isEqualTo(Kind.TOO_EARLY);
        isEnd(deferrals.over(calls(kept), RunOutcome.MADE_UP), End.MADE_UP);
    }

    @Test
    void aCallThatIsRepeatedBeforeAnybodyMadeItUpDoesIt() {
        putOffInVain(FakeRepeat.recurring(TIMER));
        Arrival repeated = regular(TIMER);
        assertThat(repeated.kind()).isEqualTo(Kind.TAKES_OVER);
        isEnd(deferrals.over(repeated, RunOutcome.RAN), End.SUPERSEDED);
        assertThat(regular(TIMER).kind()).isEqualTo(Kind.FRESH);
    }

    @Test
    void whatIsPutOffAgainIsStillRepeated() {
        putOffInVain(FakeRepeat.recurring(TIMER));
        Kept kept = making();
        Arrival again = calls(kept);
        assertThat(deferrals.putOff(again, kept.repeat(), deferral(T), Duration.ZERO))
                .isTrue();
        deferrals.over(again, RunOutcome.DEFERRED);
        time.pass(Deferrals.PAUSE);
        isEnd(deferrals.over(calls(making()), RunOutcome.MADE_UP), End.MADE_UP);
        assertThat(regular(TIMER).kind()).isEqualTo(Kind.NEEDLESS);
    }

    @Test
    void aBodyThatFailsIsCalledOnceMore() {
        putOff(TIMER);
        Kept kept = making();
        assertThat(deferrals.over(calls(kept), RunOutcome.FAILED)).isEmpty();
        assertThat(deferrals.made(kept)).isTrue();
        assertThat(deferrals.makes(kept)).isTrue();
        isEnd(deferrals.over(calls(kept), RunOutcome.MADE_UP), End.MADE_UP);
        assertThat(deferrals.made(kept)).isFalse();
    }

    @Test
    void aBodyThatFailsTwiceIsGivenUp() {
        putOff(TIMER);
        Kept kept = making();
        deferrals.over(calls(kept), RunOutcome.FAILED);
        assertThat(deferrals.made(kept)).isTrue();
        assertThat(deferrals.makes(kept)).isTrue();
        isEnd(deferrals.over(calls(kept), RunOutcome.FAILED), End.FAILED);
        assertThat(deferrals.made(kept)).isFalse();
        assertThat(deferrals.kept()).isEmpty();
    }

    @Test
    void aFailureCountsOnThoughTheDatabaseWasAwayInBetween() {
        putOff(TIMER);
        Kept kept = making();
        deferrals.over(calls(kept), RunOutcome.FAILED);
        assertThat(deferrals.made(kept)).isTrue();
        assertThat(deferrals.makes(kept)).isTrue();
        assertThat(deferrals.over(calls(kept), RunOutcome.REFUSED)).isEmpty();
        assertThat(deferrals.made(kept)).isFalse();
        time.pass(Deferrals.PAUSE);
        isEnd(deferrals.over(calls(making()), RunOutcome.FAILED), End.FAILED);
    }

    @Test
    void aCallThatNeverCameToTheGuardIsTriedAgainEverMoreRarely() {
        putOff(TIMER);
        Kept kept = making();
        Duration longest = Deferrals.PAUSE.multipliedBy(128);
        for (Duration pause = Deferrals.PAUSE; ; pause = pause.multipliedBy(2)) {
            Duration whole = pause.compareTo(longest) < 0 ? pause : longest;
            assertThat(deferrals.made(kept)).isFalse();
            time.pass(whole.minusNanos(1));
            assertThat(claim()).isEmpty();
            time.pass(Duration.ofNanos(1));
            assertThat(claimed()).isEqualTo(kept);
            assertThat(deferrals.makes(kept)).isTrue();
            if (pause.compareTo(longest) > 0) {
                return;
            }
        }
    }

    @Test
    void whatCouldNotBeCalledIsReleasedAndWaitsForAPause() throws InterruptedException {
        putOff(TIMER);
        long start = time.nanos();
        Kept kept = claimed();
        deferrals.release(kept);
        assertThat(deferrals.makes(kept)).as("called though released").isFalse();
        assertThat(claim()).isEmpty();
        assertThat(deferrals.await(dataSource)).contains(deferral(T));
        assertThat(Duration.ofNanos(time.nanos() - start)).isEqualTo(Deferrals.PAUSE);
        assertThat(claim()).isPresent();
    }

    @ParameterizedTest
    @EnumSource(names = {"RAN", "HEALED", "WAITED", "PROCEEDED", "MADE_UP"})
    void howeverItsBodyCameToItsEndItIsMadeUp(RunOutcome outcome) {
        putOff(TIMER);
        isEnd(deferrals.over(calls(making()), outcome), End.MADE_UP);
    }

    @ParameterizedTest
    @EnumSource(names = {"REFUSED", "SKIPPED"})
    void whoseBodyWasLeftOutWaitsOn(RunOutcome outcome) {
        putOff(TIMER);
        Kept kept = making();
        assertThat(deferrals.over(calls(kept), outcome)).isEmpty();
        assertThat(deferrals.made(kept)).isFalse();
        assertThat(claim()).isEmpty();
        time.pass(Deferrals.PAUSE);
        assertThat(claimed().deferral()).isEqualTo(deferral(T));
    }

    // By the container.

    private Kept claimedStandIn() {
        putOff(FakeRepeat.standIn("stand-in"), deferral(T));
        return claimed();
    }

    private Kept handedOver(Object timer) {
        Kept kept = claimedStandIn();
        deferrals.handedOver(kept, timer);
        return kept;
    }

    @Test
    void aTimerInAnothersPlaceMakesUpOnWhateverThread() {
        handedOver("second");
        Arrival arrival = regular("second");
        assertThat(arrival.kind()).isEqualTo(Kind.MAKES_UP);
        isEnd(deferrals.over(arrival, RunOutcome.MADE_UP), End.MADE_UP);
        assertThat(deferrals.kept()).isEmpty();
        assertThat(deferrals.arrive("second").kind()).isEqualTo(Kind.FRESH);
        assertThat(deferrals.arrive("stand-in").kind()).isEqualTo(Kind.NEEDLESS);
    }

    @Test
    void theContainersReminderIsNoRunAndPutsItOffOnceMore() {
        putOff(FakeRepeat.standIn("stand-in"), deferral(T));
        Kept reminded = deferrals.reminded("stand-in").orElseThrow();
        assertThat(reminded.deferral()).isEqualTo(deferral(T));
        assertThat(deferrals.claim(dataSource))
                .as("while another timer is made for it")
                .isEmpty();
        assertThat(deferrals.renewed(reminded, FakeRepeat.standIn("third"))).isTrue();
        assertThat(only()).isEqualTo(deferral(T));
        assertThat(claimed().repeat().timer()).isEqualTo("third");
        assertThat(deferrals.arrive("stand-in").kind()).isEqualTo(Kind.NEEDLESS);
    }

    @Test
    void ofWhatRecursOrIsMadeUpNoCallIsAReminder() {
        handedOver("second");
        putOff(FakeRepeat.recurring("timer"), deferral(T));
        assertThat(deferrals.reminded("timer")).isEmpty();
        assertThat(deferrals.reminded("another")).isEmpty();
        assertThat(deferrals.reminded("second")).isEmpty();
        assertThat(deferrals.reminded("stand-in")).isEmpty();
    }

    @Test
    void aCallThatTheContainerRepeatsIsNoReminderButTheMakingUp() {
        Arrival first = deferrals.arrive("once");
        deferrals.putOff(first, FakeRepeat.standIn("stand-in"), deferral(T), Duration.ZERO);
        deferrals.over(first, RunOutcome.DEFERRED);
        assertThat(deferrals.reminded("once")).isEmpty();
        Arrival repeated = deferrals.arrive("once");
        assertThat(repeated.kind()).isEqualTo(Kind.MAKES_UP);
        assertThat(deferrals.reminded("stand-in")).isEmpty();
        isEnd(deferrals.over(repeated, RunOutcome.MADE_UP), End.MADE_UP);
        assertThat(deferrals.arrive("stand-in").kind()).isEqualTo(Kind.NEEDLESS);
    }

    @Test
    void aReminderThatComesAtTheEndRenewsNothing() {
        putOff(FakeRepeat.standIn("stand-in"), deferral(T));
        Kept reminded = deferrals.reminded("stand-in").orElseThrow();
        deferrals.close();
        assertThat(deferrals.renewed(reminded, FakeRepeat.standIn("third"))).isFalse();
        assertThat(deferrals.kept()).isEmpty();
    }

    private Optional<Kept> fading() {
        return deferrals.fading(dataSource);
    }

    /** Put off by the call of another timer, and about to be called by the container. */
    private Kept fadingStandIn() {
        Arrival call = deferrals.arrive("once");
        deferrals.putOff(call, FakeRepeat.standIn("stand-in"), deferral(T), Duration.ZERO);
        deferrals.over(call, RunOutcome.DEFERRED);
        time.pass(RENEWED_AFTER);
        return fading().orElseThrow();
    }

    @Test
    void whatTheContainerKeepsIsRenewedInTimeAndAgainAndAgain() {
        putOff(FakeRepeat.standIn("first"), deferral(T));
        time.pass(RENEWED_AFTER.minusNanos(1));
        assertThat(fading()).isEmpty();
        time.pass(Duration.ofNanos(1));
        Kept first = fading().orElseThrow();
        assertThat(first.repeat().timer()).isEqualTo("first");
        assertThat(fading()).as("while it is renewed").isEmpty();
        assertThat(claim()).as("while it is renewed").isEmpty();
        assertThat(deferrals.renewed(first, FakeRepeat.standIn("second"))).isTrue();
        assertThat(fading()).isEmpty();
        time.pass(RENEWED_AFTER);
        Kept second = fading().orElseThrow();
        assertThat(second.repeat().timer()).isEqualTo("second");
        assertThat(second.deferral()).isEqualTo(deferral(T));
        deferrals.renewed(second, FakeRepeat.standIn("third"));
        assertThat(claimed().repeat().timer()).isEqualTo("third");
    }

    @Test
    void neitherWhatRecursIsRenewedNorWhatIsBeingMadeUpNorWhatWaitsForAnotherDataSource() {
        putOff(TIMER);
        putOff(FakeRepeat.standIn("stand-in"), deferral(T));
        time.pass(RENEWED_AFTER);
        assertThat(deferrals.fading(Stub.of(DataSource.class, (method, arguments) -> null)))
                .isEmpty();
        claimed();
        claimed();
        assertThat(fading()).isEmpty();
    }

    @Test
    void whatCouldNotBeRenewedIsTriedAgainAsLateAsWhatCould() {
        Kept kept = fadingStandIn();
        assertThat(deferrals.renewed(kept, kept.repeat())).isTrue();
        assertThat(fading()).isEmpty();
        time.pass(RENEWED_AFTER);
        assertThat(fading()).contains(kept);
    }

    @Test
    void whoeverLooksAfterItIsWokenToRenewItThoughNoneHasAPlace() throws InterruptedException {
        putOff(TIMER, OTHER);
        claimed();
        claimed();
        putOff(FakeRepeat.standIn("stand-in"), deferral(T));
        long before = time.nanos();
        assertThat(deferrals.await(dataSource)).isPresent();
        assertThat(Duration.ofNanos(time.nanos() - before))
                .isBetween(RENEWED_AFTER, RENEWED_AFTER.plus(Deferrals.PAUSE));
        assertThat(fading()).isPresent();
    }

    @Test
    void aCallWhileItIsRenewedTakesItOver() {
        Kept kept = fadingStandIn();
        Arrival call = regular("stand-in");
        assertThat(call.kind()).isEqualTo(Kind.TAKES_OVER);
        assertThat(deferrals.gone(kept)).isEmpty();
        assertThat(deferrals.renewed(kept, FakeRepeat.standIn("second"))).isFalse();
        isEnd(deferrals.over(call, RunOutcome.RAN), End.SUPERSEDED);
        assertThat(deferrals.kept()).isEmpty();
    }

    @Test
    void aCallThatHadBegunBeforeItsTimerWasRenewedIsTheMakingUp() {
        deferrals.renewed(fadingStandIn(), FakeRepeat.standIn("second"));
        assertThat(deferrals.reminded("stand-in")).isEmpty();
        Arrival call = regular("stand-in");
        assertThat(call.kind()).isEqualTo(Kind.MAKES_UP);
        isEnd(deferrals.over(call, RunOutcome.MADE_UP), End.MADE_UP);
        assertThat(deferrals.arrive("second").kind()).isEqualTo(Kind.NEEDLESS);
    }

    @Test
    void howeverOftenItIsRenewedNoMoreThanTheLastTimersAreRemembered() {
        deferrals.renewed(fadingStandIn(), FakeRepeat.standIn("second"));
        time.pass(RENEWED_AFTER);
        deferrals.renewed(fading().orElseThrow(), FakeRepeat.standIn("third"));
        assertThat(deferrals.arrive("stand-in").kind()).isEqualTo(Kind.FRESH);
        // The call of that one had returned, and its container may repeat it.
        assertThat(deferrals.arrive("once").kind()).isEqualTo(Kind.MAKES_UP);
        assertThat(deferrals.arrive("second").kind()).isEqualTo(Kind.NEEDLESS);
    }

    @Test
    void aTimerThatIsGoneWhenItIsToBeRenewedWasCancelled() {
        isEnd(deferrals.gone(fadingStandIn()), End.CANCELLED);
        assertThat(deferrals.kept()).isEmpty();
    }

    @Test
    void oneThatWasHandedOverInVainIsKeptByTheContainerAnewAndMayBeCancelledFromThenOn() {
        Kept kept = handedOver("second");
        time.pass(Deferrals.LEASE);
        deferrals.sortOut(T);
        Kept fading = fading().orElseThrow();
        assertThat(fading).isEqualTo(kept);
        assertThat(deferrals.gone(fading)).isEmpty();
        deferrals.renewed(fading, FakeRepeat.standIn("third"));
        time.pass(Deferrals.PAUSE);
        isEnd(deferrals.gone(claimed()), End.CANCELLED);
    }

    @Test
    void whatCouldNotBeCalledIsNotCalledSoonerForBeingRenewed() {
        Kept kept = claimedStandIn();
        // Its pauses have become longer than what it is renewed after.
        for (int i = 0; i < 4; i++) {
            deferrals.release(kept);
            time.pass(Deferrals.PAUSE.multipliedBy(1L << i));
            kept = claimed();
        }
        deferrals.release(kept);
        time.pass(RENEWED_AFTER);
        deferrals.renewed(fading().orElseThrow(), FakeRepeat.standIn("second"));
        assertThat(claim()).isEmpty();
        time.pass(Deferrals.PAUSE.multipliedBy(1L << 4).minus(RENEWED_AFTER));
        assertThat(claimed().repeat().timer()).isEqualTo("second");
    }

    @Test
    void aReminderWhileAnotherTimerIsPutInItsPlaceIsNeedlessAndTheOtherMakesUp() {
        Kept kept = claimedStandIn();
        Arrival reminder = regular("stand-in");
        assertThat(reminder.kind()).isEqualTo(Kind.NEEDLESS);
        assertThat(deferrals.over(reminder, RunOutcome.DEFERRED)).isEmpty();
        // It has called, and so it is gone; that is not somebody's doing.
        assertThat(deferrals.gone(kept)).isEmpty();
        deferrals.handedOver(kept, "second");
        isEnd(deferrals.over(regular("second"), RunOutcome.MADE_UP), End.MADE_UP);
    }

    @Test
    void aReminderWhileTheOtherOneCallsIsNeedless() {
        handedOver("second");
        Arrival arrival = regular("second");
        assertThat(regular("stand-in").kind()).isEqualTo(Kind.NEEDLESS);
        isEnd(deferrals.over(arrival, RunOutcome.MADE_UP), End.MADE_UP);
    }

    @Test
    void theLastCallOfAScheduleIsMadeUpByWhoeverAsksForIt() {
        putOff(FakeRepeat.last(TIMER), deferral(T));
        Kept kept = making();
        assertThat(regular(TIMER).kind()).isEqualTo(Kind.NEEDLESS);
        isEnd(deferrals.over(calls(kept), RunOutcome.MADE_UP), End.MADE_UP);
    }

    @Test
    void theContainersCallThatIsPutOffAgainIsKeptByAnotherTimer() {
        handedOver("second");
        Arrival arrival = regular("second");
        assertThat(deferrals.putOff(arrival, FakeRepeat.standIn("third"), deferral(T.plusSeconds(60)), Duration.ZERO))
                .isTrue();
        deferrals.over(arrival, RunOutcome.DEFERRED);
        assertThat(only()).isEqualTo(deferral(T));
        // Should its container call it again all the same, then that is the making up.
        assertThat(deferrals.arrive("second").kind()).isEqualTo(Kind.MAKES_UP);
        assertThat(deferrals.arrive("third").kind()).isEqualTo(Kind.NEEDLESS);
    }

    @Test
    void theContainerCallsWhatFailedOnceMoreByItself() {
        handedOver("second");
        assertThat(deferrals.over(regular("second"), RunOutcome.FAILED)).isEmpty();
        isEnd(deferrals.over(regular("second"), RunOutcome.FAILED), End.FAILED);
        assertThat(deferrals.kept()).isEmpty();
    }

    @Test
    void aTimerThatSomebodyTookAwayIsCancelled() {
        isEnd(deferrals.gone(claimedStandIn()), End.CANCELLED);
        assertThat(deferrals.kept()).isEmpty();
        putOff(TIMER);
        isEnd(deferrals.gone(making()), End.CANCELLED);
        assertThat(deferrals.kept()).isEmpty();
    }

    @Test
    void aTimerThatWasReplacedByAnotherOneBeforeIsNotCancelled() {
        Kept kept = handedOver("second");
        time.pass(Deferrals.LEASE);
        deferrals.sortOut(T);
        time.pass(Deferrals.PAUSE);
        assertThat(claimed()).isEqualTo(kept);
        // The first was taken away when the second came.
        assertThat(deferrals.gone(kept)).isEmpty();
        deferrals.handedOver(kept, "third");
        assertThat(regular("second").kind()).isEqualTo(Kind.NEEDLESS);
        isEnd(deferrals.over(regular("third"), RunOutcome.MADE_UP), End.MADE_UP);
    }

    @Test
    void aContainerThatDoesNotCallIsAskedAnewAndAnotherHasThePlaceMeanwhile() throws InterruptedException {
        handedOver("second");
        putOff(FakeRepeat.standIn("other"), deferral(T));
        deferrals.handedOver(claimed(), "second other");
        long start = time.nanos();
        // Nothing is to be made up, and whoever looks after it is told all the same.
        assertThat(deferrals.await(dataSource)).isPresent();
        assertThat(Duration.ofNanos(time.nanos() - start)).isBetween(Deferrals.LEASE, Deferrals.LEASE.plusSeconds(5));
        assertThat(claim()).isEmpty();
        assertThat(deferrals.sortOut(T)).isEmpty();
        putOff(TIMER);
        assertThat(claimed().repeat().timer()).isEqualTo(TIMER);
        time.pass(Deferrals.PAUSE);
        assertThat(claimed().repeat().timer()).isEqualTo("stand-in");
    }

    @Test
    void aCallThatTakesLongKeepsItsPlace() {
        handedOver("second");
        Arrival arrival = regular("second");
        time.pass(Deferrals.LEASE.multipliedBy(10));
        assertThat(deferrals.sortOut(T)).isEmpty();
        assertThat(deferrals.over(arrival, RunOutcome.FAILED)).isEmpty();
        // The container has its time to call once more.
        assertThat(deferrals.sortOut(T)).isEmpty();
        time.pass(Deferrals.LEASE);
        assertThat(deferrals.sortOut(T)).isEmpty();
        time.pass(Deferrals.PAUSE);
        assertThat(claimed().repeat().timer()).isEqualTo("stand-in");
    }

    @Test
    void aCallThatTheContainerRepeatsAfterItsRunWasMadeUpIsNeedlessForAWhile() {
        Arrival first = deferrals.arrive("once");
        deferrals.putOff(first, FakeRepeat.standIn("stand-in"), deferral(T), Duration.ZERO);
        deferrals.over(first, RunOutcome.DEFERRED);
        deferrals.handedOver(deferrals.claim(dataSource).orElseThrow(), "second");
        isEnd(deferrals.over(regular("second"), RunOutcome.MADE_UP), End.MADE_UP);
        assertThat(deferrals.arrive("once").kind()).isEqualTo(Kind.NEEDLESS);
        // Its transaction has failed after all, and the container calls it once more.
        assertThat(deferrals.arrive("second").kind()).isEqualTo(Kind.FRESH);
        time.pass(Deferrals.LEASE);
        assertThat(deferrals.arrive("once").kind()).isEqualTo(Kind.FRESH);
    }

    @Test
    void whatIsCalledHereHasNoLease() {
        putOff(TIMER);
        making();
        time.pass(Deferrals.LEASE.multipliedBy(10));
        assertThat(deferrals.sortOut(T)).isEmpty();
        assertThat(claim()).isEmpty();
    }

    // How many, and how long.

    @Test
    void onlySoManyAreMadeUpAtOnce() {
        putOff("one", "two", "three");
        assertThat(claimed().repeat().timer()).isEqualTo("one");
        Kept two = making();
        assertThat(two.repeat().timer()).isEqualTo("two");
        assertThat(claim()).isEmpty();
        deferrals.over(calls(two), RunOutcome.MADE_UP);
        assertThat(claimed().repeat().timer()).isEqualTo("three");
    }

    @Test
    void ofAnotherDataSourceNoneIsClaimed() {
        putOff(TIMER);
        DataSource other = Stub.of(DataSource.class, (method, arguments) -> null);
        assertThat(deferrals.claim(other)).isEmpty();
        assertThat(deferrals.beginsScouting(other)).isFalse();
    }

    @Test
    void onlySoManyAreKeptAndTheOthersFail() {
        List<String> timers = new ArrayList<>();
        for (int i = 0; i < Deferrals.MOST; i++) {
            timers.add("timer " + i);
        }
        putOff(timers.toArray(String[]::new));
        Arrival late = deferrals.arrive("late");
        assertThat(deferrals.putOff(late, FakeRepeat.recurring("late"), deferral(T), Duration.ZERO))
                .isFalse();
        assertThat(deferrals.over(late, RunOutcome.REFUSED)).isEmpty();
        assertThat(deferrals.kept()).hasSize(Deferrals.MOST);
        // Who is there already has his place.
        putOff("timer 0");
        Arrival again = calls(making());
        assertThat(deferrals.putOff(again, FakeRepeat.recurring(again.timer()), deferral(T), Duration.ZERO))
                .isTrue();
        assertThat(deferrals.kept()).hasSize(Deferrals.MOST);
    }

    @Test
    void whatIsTooLateEnds() {
        putOff(FakeRepeat.recurring("expires"), deferral(T, T.plusSeconds(10), Optional.empty()));
        putOff(FakeRepeat.recurring("superseded"), deferral(T, T.plusSeconds(5), Optional.of(T.plusSeconds(5))));
        putOff(FakeRepeat.recurring("stays"), deferral(T, Instant.MAX, Optional.empty()));
        assertThat(deferrals.sortOut(T.plusSeconds(5).minusNanos(1))).isEmpty();
        assertThat(deferrals.sortOut(T.plusSeconds(5))).extracting(Ended::end).containsExactly(End.SUPERSEDED);
        assertThat(deferrals.sortOut(T.plusSeconds(10).minusNanos(1))).isEmpty();
        assertThat(deferrals.sortOut(T.plusSeconds(10))).extracting(Ended::end).containsExactly(End.EXPIRED);
        assertThat(deferrals.kept()).hasSize(1);
    }

    @Test
    void whatIsBeingMadeUpIsNeverTooLate() {
        putOff(FakeRepeat.recurring(TIMER), deferral(T, T.plusSeconds(10), Optional.of(T.plusSeconds(10))));
        Kept kept = making();
        assertThat(deferrals.sortOut(T.plus(MINUTE))).isEmpty();
        isEnd(deferrals.over(calls(kept), RunOutcome.MADE_UP), End.MADE_UP);
    }

    // Who looks after them.

    @Test
    void thereIsOneScoutForEachDataSourceAndAnotherWhenThatHasEnded() throws InterruptedException {
        assertThat(deferrals.beginsScouting(dataSource)).isFalse();
        putOff("one", "two");
        assertThat(deferrals.beginsScouting(dataSource)).isTrue();
        assertThat(deferrals.beginsScouting(dataSource)).isFalse();
        for (int i = 0; i < 2; i++) {
            assertThat(deferrals.await(dataSource)).isPresent();
            deferrals.over(calls(making()), RunOutcome.MADE_UP);
        }
        assertThat(deferrals.await(dataSource)).isEmpty();
        putOff("three");
        assertThat(deferrals.beginsScouting(dataSource)).isTrue();
        deferrals.endsScouting(dataSource);
        assertThat(deferrals.beginsScouting(dataSource)).isTrue();
    }

    @Test
    void aScoutWaitsUntilThereIsAPlace() throws InterruptedException {
        putOff("one", "two", "three");
        claimed();
        Kept two = claimed();
        long start = time.nanos();
        time.at(MINUTE, () -> deferrals.release(two));
        // The second is in its pause then.
        assertThat(deferrals.await(dataSource)).isPresent();
        assertThat(Duration.ofNanos(time.nanos() - start)).isEqualTo(MINUTE);
        assertThat(claimed().repeat().timer()).isEqualTo("three");
    }

    @Test
    void aPauseIsAsLongAsItIsAndEndsWithEverything() throws InterruptedException {
        long start = time.nanos();
        time.at(Duration.ofSeconds(1), () -> putOff(TIMER));
        deferrals.pause(MINUTE);
        assertThat(Duration.ofNanos(time.nanos() - start)).isEqualTo(MINUTE);
        time.at(Duration.ofSeconds(1), deferrals::close);
        deferrals.pause(MINUTE);
        assertThat(Duration.ofNanos(time.nanos() - start)).isEqualTo(MINUTE.plusSeconds(1));
    }

    // The end.

    @Test
    void whatIsKeptAtTheEndIsToldAndNothingIsKeptFromThenOn() throws InterruptedException {
        putOff("one", "two");
        Kept claimed = claimed();
        assertThat(deferrals.close()).extracting(kept -> kept.repeat().timer()).containsExactly("one", "two");
        assertThat(deferrals.makes(claimed)).isFalse();
        assertThat(claim()).isEmpty();
        assertThat(deferrals.await(dataSource)).isEmpty();
        assertThat(deferrals.beginsScouting(dataSource)).isFalse();
        Arrival late = deferrals.arrive("late");
        assertThat(deferrals.putOff(late, FakeRepeat.recurring("late"), deferral(T), Duration.ZERO))
                .isFalse();
        assertThat(deferrals.kept()).isEmpty();
        assertThat(deferrals.close()).isEmpty();
    }

    @Test
    void whatLeavesAtTheEndIsDroppedToo() {
        Arrival arrival = deferrals.arrive(TIMER);
        deferrals.putOff(arrival, FakeRepeat.recurring(TIMER), deferral(T), Duration.ZERO);
        assertThat(deferrals.close()).hasSize(1);
        assertThat(deferrals.over(arrival, RunOutcome.DEFERRED)).isEmpty();
        assertThat(deferrals.kept()).isEmpty();
    }

    @Test
    void whatIsBeingMadeUpAtTheEndComesToIts() {
        putOff(TIMER);
        Kept kept = making();
        Arrival making = calls(kept);
        assertThat(deferrals.close()).isEmpty();
        isEnd(deferrals.over(making, RunOutcome.MADE_UP), End.MADE_UP);
        assertThat(deferrals.made(kept)).isFalse();
        assertThat(deferrals.kept()).isEmpty();
    }

    @Test
    void whatIsJustAboutToBeMadeUpAtTheEndComesToItsToo() {
        putOff(TIMER);
        Kept kept = making();
        assertThat(deferrals.close()).isEmpty();
        assertThat(regular(TIMER).kind()).isEqualTo(Kind.TOO_EARLY);
        isEnd(deferrals.over(calls(kept), RunOutcome.MADE_UP), End.MADE_UP);
        assertThat(deferrals.made(kept)).isFalse();
        assertThat(deferrals.left(kept)).isEmpty();
    }

    @Test
    void andIsDroppedWhereItsCallNeverCame() {
        putOff(TIMER);
        Kept kept = making();
        assertThat(deferrals.left(kept)).as("before the end").isEmpty();
        deferrals.close();
        assertThat(deferrals.made(kept)).isFalse();
        isEnd(deferrals.left(kept), End.STOPPED);
        assertThat(deferrals.kept()).isEmpty();
    }

    @Test
    void whatFailsAfterTheEndIsNotCalledOnceMore() {
        putOff(TIMER);
        Kept kept = making();
        Arrival making = calls(kept);
        deferrals.close();
        isEnd(deferrals.over(making, RunOutcome.FAILED), End.STOPPED);
        assertThat(deferrals.made(kept)).isFalse();
    }

    @Test
    void whatWouldWaitAgainAfterTheEndIsDropped() {
        putOff(TIMER);
        Kept kept = making();
        Arrival making = calls(kept);
        deferrals.close();
        assertThat(deferrals.putOff(making, FakeRepeat.recurring(TIMER), deferral(T), Duration.ZERO))
                .isFalse();
        isEnd(deferrals.over(making, RunOutcome.REFUSED), End.STOPPED);
        assertThat(deferrals.made(kept)).isFalse();
        assertThat(deferrals.kept()).isEmpty();
    }

    @Test
    void whatWasTakenOverAndIsRefusedAfterTheEndIsDropped() {
        putOff(TIMER);
        Arrival next = deferrals.arrive(TIMER);
        assertThat(deferrals.close()).isEmpty();
        isEnd(deferrals.over(next, RunOutcome.REFUSED), End.STOPPED, deferral(T));
        assertThat(deferrals.kept()).isEmpty();
    }

    @Test
    void whatWasTooEarlyIsDroppedAtTheEndThoughTheOtherComesToIts() {
        putOff(TIMER);
        Arrival making = calls(making());
        Arrival early = regular(TIMER);
        deferrals.putOff(early, FakeRepeat.recurring(TIMER), deferral(T.plusSeconds(60)), Duration.ZERO);
        deferrals.over(early, RunOutcome.DEFERRED);
        assertThat(deferrals.close()).extracting(Kept::deferral).containsExactly(deferral(T.plusSeconds(60)));
        isEnd(deferrals.over(making, RunOutcome.MADE_UP), End.MADE_UP);
        assertThat(deferrals.kept()).isEmpty();
    }
}
