/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.ejb.NoMoreTimeoutsException;
import jakarta.ejb.NoSuchObjectLocalException;
import jakarta.ejb.ScheduleExpression;
import jakarta.ejb.Timer;
import jakarta.ejb.TimerHandle;
import java.io.IOException;
import java.io.Serializable;
import java.util.Date;
import org.connectionguard.testing.Stub;
import org.jboss.as.ejb3.timerservice.spi.ManagedTimer;
import org.junit.jupiter.api.Test;

class InvocationTest {
    private final Date next = new Date();

    private static Invocation of(Stub.Answer answer) {
        return Invocation.of(Stub.of(ManagedTimer.class, answer)).orElseThrow();
    }

    private Invocation recurring(Stub.Answer otherwise) {
        return of((method, arguments) -> method.equals("getNextTimeout") ? next : otherwise.to(method, arguments));
    }

    private Invocation last(Stub.Answer otherwise) {
        return of((method, arguments) -> {
            if (method.equals("getNextTimeout")) {
                throw new NoMoreTimeoutsException();
            }
            return otherwise.to(method, arguments);
        });
    }

    @Test
    void aTimerOfAnotherServersCannotBeCalled() {
        assertThat(Invocation.of(Stub.of(Timer.class, (method, arguments) -> next)))
                .isEmpty();
    }

    @Test
    void onWildFlyItIsCalledByItsOwnMethod() throws Exception {
        int[] calls = new int[1];
        Invocation invocation = recurring((method, arguments) -> {
            assertThat(method).isEqualTo("invoke");
            calls[0]++;
            return null;
        });
        invocation.call();
        invocation.call();
        assertThat(calls[0]).isEqualTo(2);
        assertThat(invocation.isCalledByContainer()).isFalse();
    }

    @Test
    void whatTheTimersClassInheritsItCanDoToo() {
        Timer timer = new OfWildFly();
        Invocation invocation = Invocation.of(timer).orElseThrow();
        assertThat(invocation.timer()).isSameAs(timer);
        assertThatThrownBy(invocation::call).hasMessage("called");
    }

    @Test
    void itRecursIfItSaysWhenItComesAgain() {
        assertThat(recurring((method, arguments) -> null).recurs()).isTrue();
        assertThat(last((method, arguments) -> null).recurs()).isFalse();
    }

    @Test
    void whatTheCallThrowsIsThrownAsItIs() {
        for (Throwable thrown : new Throwable[] {
            new IOException("checked"), new IllegalStateException("unchecked"), new AssertionError("an Error")
        }) {
            Invocation invocation = recurring((method, arguments) -> {
                if (thrown instanceof Error error) {
                    throw error;
                }
                throw (Exception) thrown;
            });
            assertThatThrownBy(invocation::call).isSameAs(thrown);
        }
    }

    @Test
    void aTimerIsOnAsLongAsItIsThere() {
        assertThat(recurring((method, arguments) -> 1L).isOn()).isTrue();
        assertThat(recurring((method, arguments) -> {
                            throw new NoSuchObjectLocalException("cancelled");
                        })
                        .isOn())
                .isFalse();
    }

    @Test
    void oneThatDoesNotSayOrHasExpiredForTheLastTimeIsTried() {
        assertThat(recurring((method, arguments) -> {
                            throw new NoMoreTimeoutsException();
                        })
                        .isOn())
                .isTrue();
        assertThat(last((method, arguments) -> {
                            throw new NoSuchObjectLocalException("expired");
                        })
                        .isOn())
                .isTrue();
    }

    /** As its timers are made. */
    private static class Base implements ManagedTimer {
        @Override
        public void invoke() {
            throw new IllegalStateException("called");
        }

        @Override
        public void cancel() {}

        @Override
        public long getTimeRemaining() {
            return 0;
        }

        @Override
        public Date getNextTimeout() {
            return new Date();
        }

        @Override
        public ScheduleExpression getSchedule() {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean isPersistent() {
            return false;
        }

        @Override
        public boolean isCalendarTimer() {
            return true;
        }

        @Override
        public Serializable getInfo() {
            return "";
        }

        @Override
        public TimerHandle getHandle() {
            throw new UnsupportedOperationException();
        }
    }

    private static final class OfWildFly extends Base {}
}
