/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import javax.sql.DataSource;
import org.connectionguard.DataSourceState;
import org.connectionguard.config.Settings;
import org.connectionguard.message.Reason;
import org.connectionguard.testing.Stub;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Jobs that come while another one asks. In virtual time: the second one comes and goes in the midst of the first one's question. */
@Timeout(60)
class GateBesideTest extends GateFixture {
    private static final Settings AT_ONCE = Settings.DEFAULTS.withMaxWait(Duration.ZERO);

    private final List<Verdict> second = new ArrayList<>();

    /** Happens at each checkout, before the pool is asked. */
    private Runnable checkout = () -> {};

    private final DataSource hooked = Stub.of(DataSource.class, (method, arguments) -> {
        checkout.run();
        return pool.dataSource.getConnection();
    });

    /** Once: a pool that can hold so many has two idle ones, and the gate knows the pool. */
    private void learn(int capacity) {
        pool.with(2, false);
        pass();
        pool.capacity = OptionalInt.of(capacity);
    }

    /** What the second one does while the first one's connection is asked. */
    private void meanwhile(Runnable happens) {
        FakePool.Physical top = pool.idle.peek();
        top.meanwhile = () -> {
            top.meanwhile = () -> {};
            happens.run();
        };
    }

    private Runnable comes(Settings settings) {
        return () -> second.add(pass(gate, settings));
    }

    private Verdict passHooked() {
        return gate.admit(
                new Target("java:x", hooked, Settings.DEFAULTS),
                Deadline.after(MAX_WAIT, time),
                Optional.empty(),
                OptionalLong.empty());
    }

    private void assertPasses(boolean passes) {
        assertThat(second).hasSize(1);
        assertThat(second.get(0) instanceof Verdict.Live).isEqualTo(passes);
    }

    @ParameterizedTest
    @CsvSource({"2, true", "1, false"})
    void whoComesAsksAtOnceWhereThePoolHasAConnectionForHim(int capacity, boolean passes) {
        learn(capacity);
        meanwhile(comes(AT_ONCE));
        assertThat(pass()).isInstanceOf(Verdict.Live.class);
        assertPasses(passes);
        assertThat(pool.mostLent).isEqualTo(capacity);
    }

    @ParameterizedTest
    @CsvSource({"2, true", "1, false"})
    void whoIsOnHisWayToAConnectionWillNeedOneToo(int capacity, boolean passes) {
        learn(capacity);
        checkout = () -> {
            checkout = () -> {};
            comes(AT_ONCE).run();
        };
        assertThat(passHooked()).isInstanceOf(Verdict.Live.class);
        assertPasses(passes);
    }

    @Test
    void whereThePoolDoesNotSayWhatItHasTheyAskOneByOne() {
        learn(2);
        pool.capacity = OptionalInt.empty();
        meanwhile(comes(AT_ONCE));
        pass();
        assertPasses(false);
    }

    @Test
    void whileSomethingIsWrongTheyAskOneByOne() {
        learn(100);
        pool.canSweep = false;
        meanwhile(comes(AT_ONCE));
        pool.with(1, true);
        assertThat(pass()).isInstanceOf(Verdict.Live.class);
        assertPasses(false);
        assertThat(gate.state()).isEqualTo(DataSourceState.HEALTHY);
    }

    @Test
    void noMoreThanEightAskAtOnce() {
        learn(100);
        pool.idle.clear();
        pool.fresh = () -> {
            FakePool.Physical physical = new FakePool.Physical();
            physical.meanwhile = () -> {
                if (second.isEmpty()) {
                    comes(AT_ONCE).run();
                }
            };
            return physical;
        };
        pass();
        assertThat(pool.mostLent).isEqualTo(Gate.WIDTH);
        assertThat(second).hasSize(Gate.WIDTH);
        assertThat(second.get(0)).isInstanceOf(Verdict.Unavailable.class);
        assertThat(second.subList(1, Gate.WIDTH)).allMatch(Verdict.Live.class::isInstance);
    }

    @Test
    void whoCameFirstAsksFirst() {
        learn(1);
        meanwhile(() -> {
            time.at(Duration.ofMillis(50), () -> {
                assertThat(gate.waiting()).isEqualTo(1);
                pool.capacity = OptionalInt.of(100);
                comes(AT_ONCE).run();
            });
            assertThat(pass()).isInstanceOf(Verdict.Live.class);
        });
        pass();
        assertPasses(false);
        assertThat(gate.waiting()).isZero();
    }

    // Who waits.

    @ParameterizedTest
    @CsvSource({"0, 4100", "3000, 1100"})
    void whereNothingHasAnsweredForTwoTimeoutsOnlySoManyMayWait(long askedFor, long millis) {
        learn(1);
        List<Duration> waited = new ArrayList<>();
        meanwhile(() -> {
            time.pass(Duration.ofMillis(askedFor));
            long start = time.nanos();
            comes(Settings.DEFAULTS.withMaxWaitingJobs(1)).run();
            waited.add(Duration.ofNanos(time.nanos() - start));
        });
        assertThat(pass()).isInstanceOf(Verdict.Live.class);
        assertThat(waited).containsExactly(Duration.ofMillis(millis));
        assertThat(reason(second.get(0))).isEqualTo(Reason.CROWDED);
    }

    /** Eight jobs at once, the first connect of the day, and each of them passes without a guard. */
    @Test
    void aDatabaseThatIsSlowTurnsNobodyAway() {
        learn(1);
        meanwhile(() -> {
            time.at(Duration.ofSeconds(3), () -> pool.capacity = OptionalInt.of(100));
            comes(Settings.DEFAULTS.withMaxWaitingJobs(1)).run();
        });
        pass();
        assertPasses(true);
    }

    @Test
    void whoMayWaitWaitsUntilHisTimeIsOverAndHasWaited() {
        learn(1);
        long start = time.nanos();
        meanwhile(comes(Settings.DEFAULTS.withMaxWaitingJobs(2)));
        assertThat(pass().effort().waited()).isFalse();
        assertThat(Duration.ofNanos(time.nanos() - start)).isEqualTo(MAX_WAIT);
        assertThat(reason(second.get(0))).isEqualTo(Reason.NO_TIME);
        assertThat(second.get(0).effort().waited()).isTrue();
    }

    @Test
    void thoseBeforeHimInTheLineCountToo() {
        learn(1);
        meanwhile(() -> {
            time.at(Duration.ofMillis(50), comes(Settings.DEFAULTS.withMaxWaitingJobs(2)));
            pass();
        });
        pass();
        assertThat(reason(second.get(0))).isEqualTo(Reason.CROWDED);
    }

    // Who finds the pool exhausted.

    @Test
    void whoFindsThePoolExhaustedWhileAnotherOneAsksDoesNotAskAgainBeforeThatOneIsBack() {
        learn(100);
        meanwhile(() -> {
            pool.idle.clear();
            pool.outage = Optional.of(new SQLException("pool exhausted"));
            comes(AT_ONCE).run();
        });
        int before = pool.borrowed;
        assertThat(pass()).isInstanceOf(Verdict.Live.class);
        assertPasses(false);
        assertThat(pool.borrowed).isEqualTo(before + 2);
        assertThat(told).isEmpty();
    }

    @Test
    void whoFindsItExhaustedByOneThatIsBackAsksAgain() {
        learn(100);
        checkout = () -> {
            checkout = () -> pool.outage = Optional.empty();
            comes(AT_ONCE).run();
            pool.idle.clear();
            pool.outage = Optional.of(new SQLException("pool exhausted"));
        };
        assertThat(passHooked()).isInstanceOf(Verdict.Live.class);
        assertPasses(true);
        assertThat(told).isEmpty();
    }
}
