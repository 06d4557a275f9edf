/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.connectionguard.DataSourceState;
import org.connectionguard.engine.Health.OwnFaults;
import org.connectionguard.engine.Outcome.Fault;
import org.connectionguard.engine.Outcome.Finding;
import org.connectionguard.engine.Outcome.Origin;
import org.connectionguard.message.Reason;
import org.connectionguard.pool.PoolControl;
import org.connectionguard.testing.Stub;
import org.junit.jupiter.api.Test;

/** What counts for the gate, and what is told of it. */
class StandingTest extends VisitFixture {
    private static final Trouble GONE = Trouble.of(Reason.DOWN, "gone");

    private final List<String> told = new ArrayList<>();
    private final Announcements announcements =
            new Announcements(new SafeListener(List.of(event -> told.add(withoutTime(event.toString())))));
    private final Health health = new Health(time);
    private final Standing standing = new Standing("java:x", health, announcements, time);

    private static String withoutTime(String event) {
        return event.replaceAll("at=[^,]*, dataSource=java:x, ", "");
    }

    private List<String> told() {
        announcements.tellAll();
        List<String> since = List.copyOf(told);
        told.clear();
        return since;
    }

    /** One that is asked in the present era. */
    private Probe asked() {
        era = standing.era();
        return probe();
    }

    private static Outcome.Fit fit(Finding finding) {
        return new Outcome.Fit(true, Duration.ofMillis(5).toNanos(), false, finding);
    }

    private static Outcome.Unfit unfit(Fault.Kind kind) {
        return new Outcome.Unfit(
                new Fault(kind, "why"), true, Duration.ofMillis(5).toNanos());
    }

    private static Finding from(Origin origin) {
        return new Finding(Optional.empty(), true, Optional.empty(), Optional.of(origin));
    }

    private void assertState(DataSourceState state) {
        assertThat(health.state()).isEqualTo(state);
    }

    @Test
    void aStateIsToldOnceAndEachQuestionWithItsTime() {
        standing.fits(asked(), fit(Finding.NOTHING));
        assertThat(told()).containsExactly("StateChanged[state=HEALTHY]", "Validated[result=ALIVE, duration=PT0.005S]");
        standing.fits(asked(), fit(Finding.NOTHING));
        assertThat(told()).containsExactly("Validated[result=ALIVE, duration=PT0.005S]");
    }

    @Test
    void whatWasNotAskedSaysNothing() {
        standing.suspect();
        told();
        standing.fits(asked(), new Outcome.Fit(false, 0, false, Finding.NOTHING));
        assertThat(told()).isEmpty();
        assertState(DataSourceState.SUSPECT);
    }

    @Test
    void aDeadOneEndsTheEraAndIsTold() {
        Probe probe = asked();
        standing.isUnfit(probe, unfit(Fault.Kind.DEAD));
        assertThat(told())
                .containsExactly(
                        "Validated[result=DEAD, duration=PT0.005S]",
                        "Evicted[cause=DEAD, why=why, siblings=true]",
                        "StateChanged[state=SUSPECT]");
        assertThat(standing.era()).isNotEqualTo(probe.era());
        assertState(DataSourceState.SUSPECT);
    }

    @Test
    void aFaultOfItsOwnIsToldAndSaysNothingOfTheDatabase() {
        Probe probe = asked();
        for (int i = 0; i < 3; i++) {
            standing.isUnfit(probe, unfit(Fault.Kind.AGED));
        }
        assertThat(told()).containsOnly("Evicted[cause=AGED, why=why, siblings=true]");
        assertThat(standing.era()).isEqualTo(probe.era());
        assertState(DataSourceState.HEALTHY);
        assertThat(health.ownFaults()).isEqualTo(OwnFaults.SWEEP);
        standing.fits(asked(), fit(new Finding(Optional.empty(), false, Optional.empty(), Optional.empty())));
        assertThat(health.ownFaults()).isEqualTo(OwnFaults.SWEEP);
        standing.fits(asked(), fit(new Finding(Optional.empty(), true, Optional.empty(), Optional.empty())));
        assertThat(health.ownFaults()).isEqualTo(OwnFaults.EVICT);
    }

    @Test
    void whatWasAskedBeforeTheLastBadNewsSaysNothing() {
        Probe old = asked();
        standing.suspect();
        standing.fits(asked(), fit(Finding.NOTHING));
        told();
        long present = standing.era();
        standing.fits(old, fit(Finding.NOTHING));
        standing.isUnfit(old, unfit(Fault.Kind.DEAD));
        standing.fails(old, GONE);
        standing.endEra(old);
        assertThat(standing.era()).isEqualTo(present);
        assertState(DataSourceState.HEALTHY);
        assertThat(told())
                .containsExactly(
                        "Validated[result=ALIVE, duration=PT0.005S]",
                        "Validated[result=DEAD, duration=PT0.005S]",
                        "Evicted[cause=DEAD, why=why, siblings=true]");
    }

    @Test
    void noEraComesBack() {
        Probe first = asked();
        standing.suspect();
        standing.fails(asked(), GONE);
        standing.fits(first, fit(Finding.NOTHING));
        assertState(DataSourceState.UNAVAILABLE);
        assertThat(told())
                .containsExactly(
                        "StateChanged[state=SUSPECT]",
                        "OutageBegan[reason=down, detail=gone]",
                        "StateChanged[state=UNAVAILABLE]",
                        "Validated[result=ALIVE, duration=PT0.005S]");
    }

    @Test
    void whoBroughtTheBadNewsCountsThoughItsEraIsOver() {
        Probe herald = asked();
        standing.endEra(herald);
        standing.fits(asked(), fit(Finding.NOTHING));
        assertState(DataSourceState.HEALTHY);
        told();
        long present = standing.era();
        standing.isUnfit(herald, unfit(Fault.Kind.DEAD));
        assertState(DataSourceState.SUSPECT);
        assertThat(told()).contains("StateChanged[state=SUSPECT]");
        assertThat(standing.era()).isEqualTo(present);
    }

    @Test
    void whatComesBackDeadThoughLeftBehindIsNewsWheneverItWasAsked() {
        Probe old = asked();
        standing.suspect();
        standing.fits(asked(), fit(Finding.NOTHING));
        told();
        long present = standing.era();
        standing.cameBackUnfit(old, unfit(Fault.Kind.AGED));
        assertThat(standing.era()).isEqualTo(present);
        assertState(DataSourceState.HEALTHY);
        standing.cameBackUnfit(old, unfit(Fault.Kind.DEAD));
        assertThat(standing.era()).isNotEqualTo(present);
        assertState(DataSourceState.SUSPECT);
        assertThat(told()).endsWith("StateChanged[state=SUSPECT]");
    }

    @Test
    void anOutageIsToldOnceAndHowItEnded() {
        standing.fails(asked(), GONE);
        time.pass(Duration.ofSeconds(2));
        standing.fails(asked(), GONE);
        time.pass(Duration.ofSeconds(1));
        standing.fits(asked(), fit(Finding.NOTHING));
        assertThat(told())
                .containsExactly(
                        "OutageBegan[reason=down, detail=gone]",
                        "StateChanged[state=UNAVAILABLE]",
                        "OutageEnded[reason=down, duration=PT3S, attempts=2]",
                        "StateChanged[state=BACK]",
                        "Validated[result=ALIVE, duration=PT0.005S]");
    }

    @Test
    void silenceIsToldOnceAndHowItEndedUnlessItIsAnOutageAnyway() {
        long since = time.nanos();
        time.pass(Duration.ofSeconds(2));
        standing.waits(3, since);
        standing.waits(4, since);
        time.pass(Duration.ofSeconds(1));
        standing.fits(asked(), fit(Finding.NOTHING));
        standing.fits(asked(), fit(Finding.NOTHING));
        assertThat(told())
                .containsExactly(
                        "JobsWaiting[jobs=3, silence=PT2S]",
                        "OutageEnded[reason=silent, duration=PT3S, attempts=0]",
                        "StateChanged[state=HEALTHY]",
                        "Validated[result=ALIVE, duration=PT0.005S]",
                        "Validated[result=ALIVE, duration=PT0.005S]");
        standing.fails(asked(), GONE);
        told();
        standing.waits(3, since);
        assertThat(told()).isEmpty();
    }

    @Test
    void slownessMakesItSuspectAndEndsNoEra() {
        long present = standing.era();
        standing.slows();
        assertState(DataSourceState.SUSPECT);
        assertThat(standing.era()).isEqualTo(present);
        assertThat(told()).containsExactly("StateChanged[state=SUSPECT]");
    }

    @Test
    void whereConnectionsComeFromIsLearntOnce() {
        PoolControl control = Stub.of(PoolControl.class, (method, arguments) -> null);
        assertThat(standing.isLearnt()).isFalse();
        standing.learn(Finding.NOTHING);
        assertThat(standing.isLearnt()).isFalse();
        standing.learn(from(new Origin("a.Handle", true, Optional.of(control))));
        assertThat(standing.isLearnt()).isTrue();
        standing.learn(from(new Origin("another.Handle", false, Optional.empty())));
        assertThat(standing.control()).contains(control);
        assertThat(told()).isEmpty();
    }

    @Test
    void ofAPoolThatNobodyKnowsTheHandleIsTold() {
        standing.learn(from(new Origin("a.Handle", false, Optional.empty())));
        assertThat(standing.control()).isEmpty();
        assertThat(told()).containsExactly("Noted[kind=UNKNOWN_POOL, detail=a.Handle]");
    }
}
