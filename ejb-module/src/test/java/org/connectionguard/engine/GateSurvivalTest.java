/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.ServiceConfigurationError;
import java.util.concurrent.RejectedExecutionException;
import javax.sql.DataSource;
import org.connectionguard.DataSourceState;
import org.connectionguard.config.Settings;
import org.connectionguard.message.Reason;
import org.connectionguard.pool.Pools;
import org.junit.jupiter.api.Test;

/** What drivers, pools and machines may do to a gate: it is shut by none of it, and keeps nothing. In virtual time. */
class GateSurvivalTest extends GateFixture {
    private static final Settings IMPATIENT = Settings.DEFAULTS.withMaxWait(Duration.ofMillis(50));

    private void assertHeals() {
        time.pass(Settings.DEFAULTS.maxBackoff());
        assertThat(pass(gate, IMPATIENT)).isInstanceOf(Verdict.Live.class);
        assertThat(pool.lent).isZero();
    }

    @Test
    void anErrorOutOfADriverIsAFailedAttempt() {
        pool.fresh = () -> {
            throw new ServiceConfigurationError("driver");
        };
        Verdict verdict = pass(gate, IMPATIENT);
        assertThat(reason(verdict)).isEqualTo(Reason.DOWN);
        assertThat(((Verdict.Unavailable) verdict).message()).contains("ServiceConfigurationError: driver");
        pool.fresh = FakePool.Physical::new;
        pool.lent = 0;
        assertHeals();
    }

    @Test
    void anErrorOutOfAValidationLeaksNoConnection() {
        pool.fresh = () -> {
            FakePool.Physical odd = new FakePool.Physical();
            odd.failure = Optional.of(new StackOverflowError());
            return odd;
        };
        assertThat(pass(gate, IMPATIENT)).isInstanceOf(Verdict.Unavailable.class);
        assertThat(pool.lent).isZero();
        pool.fresh = FakePool.Physical::new;
        assertHeals();
    }

    @Test
    void aThreadThatCannotBeStartedIsNoOutageAndTheJobTriesAgain() {
        boolean[] broken = {true};
        Gate starving = gate(task -> {
            if (broken[0]) {
                throw new OutOfMemoryError("unable to create native thread");
            }
            task.run();
        });
        Verdict verdict = pass(starving, IMPATIENT);
        assertThat(reason(verdict)).isEqualTo(Reason.NO_THREAD);
        assertThat(((Verdict.Unavailable) verdict).message()).contains("unable to create native thread");
        assertThat(starving.state()).isEqualTo(DataSourceState.HEALTHY);
        time.at(Duration.ofSeconds(1), () -> broken[0] = false);
        assertThat(pass(starving, Settings.DEFAULTS)).isInstanceOf(Verdict.Live.class);
    }

    @Test
    void anErrorOfTheJobsThreadWhileItWaitsShutsNothing() {
        boolean[] failing = {true};
        Gate gate = new Gate(
                "java:x",
                task -> {
                    if (failing[0]) {
                        held.add(task);
                    } else {
                        task.run();
                    }
                },
                spared::add,
                () -> {
                    if (failing[0]) {
                        throw new OutOfMemoryError("Java heap space");
                    }
                    return false;
                },
                time,
                new Pools(List.of(pool)),
                List.of());
        assertThatThrownBy(() -> pass(gate, IMPATIENT)).isInstanceOf(OutOfMemoryError.class);
        assertThat(gate.stuck()).isEqualTo(1);
        failing[0] = false;
        assertThat(pass(gate, IMPATIENT)).isInstanceOf(Verdict.Live.class);
        held.forEach(Runnable::run);
        assertThat(gate.stuck()).isZero();
        assertThat(pool.lent).isZero();
    }

    @Test
    void whoComesAfterTheEndGetsAVerdict() {
        Gate closed = gate(task -> {
            throw new RejectedExecutionException("closed");
        });
        stopped = true;
        assertThat(reason(pass(closed, Settings.DEFAULTS))).isEqualTo(Reason.STOPPED);
        closed.bodyFailed(target(), new SQLException("gone", "08S01"));
        assertThat(told).containsExactly("lost");
    }

    @Test
    void aClosedGuardTurnsJobsAwayForGood() {
        Guard guard = new Guard(List.of(), Time.SYSTEM);
        guard.gate(target());
        guard.close();
        guard.resume();
        for (DataSource dataSource : List.of(pool.dataSource, new FakePool().dataSource)) {
            Target target = new Target("java:x", dataSource, Settings.DEFAULTS);
            Verdict verdict = guard.gate(target)
                    .admit(target, guard.deadline(Duration.ofSeconds(30)), Optional.empty(), OptionalLong.empty());
            assertThat(reason(verdict)).isEqualTo(Reason.STOPPED);
        }
        guard.bodyFailed(List.of(target()), new SQLException("gone", "08S01"));
    }

    @Test
    void aListenersErrorHurtsNobody() {
        GuardListener bad = event -> {
            throw new AssertionError("A listener that is wrong");
        };
        Gate heard = new Gate(
                "java:x", Runnable::run, Runnable::run, () -> false, time, new Pools(List.of(pool)), List.of(bad));
        assertThat(pass(heard, Settings.DEFAULTS)).isInstanceOf(Verdict.Live.class);
    }

    @Test
    void anAbortThatThrowsIsNobodysTrouble() {
        Gate unknown = gate(Runnable::run, List.of());
        DataSource old = proxy(DataSource.class, "getConnection", proxy(Connection.class, "isValid", false));
        Target target = new Target("java:x", old, IMPATIENT);
        Verdict verdict = unknown.admit(
                target, Deadline.after(IMPATIENT.maxWait(), time), Optional.empty(), OptionalLong.empty());
        assertThat(reason(verdict)).isEqualTo(Reason.UNFIT);
    }

    /** Answers one method, and has not got the others. */
    private static <T> T proxy(Class<T> type, String name, Object answer) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> switch (method.getName()) {
                    case "hashCode" -> System.identityHashCode(proxy);
                    case "equals" -> proxy == arguments[0];
                    case "close" -> null;
                    default -> {
                        if (method.getName().equals(name)) {
                            yield answer;
                        }
                        throw new AbstractMethodError(method.getName());
                    }
                }));
    }
}
