/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ejb.Schedule;
import jakarta.ejb.Schedules;
import jakarta.ejb.Singleton;
import jakarta.ejb.Stateless;
import jakarta.ejb.TimedObject;
import jakarta.ejb.Timeout;
import jakarta.ejb.Timer;
import java.util.Map;
import java.util.stream.Collectors;
import org.connectionguard.descriptor.EjbJars;
import org.junit.jupiter.api.Test;

class TimersTest {
    private final Timers timers = new Timers(new EjbJars());

    private Map<String, String> schedules(Class<?> bean) {
        return timers.of(new ReflectedType<>(bean)).stream()
                .collect(Collectors.toMap(timer -> timer.method().getName(), TimerMethod::schedule));
    }

    @Singleton
    static class EveryKind implements TimedObject {
        @Schedule(hour = "2", persistent = false)
        public void once() {}

        @Schedules({
            @Schedule(second = "*/5", minute = "*", hour = "*", persistent = false),
            @Schedule(dayOfWeek = "Mon", timezone = "UTC")
        })
        void twice() {}

        @Timeout
        private void late(Timer timer) {}

        @Override
        public void ejbTimeout(Timer timer) {}

        public void business() {}
    }

    @Test
    void everyKindOfTimerIsFoundWithItsSchedule() {
        assertThat(schedules(EveryKind.class))
                .containsOnly(
                        Map.entry("once", "daily at 02:00:00"),
                        Map.entry("twice", "second=*/5 minute=* hour=* | dayOfWeek=Mon timezone=UTC, persistent"),
                        Map.entry("late", "programmatic"),
                        Map.entry("ejbTimeout", "programmatic"));
    }

    @Stateless(name = "Renamed")
    static class AtMidnight {
        @Schedule
        void run() {}
    }

    @Test
    void whatIsNotSaidIsMidnightAndPersistent() {
        assertThat(schedules(AtMidnight.class)).containsOnly(Map.entry("run", "daily at 00:00:00, persistent"));
        assertThat(timers.of(new ReflectedType<>(AtMidnight.class)))
                .extracting(TimerMethod::ejbName)
                .containsExactly("Renamed");
    }

    abstract static class Base {
        @Schedule(hour = "3", persistent = false)
        void inherited() {}
    }

    @Singleton
    static class Heir extends Base {}

    @Singleton
    static class Renouncing extends Base {
        @Override
        void inherited() {}
    }

    static class NoBean {
        @Schedule
        void never() {}
    }

    @Test
    void aTimerBelongsToTheBeanThatInheritsItAndToNothingElse() {
        assertThat(schedules(Heir.class)).containsOnlyKeys("inherited");
        assertThat(schedules(Renouncing.class)).isEmpty();
        assertThat(schedules(Base.class)).isEmpty();
        assertThat(schedules(NoBean.class)).isEmpty();
    }

    interface Nightly {
        @Schedule(hour = "4", persistent = false)
        default void nightly() {}

        @Timeout
        default void late() {}
    }

    interface Earlier extends Nightly {
        @Override
        @Schedule(hour = "1", persistent = false)
        default void nightly() {}
    }

    @Stateless
    static class ByInterface implements Nightly {}

    @Stateless
    static class ByLowerInterface extends ByInterface implements Earlier {}

    @Stateless
    static class OverridingInterface implements Nightly {
        @Override
        @Schedule(hour = "5", persistent = false)
        public void nightly() {}

        @Override
        public void late() {}
    }

    @Stateless
    static class HeirOfOverriding extends OverridingInterface {}

    @Test
    void aTimerOfAnInterfacesDefaultMethodBelongsToTheBeanThatDoesNotOverrideIt() {
        assertThat(schedules(ByInterface.class))
                .containsOnly(Map.entry("nightly", "daily at 04:00:00"), Map.entry("late", "programmatic"));
        assertThat(schedules(ByLowerInterface.class))
                .containsOnly(Map.entry("nightly", "daily at 01:00:00"), Map.entry("late", "programmatic"));
        assertThat(schedules(OverridingInterface.class)).containsOnly(Map.entry("nightly", "daily at 05:00:00"));
        assertThat(schedules(HeirOfOverriding.class)).containsOnly(Map.entry("nightly", "daily at 05:00:00"));
    }
}
