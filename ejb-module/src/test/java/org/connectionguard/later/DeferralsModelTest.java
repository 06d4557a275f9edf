/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.later;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.function.Function;
import javax.sql.DataSource;
import org.connectionguard.GuardEvent.DeferralEnded.End;
import org.connectionguard.RunOutcome;
import org.connectionguard.config.Settings;
import org.connectionguard.engine.Target;
import org.connectionguard.engine.Time;
import org.connectionguard.interleaving.AllInterleavings;
import org.connectionguard.interleaving.Schedule;
import org.connectionguard.later.Arrival.Kind;
import org.connectionguard.later.Deferrals.Ended;
import org.connectionguard.server.Repeat;
import org.connectionguard.testing.Stub;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What is put off, in every order in which the threads may run that call timers, look after what waits, and make it up. Time
 * passes only when nobody can go on: then "no time has passed" means that nobody was forgotten until his pause was over.
 */
@Tag("model")
@ExtendWith(AllInterleavings.class)
class DeferralsModelTest {
    private static final Instant T = Instant.parse("2026-11-27T02:00:00Z");
    private static final String TIMER = "nightly";

    /** The clock of the schedule. */
    private static final Time TIME = new Time() {
        @Override
        public long nanos() {
            return Schedule.current().nanos();
        }

        @Override
        public void await(Condition condition, long nanos) throws InterruptedException {
            condition.awaitNanos(nanos);
        }

        @Override
        public double random() {
            return 0.5;
        }
    };

    /** What a call of a timer finds, and does. */
    private enum Finds {
        THE_DATABASE,
        NO_DATABASE,
        A_BODY_THAT_FAILS
    }

    private final Schedule schedule = Schedule.current();
    private final DataSource dataSource = Stub.of(DataSource.class, (method, arguments) -> null);
    private final Target target = new Target("java:x", dataSource, Settings.DEFAULTS);
    private int atOnce = 1;
    private final Deferrals deferrals = new Deferrals(TIME, atOnce, Duration.ZERO);

    /** The way by which a call of a timer is kept. */
    private Function<String, Repeat> repeats = FakeRepeat::recurring;

    /** Of which timers a body runs. */
    private final Set<Object> running = new HashSet<>();

    private int makingUp;
    private int mostMakingUp;

    /** How many expirations were put off, and how many of these have come to which end. */
    private int putOff;

    private int over;
    private final List<End> ends = new ArrayList<>();
    private int bodies;

    /** Threads that are at work beside the test's. */
    private int scouts;

    private int makers;
    private int reminders;

    /** What the next calls find that make up; then the database. */
    private final List<Finds> makersFind = new ArrayList<>();

    private Schedule.Participant timer(String timer, Finds... calls) {
        return schedule.start(timer, () -> {
            for (Finds finds : calls) {
                call(timer, finds);
            }
        });
    }

    /** A call, as it comes to the guard. */
    private void call(String timer, Finds finds) {
        call(timer, timer, finds);
    }

    private void call(String job, Object timer, Finds finds) {
        Arrival arrival = deferrals.arrive(timer);
        RunOutcome outcome = switch (arrival.kind()) {
            case NEEDLESS -> RunOutcome.DEFERRED;
            case TOO_EARLY -> putOff(arrival, job);
            case FRESH, TAKES_OVER, MAKES_UP ->
                finds == Finds.NO_DATABASE ? putOff(arrival, job) : body(arrival, job, finds);
        };
        deferrals.over(arrival, outcome).ifPresent(this::end);
        lookAfterAll();
    }

    private RunOutcome putOff(Arrival arrival, String job) {
        schedule.pause("question");
        boolean another = arrival.kind() != Kind.MAKES_UP;
        Deferral deferral = new Deferral(job, target, T, 1, Instant.MAX, Optional.empty());
        if (deferrals.putOff(arrival, repeats.apply(job), deferral, Duration.ZERO)) {
            putOff += another ? 1 : 0;
            return RunOutcome.DEFERRED;
        }
        return RunOutcome.REFUSED;
    }

    private RunOutcome body(Arrival arrival, String job, Finds finds) {
        boolean makesUp = arrival.kind() == Kind.MAKES_UP;
        assertThat(running.add(job)).as("the only body of its timer").isTrue();
        makingUp += makesUp ? 1 : 0;
        mostMakingUp = Math.max(mostMakingUp, makingUp);
        schedule.pause("body");
        running.remove(job);
        makingUp -= makesUp ? 1 : 0;
        if (finds == Finds.A_BODY_THAT_FAILS) {
            return RunOutcome.FAILED;
        }
        bodies++;
        return makesUp ? RunOutcome.MADE_UP : RunOutcome.RAN;
    }

    private void end(Ended ended) {
        ends.add(ended.end());
        over += ended.deferral().expirations();
    }

    private void lookAfterAll() {
        deferrals.kept().forEach(deferral -> {
            if (deferrals.beginsScouting(dataSource)) {
                scouts++;
                schedule.start("scout", () -> {
                    scout();
                    scouts--;
                });
            }
        });
    }

    private void scout() throws InterruptedException {
        while (deferrals.await(dataSource).isPresent()) {
            deferrals.sortOut(T).forEach(this::end);
            if (renewals > 0) {
                renewals--;
                deferrals.fading(dataSource).ifPresent(this::renew);
            }
            deferrals.claim(dataSource).ifPresent(this::start);
        }
    }

    private void start(Kept kept) {
        makers++;
        schedule.start("maker", () -> {
            make(kept);
            makers--;
        });
    }

    private void make(Kept kept) {
        if (kept.repeat().isCalledByContainer()) {
            handOver(kept);
            return;
        }
        boolean again = true;
        while (again && deferrals.makes(kept)) {
            call(kept.deferral().job(), kept.repeat().timer(), makersNext());
            again = deferrals.made(kept);
        }
        deferrals.left(kept).ifPresent(this::end);
    }

    private Finds makersNext() {
        return makersFind.isEmpty() ? Finds.THE_DATABASE : makersFind.remove(0);
    }

    /** Timers that the container keeps in the place of others. */
    private final Set<Object> standIns = new HashSet<>();

    /** How many of them are renewed. */
    private int renewals;

    /** As {@link MakingUp} does. */
    private void renew(Kept kept) {
        if (!standIns.remove(kept.repeat().timer())) {
            Optional<Ended> gone = deferrals.gone(kept);
            gone.ifPresent(this::end);
            if (gone.isPresent()) {
                return;
            }
        }
        schedule.pause("renewal");
        keepOn(kept);
    }

    private void keepOn(Kept kept) {
        Object next = new Object();
        standIns.add(next);
        if (!deferrals.renewed(kept, FakeRepeat.standIn(next))) {
            standIns.remove(next);
        }
    }

    /** The container calls the first one, at whatever time, should it still be there. */
    private Repeat remindingStandIn(String job) {
        Object standIn = new Object();
        standIns.add(standIn);
        reminders++;
        schedule.start("reminder", () -> {
            if (standIns.remove(standIn)) {
                remind(job, standIn);
            }
            reminders--;
        });
        return FakeRepeat.standIn(standIn);
    }

    private void handOver(Kept kept) {
        if (!standIns.remove(kept.repeat().timer())) {
            Optional<Ended> gone = deferrals.gone(kept);
            gone.ifPresent(this::end);
            if (gone.isPresent()) {
                return;
            }
        }
        Object second = new Object();
        deferrals.handedOver(kept, second);
        call(kept.deferral().job(), second, makersNext());
    }

    private void awaitEnd(Schedule.Participant... others) {
        schedule.join(others);
        schedule.await(
                "the end of all that was put off",
                () -> putOff == over && scouts == 0 && makers == 0 && reminders == 0);
        assertThat(deferrals.kept()).isEmpty();
        assertThat(mostMakingUp).isLessThanOrEqualTo(atOnce);
    }

    private void assertNoTimeHasPassed() {
        assertThat(schedule.hasTimePassed()).as("time has passed").isFalse();
    }

    @Test
    void aRunThatWasPutOffIsMadeUpOnce() {
        awaitEnd(timer(TIMER, Finds.NO_DATABASE));
        assertThat(ends).containsExactly(End.MADE_UP);
        assertThat(bodies).isEqualTo(1);
        assertNoTimeHasPassed();
    }

    @Test
    void theTimersNextCallsRunBesideNothing() {
        awaitEnd(timer(TIMER, Finds.NO_DATABASE, Finds.THE_DATABASE, Finds.THE_DATABASE));
        assertThat(bodies).isBetween(2, 3);
        assertNoTimeHasPassed();
    }

    @Test
    void howeverManyArePutOffMeanwhileAllOfThemEnd() {
        awaitEnd(timer(TIMER, Finds.NO_DATABASE, Finds.NO_DATABASE, Finds.NO_DATABASE));
        assertThat(putOff).isEqualTo(3);
        assertThat(ends).contains(End.MADE_UP).allMatch(End.MADE_UP::equals);
        assertThat(bodies).isEqualTo(ends.size());
        assertNoTimeHasPassed();
    }

    @Test
    void whatIsPutOffAgainWhileItIsMadeUpIsMadeUpInTheEnd() {
        makersFind.add(Finds.NO_DATABASE);
        awaitEnd(timer(TIMER, Finds.NO_DATABASE, Finds.NO_DATABASE));
        assertThat(putOff).isEqualTo(2);
        assertThat(bodies).isEqualTo(ends.size());
        assertNoTimeHasPassed();
    }

    @Test
    void aBodyThatFailsIsCalledOnceMoreAndNoMore() {
        makersFind.add(Finds.A_BODY_THAT_FAILS);
        makersFind.add(Finds.A_BODY_THAT_FAILS);
        awaitEnd(timer(TIMER, Finds.NO_DATABASE, Finds.NO_DATABASE));
        assertThat(putOff).isEqualTo(2);
        assertThat(ends.stream().filter(End.FAILED::equals).count()).isLessThanOrEqualTo(1);
        assertNoTimeHasPassed();
    }

    @Test
    void ofSeveralTimersOnlySoManyAreMadeUpAtOnce() {
        awaitEnd(
                timer("one", Finds.NO_DATABASE),
                timer("two", Finds.NO_DATABASE),
                timer("three", Finds.NO_DATABASE, Finds.THE_DATABASE));
        assertThat(putOff).isGreaterThanOrEqualTo(3);
        assertNoTimeHasPassed();
    }

    @Test
    void whateverHappensAtTheEndEachOneIsToldOnce() {
        makersFind.add(schedule.either() ? Finds.NO_DATABASE : Finds.A_BODY_THAT_FAILS);
        Schedule.Participant timers =
                timer(TIMER, Finds.NO_DATABASE, Finds.NO_DATABASE, Finds.THE_DATABASE, Finds.NO_DATABASE);
        Schedule.Participant undeployment = schedule.start("undeployment", () -> {
            if (schedule.either()) {
                schedule.await("a maker", () -> makers > 0 || timers.hasEnded());
            }
            deferrals.close().forEach(kept -> end(new Ended(kept, End.STOPPED)));
        });
        awaitEnd(timers, undeployment);
        assertNoTimeHasPassed();
    }

    @Test
    void whatTheContainerKeepsIsMadeUpOnceThoughItRemindsOfIt() {
        repeats = this::remindingStandIn;
        awaitEnd(timer(TIMER, Finds.NO_DATABASE));
        assertThat(bodies).isEqualTo(1);
        assertNoTimeHasPassed();
    }

    @Test
    void whatTheContainerKeepsIsMadeUpOnceThoughItIsRenewed() {
        renewals = 1;
        repeats = this::remindingStandIn;
        awaitEnd(timer(TIMER, Finds.NO_DATABASE));
        assertThat(bodies).isEqualTo(1);
    }

    /** As after a transaction that was rolled back: the call had returned, and its run was kept. */
    @Test
    void aCallThatTheContainerRepeatsIsTheMakingUpUnlessAnotherTimersIs() {
        repeats = job -> {
            Object standIn = new Object();
            standIns.add(standIn);
            return FakeRepeat.standIn(standIn);
        };
        awaitEnd(timer(TIMER, Finds.NO_DATABASE, Finds.THE_DATABASE));
        assertThat(bodies).isEqualTo(1);
        assertNoTimeHasPassed();
    }

    @Test
    void soItIsWhereItIsPutOffOnceMore() {
        repeats = job -> {
            Object standIn = new Object();
            standIns.add(standIn);
            return FakeRepeat.standIn(standIn);
        };
        awaitEnd(timer(TIMER, Finds.NO_DATABASE, Finds.NO_DATABASE));
        assertThat(bodies).isEqualTo(1);
        assertNoTimeHasPassed();
    }

    /** As {@link Later} does. */
    private void remind(String job, Object standIn) {
        Optional<Kept> reminded = deferrals.reminded(standIn);
        if (reminded.isPresent()) {
            keepOn(reminded.get());
        } else {
            call(job, standIn, Finds.THE_DATABASE);
        }
    }
}
