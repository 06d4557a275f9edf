/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.Executor;
import org.connectionguard.DataSourceState;
import org.connectionguard.config.Settings;
import org.connectionguard.message.Reason;
import org.connectionguard.pool.Pools;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of a question that nobody waits for any more. In virtual time: it is asked when the test says so. */
@Timeout(60)
class GateLeftBehindTest extends GateFixture {
    private static final Settings AT_ONCE = Settings.DEFAULTS.withMaxWait(Duration.ZERO);

    private final Gate slow = gate(held::add);

    /** As virtual threads are. */
    private record Virtual(Executor executor) implements Threads {
        @Override
        public void execute(Runnable task) {
            executor.execute(task);
        }

        @Override
        public boolean endWhenInterrupted() {
            return true;
        }
    }

    private static void begin(Runnable task) {
        if (task instanceof Probe probe) {
            probe.question().begin();
        }
    }

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
            spared.remove(0).run();
            interrupted[0] = Thread.interrupted();
            spared.remove(0).run();
        };
        long start = time.nanos();
        question.run();
        assertThat(Duration.ofNanos(time.nanos() - start)).isEqualTo(VALIDATION.plusMillis(1));
        assertThat(interrupted[0]).isTrue();
        assertThat(silent.aborted).isTrue();
        assertThat(pool.destroyed).containsExactly(silent);
        assertThat(held).isEmpty();
        assertThat(spared).isEmpty();
        assertThat(slow.stuck()).isZero();
    }

    @Test
    void soIsOneThatItsServerDoesNotLetGo() {
        pool.with(1, false);
        FakePool.Physical idle = pool.idle.peek();
        idle.autoCommit = false;
        Runnable question = leaveOneBehind();
        pool.returning = () -> {
            pool.returning = () -> {};
            time.at(VALIDATION.plusMillis(1), Thread.currentThread()::interrupt);
            spared.remove(0).run();
            assertThat(Thread.interrupted()).isTrue();
            spared.remove(0).run();
        };
        question.run();
        assertThat(idle.aborted).isTrue();
        assertThat(pool.destroyed).containsExactly(idle);
        assertThat(slow.stuck()).isZero();
    }

    /** Else a database that is silent once takes the pool from everybody, with or without a guard. */
    @ParameterizedTest
    @CsvSource({"1, 1", "2, 5"})
    void theLastPlaceOfAPoolIsNotAskedForBesideWhatMayNeverReturn(int free, int attempts) {
        Gate made = knowingItsPool();
        pool.capacity = OptionalInt.of(free);
        assertThat(reason(pass(made, Settings.DEFAULTS))).isEqualTo(Reason.SILENT);
        assertThat(held).hasSize(attempts);
        // The next job asks for it, as it would without a guard.
        time.pass(Duration.ofMinutes(1));
        assertThat(reason(pass(made, AT_ONCE))).isEqualTo(Reason.SILENT);
        assertThat(held).hasSize(attempts + 1);
    }

    /** Each keeps a thread and a place; the silences of years must not add up to all that there are. */
    @Test
    void besideVeryManyAJobAsksOnceAsItWouldWithoutAGuard() {
        pool.with(1, false);
        boolean[] silent = new boolean[1];
        Gate changing = holdingWhile(silent);
        for (int silence = 0; silence < LeftBehind.MANY; silence++) {
            silent[0] = true;
            assertThat(reason(pass(changing, AT_ONCE))).isEqualTo(Reason.SILENT);
            silent[0] = false;
            assertThat(pass(changing, Settings.DEFAULTS)).isInstanceOf(Verdict.Live.class);
        }
        silent[0] = true;
        assertThat(reason(pass(changing, Settings.DEFAULTS))).isEqualTo(Reason.SILENT);
        assertThat(held).hasSize(LeftBehind.MANY + 1);
    }

    @Test
    void whereAnInterruptionEndsItNothingIsStuckButWhatItDidNotEnd() {
        Gate virtual = gate(new Virtual(task -> {
            held.add(task);
            begin(task);
        }));
        pass(virtual, AT_ONCE);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(told).containsExactly("unavailable silent");
        time.pass(Duration.ofMinutes(1));
        pass(virtual, AT_ONCE);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(told).containsExactly("unavailable silent", "stuck BORROWING 2");
    }

    /** Something else holds all carriers: the database is well. */
    @Test
    void whereNoVirtualThreadComesToAskAPlatformThreadDoes() {
        Gate virtual = gate(new Virtual(held::add));
        spare = Runnable::run;
        long start = time.nanos();
        assertThat(pass(virtual, Settings.DEFAULTS)).isInstanceOf(Verdict.Live.class);
        assertThat(Duration.ofNanos(time.nanos() - start)).isEqualTo(VALIDATION);
        spare = spared::add;
        held.forEach(Runnable::run);
        assertThat(virtual.stuck()).isZero();
        assertThat(pool.lent).isZero();
    }

    /** Where it does not return either, it stays, on each Java: so one asks beside it as few times as on Java 17. */
    @Test
    void thatPlatformThreadIsNotInterruptible() {
        pool.with(1, false);
        boolean[] silent = new boolean[1];
        Gate virtual = gate(new Virtual(heldWhile(silent)));
        assertThat(pass(virtual, AT_ONCE)).isInstanceOf(Verdict.Live.class);
        pool.capacity = OptionalInt.of(1);
        silent[0] = true;
        spare = task -> {
            spared.add(task);
            begin(task);
        };
        assertThat(reason(pass(virtual, Settings.DEFAULTS))).isEqualTo(Reason.SILENT);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(spared.stream().filter(Probe.class::isInstance)).hasSize(1);
        assertThat(told).last().asString().startsWith("stuck");
    }

    @Test
    void whoHasNoTimeForThatIsToldThatThereIsNoThreadAndNotThatThereIsSilence() {
        Gate virtual = gate(new Virtual(held::add));
        Verdict verdict = pass(virtual, AT_ONCE);
        assertThat(reason(verdict)).isEqualTo(Reason.NO_THREAD);
        assertThat(((Verdict.Unavailable) verdict).message()).contains("carriers");
        assertThat(virtual.state()).isEqualTo(DataSourceState.HEALTHY);
        assertThat(told).isEmpty();
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
        boolean[] silent = new boolean[1];
        Gate made = holdingWhile(silent);
        pool.with(1, false);
        assertThat(pass(made, AT_ONCE)).isInstanceOf(Verdict.Live.class);
        silent[0] = true;
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

    /** Each relief is a thread for as long as the network likes. */
    @Test
    void theLongerTheSilenceTheRarerItIsRelieved() {
        boolean[] silent = {false};
        Gate made = gate(task -> {
            if (task instanceof Probe && silent[0]) {
                held.add(task);
            } else {
                task.run();
            }
        });
        pool.with(1, false);
        pass(made, AT_ONCE);
        pool.idle.clear();
        silent[0] = true;
        long start = time.nanos();
        while (time.nanos() - start < Duration.ofHours(2).toNanos()) {
            pool.heldUp = true;
            pass(made, Settings.DEFAULTS);
            // As Agroal's borrowers do on each Java, when they are interrupted.
            pool.outage = Optional.of(REFUSED);
            held.forEach(Runnable::run);
            held.clear();
            time.pass(Duration.ofSeconds(10));
        }
        assertThat(pool.relieved).isBetween(8, 14);
        pool.outage = Optional.empty();
        silent[0] = false;
        assertThat(pass(made, Settings.DEFAULTS)).isInstanceOf(Verdict.Live.class);
        silent[0] = true;
        int before = pool.relieved;
        pool.heldUp = true;
        pass(made, AT_ONCE);
        assertThat(pool.relieved).isEqualTo(before + 1);
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
