/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.cdi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.ejb.NoMoreTimeoutsException;
import jakarta.ejb.Timer;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;
import org.connectionguard.GuardEvent;
import org.connectionguard.GuardEvent.Overdue;
import org.connectionguard.GuardEvent.ScheduleEnded;
import org.connectionguard.TimerReport;
import org.connectionguard.TimerReport.Protection;
import org.connectionguard.deployment.TimerMethod;
import org.connectionguard.deployment.TimerMethod.RunBy;
import org.connectionguard.descriptor.EjbJar;
import org.connectionguard.engine.Guard;
import org.connectionguard.engine.Time;
import org.connectionguard.server.ServersTimers;
import org.connectionguard.statistics.Overview;
import org.connectionguard.statistics.Statistics;
import org.connectionguard.testing.Shown;
import org.connectionguard.testing.ShownTimers;
import org.connectionguard.testing.Stub;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A bean with two timer methods, and the MBean in which WildFly shows its timers. */
@Timeout(60)
class TimerWatchTest {
    private static final String BEAN = "deployment=shop.war,subsystem=ejb3,singleton-bean=Job";
    private static final String NIGHTLY = "Job.nightly";
    private static final String OWN = "Job.own";

    private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    private final List<GuardEvent> told = new CopyOnWriteArrayList<>();
    private final Statistics statistics = new Statistics(Time.SYSTEM);
    private final Guard guard = new Guard(List.of(told::add, statistics), Time.SYSTEM);
    private final TimerWatch watch = watch();

    /** The bean. */
    private static final class Job {
        void nightly() {
            throw new UnsupportedOperationException();
        }

        void own() {
            throw new UnsupportedOperationException();
        }
    }

    private static TimerMethod timer(String method, String schedule) {
        try {
            return new TimerMethod(
                    Job.class, "Job", Job.class.getDeclaredMethod(method), EjbJar.NONE, schedule, RunBy.TIMER_SERVICE);
        } catch (NoSuchMethodException e) {
            throw new AssertionError(e);
        }
    }

    private TimerWatch watch() {
        for (String job : List.of(NIGHTLY, OWN)) {
            statistics.register(
                    job, new TimerReport(Job.class, job, "", "REQUIRED", List.of(), Protection.GUARDED, ""));
        }
        return new TimerWatch(
                new JobTimers(
                        Map.of(NIGHTLY, timer("nightly", "daily at 02:00:00"), OWN, timer("own", "programmatic"))),
                new Overview("shop", statistics, guard, job -> Optional.empty()),
                new ServersTimers("shop"),
                false,
                Duration.ofSeconds(1));
    }

    @AfterEach
    void end() throws Exception {
        watch.close();
        guard.close();
        if (server.isRegistered(new ObjectName("jboss.as:" + BEAN))) {
            server.unregisterMBean(new ObjectName("jboss.as:" + BEAN));
        }
    }

    private Optional<Instant> next(String job) {
        return statistics.job(job).orElseThrow().next();
    }

    private static Instant in(Duration time) {
        return Instant.now().plus(time).truncatedTo(ChronoUnit.MILLIS);
    }

    @Test
    void whichMethodATimerCallsItsScheduleTells() throws Exception {
        Instant night = in(Duration.ofHours(9));
        Instant soon = in(Duration.ofHours(1));
        ShownTimers.show(
                server, BEAN, Job.class, "shop", ShownTimers.nightly(night, false), ShownTimers.interval(soon));
        watch.begin();
        await().untilAsserted(() -> {
            assertThat(next(NIGHTLY)).contains(night);
            assertThat(next(OWN)).contains(soon);
        });
        assertThat(told).isEmpty();
    }

    @Test
    void whatDoesNotStartIsToldOnce() throws Exception {
        Instant promised = in(Duration.ZERO);
        ShownTimers.show(server, BEAN, Job.class, "shop", ShownTimers.nightly(promised, false));
        watch.begin();
        await().until(() -> !told.isEmpty());
        assertThat(told).singleElement().isInstanceOfSatisfying(Overdue.class, overdue -> {
            assertThat(overdue.job()).isEqualTo(NIGHTLY);
            assertThat(overdue.promised()).isEqualTo(promised);
        });
        assertThat(statistics.job(NIGHTLY).orElseThrow().overdue()).isTrue();
        assertThat(statistics.job(OWN).orElseThrow().overdue()).isFalse();
    }

    @Test
    void whileTheServerIsSuspendedNothingIsOverdue() throws Exception {
        guard.suspend();
        ShownTimers.show(server, BEAN, Job.class, "shop", ShownTimers.nightly(in(Duration.ofHours(-1)), false));
        watch.begin();
        await().during(Duration.ofSeconds(2)).until(told::isEmpty);
        guard.resume();
        await().until(() -> !told.isEmpty());
    }

    @Test
    void aTimerThatIsGoneIsTold() throws Exception {
        ShownTimers.show(server, BEAN, Job.class, "shop", ShownTimers.nightly(in(Duration.ofHours(9)), false));
        watch.begin();
        await().until(() -> next(NIGHTLY).isPresent());
        server.unregisterMBean(new ObjectName("jboss.as:" + BEAN));
        ShownTimers.show(server, BEAN, Job.class, "shop");
        await().until(() -> !told.isEmpty());
        assertThat(told).singleElement().isInstanceOfSatisfying(ScheduleEnded.class, ended -> {
            assertThat(ended.job()).isEqualTo(NIGHTLY);
            assertThat(ended.expected()).isFalse();
        });
        assertThat(statistics.job(NIGHTLY).orElseThrow().ended()).isTrue();
    }

    @Test
    void whereTheServerShowsNothingATimersCallTells() {
        Instant soon = in(Duration.ofHours(1));
        watch.heard(NIGHTLY, Stub.of(Timer.class, (method, arguments) -> java.util.Date.from(soon)));
        assertThat(next(NIGHTLY)).contains(soon);
        watch.heard(NIGHTLY, Stub.of(Timer.class, (method, arguments) -> {
            if (method.equals("isCalendarTimer")) {
                return true;
            }
            throw new NoMoreTimeoutsException();
        }));
        watch.begin();
        await().until(() -> !told.isEmpty());
        assertThat(told)
                .singleElement()
                .isInstanceOfSatisfying(
                        ScheduleEnded.class,
                        ended -> assertThat(ended.expected()).isTrue());
    }

    @Test
    void aLookThatFailsIsNotTheLast() throws Exception {
        ObjectName bean = new ObjectName("jboss.as:" + BEAN);
        // What is shown of a schedule is of another type than WildFly's.
        server.registerMBean(
                new Shown(Map.of(
                        "componentClassName", Job.class.getName(),
                        "jndiNames", new String[] {"java:global/shop/Job"},
                        "timers", new CompositeData[] {null})),
                bean);
        watch.begin();
        await().during(Duration.ofSeconds(2)).until(() -> next(NIGHTLY).isEmpty());
        server.unregisterMBean(bean);
        Instant night = in(Duration.ofHours(9));
        ShownTimers.show(server, BEAN, Job.class, "shop", ShownTimers.nightly(night, false));
        await().untilAsserted(() -> assertThat(next(NIGHTLY)).contains(night));
    }

    @Test
    void itsThreadEndsWithTheDeployment() {
        watch.begin();
        watch.close();
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().equals("connection-guard watch shop"));
    }
}
