/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.ejb.Stateless;
import jakarta.enterprise.concurrent.Asynchronous;
import jakarta.enterprise.concurrent.Schedule;
import java.lang.reflect.Method;
import java.time.DayOfWeek;
import java.time.Month;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.connectionguard.deployment.TimerMethod.RunBy;
import org.connectionguard.testing.ClassesWithout;
import org.connectionguard.testing.Scheduled;
import org.connectionguard.testing.ScheduledClasses;
import org.junit.jupiter.api.Test;

class ScheduledMethodsTest {
    private static Map<String, String> schedules(Class<?> bean) {
        return ScheduledMethods.of(new ReflectedType<>(bean)).stream()
                .collect(Collectors.toMap(timer -> timer.method().getName(), TimerMethod::schedule));
    }

    static class EveryKind {
        @Asynchronous(runAt = @Schedule(hours = 2))
        public void daily() {}

        @Asynchronous(runAt = @Schedule(cron = "30 8 * * SAT,SUN", hours = 3, zone = "America/Chicago"))
        CompletableFuture<String> byCron() {
            return null;
        }

        @Asynchronous(
                runAt = {
                    @Schedule(
                            months = Month.MAY,
                            daysOfMonth = {1, 15},
                            hours = {},
                            minutes = 30),
                    @Schedule(daysOfWeek = DayOfWeek.MONDAY, seconds = 5, zone = "UTC")
                })
        public void twice() {}

        @Asynchronous
        public void once() {}

        public void business() {}
    }

    @Test
    void whatRunsByAScheduleIsFoundWithIt() {
        assertThat(schedules(EveryKind.class))
                .containsOnly(
                        Map.entry("daily", "daily at 02:00:00"),
                        Map.entry("byCron", "cron=30 8 * * SAT,SUN zone=America/Chicago"),
                        Map.entry(
                                "twice",
                                "minutes=30 hours=* daysOfMonth=1,15 months=MAY"
                                        + " | seconds=5 daysOfWeek=MONDAY zone=UTC"));
        assertThat(ScheduledMethods.of(new ReflectedType<>(EveryKind.class)))
                .extracting(TimerMethod::runBy)
                .containsOnly(RunBy.ASYNCHRONOUS);
    }

    static class Nightly {
        @Scheduled(hours = {2, 14})
        public void run() {}
    }

    @Test
    void aScheduleMayStandOnTheMethodItself() throws Exception {
        Class<?> scheduled = new ScheduledClasses(getClass()).of(Nightly.class);
        assertThat(schedules(Nightly.class)).isEmpty();
        assertThat(schedules(scheduled)).containsOnly(Map.entry("run", "hours=2,14"));
        assertThat(ScheduledMethods.of(new ReflectedType<>(scheduled)))
                .extracting(TimerMethod::runBy)
                .containsOnly(RunBy.SCHEDULE);
        assertThat(ConcurrencySchedule.of(scheduled.getMethod("run"))).isPresent();
        assertThat(ConcurrencySchedule.of(Nightly.class.getMethod("run"))).isEmpty();
    }

    abstract static class Base {
        @Asynchronous(runAt = @Schedule(hours = 3))
        public void inherited() {}
    }

    static class Heir extends Base {}

    static class Renouncing extends Base {
        @Override
        public void inherited() {}
    }

    @Stateless
    static class Ejb extends Base {}

    @Test
    void itBelongsToTheBeanThatInheritsItAndToNoEjb() {
        assertThat(schedules(Heir.class)).containsOnly(Map.entry("inherited", "daily at 03:00:00"));
        assertThat(schedules(Renouncing.class)).isEmpty();
        assertThat(schedules(Base.class)).isEmpty();
        assertThat(schedules(Ejb.class)).isEmpty();
    }

    @Test
    void whereTheApiIsAbsentNothingRuns() throws ClassNotFoundException {
        Class<?> bean = new ClassesWithout(Asynchronous.class, getClass()).loadClass(EveryKind.class.getName());
        assertThat(schedules(bean)).isEmpty();
    }

    @Test
    void aMethodWhoseAnnotationsCannotBeReadIsLikeAnyOther() throws Exception {
        Class<?> bean = new ClassesWithout(Schedule.class, getClass()).loadClass(EveryKind.class.getName());
        Method daily = bean.getMethod("daily");
        assertThatThrownBy(daily::getAnnotations).isInstanceOf(TypeNotPresentException.class);
        assertThat(ConcurrencySchedule.of(daily)).isEmpty();
        assertThat(ConcurrencySchedule.of(EveryKind.class.getMethod("daily"))).isPresent();
    }
}
