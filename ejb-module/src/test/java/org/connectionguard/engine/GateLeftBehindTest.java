/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.connectionguard.DataSourceState;
import org.connectionguard.config.Settings;
import org.connectionguard.message.Reason;
import org.connectionguard.pool.Pools;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What becomes of a question that nobody waits for any more. In virtual time: it is asked when the test says so. */
@Timeout(60)
class GateLeftBehindTest extends GateFixture {
    private static final Settings AT_ONCE = Settings.DEFAULTS.withMaxWait(Duration.ZERO);

    private final Gate slow = gate(held::add);

    /** The question whose answer is still out; it comes when this is run. */
    private Runnable leaveOneBehind() {
        assertThat(reason(pass(slow, AT_ONCE))).isEqualTo(Reason.SILENT);
        assertThat(slow.stuck()).isEqualTo(1);
        return held.remove(0);
    }

    @Test
    void whoHadATimeoutAndNotMoreSaysThatThereIsSilence() {
        long start = time.nanos();
        Verdict verdict = pass(slow, AT_ONCE);
        assertThat(Duration.ofNanos(time.nanos() - start)).isEqualTo(VALIDATION);
        assertThat(reason(verdict)).isEqualTo(Reason.SILENT);
        assertThat(verdict.effort().waited()).isTrue();
        assertThat(told).containsExactly("unavailable silent", "stuck BORROWING 1");
    }

    @Test
    void whereNothingAnswersTheFirstTimeItIsSuspectOnly() {
        List<DataSourceState> states = new ArrayList<>();
        time.at(VALIDATION.plusMillis(1), () -> states.add(slow.state()));
        pass(slow, Settings.DEFAULTS);
        assertThat(states).containsExactly(DataSourceState.SUSPECT);
        assertThat(slow.state()).isEqualTo(DataSourceState.UNAVAILABLE);
    }

    @Test
    void aFitOneThatComesBackIsAsGoodAsAnyWhereNoBadNewsCameMeanwhile() {
        pool.with(1, false);
        Deadline nearlyUsed = Deadline.after(Duration.ZERO, time);
        time.pass(VALIDATION.dividedBy(2));
        slow.admit(target(), nearlyUsed, Optional.empty(), OptionalLong.empty());
        assertThat(slow.state()).isEqualTo(DataSourceState.SUSPECT);
        held.remove(0).run();
        assertThat(slow.state()).isEqualTo(DataSourceState.HEALTHY);
        assertThat(slow.stuck()).isZero();
    }

    @Test
    void theSilentConnectionOfOneThatIsLeftBehindIsAborted() {
        pool.with(1, false);
        FakePool.Physical silent = pool.idle.peek();
        Runnable question = leaveOneBehind();
        boolean[] interrupted = new boolean[1];
        silent.meanwhile = () -> {
            // Who watches over it would go on for as long as this lasts.
            time.at(VALIDATION.plusMillis(1), Thread.currentThread()::interrupt);
            held.remove(0).run();
            interrupted[0] = Thread.interrupted();
        };
        long start = time.nanos();
        question.run();
        assertThat(Duration.ofNanos(time.nanos() - start)).isEqualTo(VALIDATION.plusMillis(1));
        assertThat(interrupted[0]).isTrue();
        assertThat(silent.aborted).isTrue();
        assertThat(pool.destroyed).containsExactly(silent);
        assertThat(held).isEmpty();
        assertThat(slow.stuck()).isZero();
    }

    @Test
    void whereAnInterruptionEndsItNothingIsStuckButWhatItDidNotEnd() {
        Gate virtual = gate(new Threads() {
            @Override
            public void execute(Runnable task) {
                held.add(task);
            }

            @Override
            public boolean endWhenInterrupted() {
                return true;
            }
        });
        pass(virtual, AT_ONCE);
        assertThat(told).containsExactly("unavailable silent");
        time.pass(Duration.ofMinutes(1));
        pass(virtual, AT_ONCE);
        assertThat(told).containsExactly("unavailable silent", "stuck BORROWING 2");
    }

    @Test
    void anAnswerThatComesInTheLastMomentCounts() {
        pool.with(1, false);
        long end = time.nanos() + VALIDATION.toNanos();
        Gate late = new Gate(
                "java:x",
                held::add,
                Runnable::run,
                () -> {
                    if (time.nanos() - end >= 0 && !held.isEmpty()) {
                        held.remove(0).run();
                    }
                    return false;
                },
                time,
                new Pools(List.of(pool)),
                List.of());
        assertThat(pass(late, AT_ONCE)).isInstanceOf(Verdict.Live.class);
        assertThat(late.stuck()).isZero();
    }

    @Test
    void theSilenceBeginsWithTheLastAnswerOrWithTheFirstJobOfAll() {
        pool.with(1, true);
        pool.idle.peek().meanwhile = () -> time.pass(Duration.ofMillis(1500));
        boolean[] answered = new boolean[1];
        Gate falling = gate(task -> {
            if (answered[0]) {
                held.add(task);
            } else {
                answered[0] = true;
                task.run();
            }
        });
        time.pass(Duration.ofHours(1));
        pass(falling, Settings.DEFAULTS);
        time.pass(Duration.ofHours(1));
        pass(slow, Settings.DEFAULTS);
        assertThat(told)
                .filteredOn(each -> each.startsWith("waiting"))
                .containsExactly("waiting 1 for 2000 ms", "waiting 1 for 2000 ms");
    }

    /** Answers the first one at once, so that the pool is known; the others come when the test says so. */
    private Gate knowingItsPool() {
        boolean[] answered = new boolean[1];
        Gate made = gate(task -> {
            if (answered[0]) {
                held.add(task);
            } else {
                answered[0] = true;
                task.run();
            }
        });
        pool.with(1, false);
        assertThat(pass(made, AT_ONCE)).isInstanceOf(Verdict.Live.class);
        return made;
    }

    @Test
    void aPoolThatTheNetworkHoldsUpIsRelievedOnAThreadOfOurs() {
        Gate made = knowingItsPool();
        pool.heldUp = true;
        assertThat(reason(pass(made, AT_ONCE))).isEqualTo(Reason.SILENT);
        assertThat(pool.relieved).isZero();
        held.get(1).run();
        assertThat(pool.relieved).isEqualTo(1);
    }

    @Test
    void itIsRelievedAlsoWhileTheJobAsksBesideWhatIsLeftBehind() {
        Gate made = knowingItsPool();
        pool.heldUp = true;
        time.at(VALIDATION.plusMillis(1), () -> held.remove(1).run());
        time.at(MAX_WAIT.dividedBy(2), () -> pool.heldUp = true);
        pass(made, Settings.DEFAULTS);
        assertThat(pool.relieved).isEqualTo(1);
        assertThat(pool.heldUp).isTrue();
    }

    @Test
    void aPoolThatNothingHoldsUpIsLeftAlone() {
        Gate made = knowingItsPool();
        pass(made, AT_ONCE);
        assertThat(held).hasSize(1);
    }

    @Test
    void aGateThatIsClosedWhileSomethingIsOutStaysUsable() {
        pool.with(1, false);
        Runnable question = leaveOneBehind();
        slow.close();
        question.run();
        assertThat(slow.stuck()).isZero();
        assertThat(Thread.interrupted()).isFalse();
    }
}
