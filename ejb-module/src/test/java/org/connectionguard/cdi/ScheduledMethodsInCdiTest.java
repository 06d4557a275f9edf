/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.cdi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import jakarta.annotation.Priority;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.Asynchronous;
import jakarta.enterprise.concurrent.Schedule;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.Interceptors;
import jakarta.interceptor.InvocationContext;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.connectionguard.ConnectionGuard;
import org.connectionguard.DatabaseUnavailableException;
import org.connectionguard.TimerReport;
import org.connectionguard.TimerReport.Protection;
import org.connectionguard.ValidConnections;
import org.connectionguard.interceptor.ValidConnectionsInterceptor;
import org.connectionguard.message.Messages;
import org.connectionguard.testing.Jndi;
import org.connectionguard.testing.Log;
import org.connectionguard.testing.Scheduled;
import org.connectionguard.testing.ScheduledClasses;
import org.connectionguard.testing.SmallDatabase;
import org.connectionguard.testing.SmallServer;
import org.jboss.weld.environment.se.WeldContainer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What Jakarta Concurrency runs is guarded at every run, as a server runs it that goes on with one invocation for all of them. */
class ScheduledMethodsInCdiTest {
    private static final String NAME = "java:/Jobs";
    private static final String AUTO = "connection-guard.auto";
    private static final String DOCTOR = "connection-guard.doctor";
    private static final String MAX_WAIT = "connection-guard.max-wait";
    private static final String KEEP_SCHEDULES = "connection-guard.keep-schedules";
    private static final List<String> SETTINGS = List.of(AUTO, DOCTOR, MAX_WAIT, KEEP_SCHEDULES);

    @RegisterExtension
    private final Jndi jndi = new Jndi();

    @RegisterExtension
    private final Log log = new Log();

    private final SmallDatabase database = new SmallDatabase();

    @BeforeEach
    void server() {
        SmallServer.bindTransactions(jndi);
        jndi.bind(NAME, database.dataSource());
        System.setProperty(DOCTOR, "false");
        System.setProperty(MAX_WAIT, "PT0S");
    }

    @AfterEach
    void unset() {
        SETTINGS.forEach(System::clearProperty);
    }

    /** The schedule that was begun last, as the server holds it. */
    @ApplicationScoped
    static class Schedules {
        private final AtomicReference<InvocationContext> begun = new AtomicReference<>();

        void begin(InvocationContext invocation) {
            begun.set(invocation);
        }

        Object run() throws Exception {
            return begun.get().proceed();
        }
    }

    /** The server's: Jakarta Concurrency 3.1 gives it this priority. */
    @Interceptor
    @Asynchronous
    @Priority(Interceptor.Priority.PLATFORM_BEFORE + 5)
    static class ServersInterceptor {
        @Inject
        private Schedules schedules;

        @AroundInvoke
        Object schedule(InvocationContext invocation) {
            schedules.begin(invocation);
            return new CompletableFuture<>();
        }
    }

    @ApplicationScoped
    static class Plain {
        private final AtomicInteger runs = new AtomicInteger();

        @Resource(lookup = NAME)
        DataSource dataSource;

        @Asynchronous(runAt = @Schedule(hours = 2))
        public CompletableFuture<String> gather() {
            runs.incrementAndGet();
            return null;
        }

        @Asynchronous
        public CompletableFuture<String> once() {
            return CompletableFuture.completedFuture("once");
        }

        int runs() {
            return runs.get();
        }
    }

    @ApplicationScoped
    static class Annotated extends Plain {
        @Override
        @ValidConnections
        @Asynchronous(runAt = @Schedule(hours = 2))
        public CompletableFuture<String> gather() {
            return super.gather();
        }
    }

    private static WeldContainer deploy(Class<?> bean) {
        return Deployment.of(Schedules.class, ServersInterceptor.class, bean);
    }

    private static List<TimerReport> timers(WeldContainer container) {
        return container.select(ConnectionGuard.class).get().timers();
    }

    private void isGuardedAtEachRun(Class<? extends Plain> type) throws Exception {
        try (WeldContainer container = deploy(type)) {
            Plain bean = container.select(type).get();
            assertThat(bean.gather()).isNotDone();
            assertThat(database.borrowed()).isZero();
            Schedules schedules = container.select(Schedules.class).get();
            for (int run = 1; run <= 3; run++) {
                assertThat(schedules.run()).isNull();
                assertThat(bean.runs()).isEqualTo(run);
                assertThat(database.borrowed()).isEqualTo(run);
            }
        }
    }

    @Test
    void eachRunIsGuardedAndTheCallThatBeginsTheScheduleIsNotHeldUp() throws Exception {
        isGuardedAtEachRun(Annotated.class);
        System.setProperty(AUTO, "timers");
        database.forget();
        isGuardedAtEachRun(Plain.class);
    }

    @Test
    void theServersLibraryGuardsThemUnasked() throws Exception {
        try (WeldContainer container = Deployment.serverWide(Schedules.class, ServersInterceptor.class, Plain.class)) {
            container.select(Plain.class).get().gather();
            container.select(Schedules.class).get().run();
            assertThat(database.borrowed()).isEqualTo(1);
            assertThat(timers(container))
                    .extracting(TimerReport::reason)
                    .containsExactly("server-wide" + Messages.keepsItsSchedule());
        }
    }

    @Test
    void whereNothingBindsItNoRunIsGuarded() throws Exception {
        try (WeldContainer container = deploy(Plain.class)) {
            container.select(Plain.class).get().gather();
            container.select(Schedules.class).get().run();
            assertThat(database.borrowed()).isZero();
        }
    }

    @Test
    void whatRunsOnceIsNoTimer() throws Exception {
        System.setProperty(AUTO, "timers");
        try (WeldContainer container = deploy(Plain.class)) {
            container.select(Plain.class).get().once();
            container.select(Schedules.class).get().run();
            assertThat(database.borrowed()).isZero();
            assertThat(timers(container))
                    .containsExactly(new TimerReport(
                            Plain.class,
                            "gather",
                            "daily at 02:00:00",
                            "bean-managed",
                            List.of(NAME + " (@Resource of Plain)"),
                            Protection.GUARDED,
                            "connection-guard.auto" + Messages.keepsItsSchedule()));
        }
    }

    @Test
    void aRunWithoutItsDatabaseDoesNotEndTheSchedule() throws Exception {
        System.setProperty(AUTO, "timers");
        database.stop();
        try (WeldContainer container = deploy(Plain.class)) {
            Plain bean = container.select(Plain.class).get();
            bean.gather();
            assertThat(container.select(Schedules.class).get().run()).isNull();
            assertThat(bean.runs()).isZero();
            assertThat(log.lines())
                    .anyMatch(line ->
                            line.startsWith("WARNING CG0124 A run of Plain.gather failed without an exception"));
        }
    }

    @Test
    void unlessTheSettingSaysThatItMay() throws Exception {
        System.setProperty(AUTO, "timers");
        System.setProperty(KEEP_SCHEDULES, "false");
        database.stop();
        try (WeldContainer container = deploy(Plain.class)) {
            Plain bean = container.select(Plain.class).get();
            bean.gather();
            assertThatThrownBy(container.select(Schedules.class).get()::run)
                    .isInstanceOf(DatabaseUnavailableException.class)
                    .hasMessageStartingWith("CG0201 " + NAME);
            assertThat(bean.runs()).isZero();
            assertThat(log.lines()).noneMatch(line -> line.contains("CG0124"));
            assertThat(timers(container)).extracting(TimerReport::reason).containsExactly("connection-guard.auto");
        }
    }

    @Test
    void thenWhatOnlyARunCanTellEndsItToo() throws Exception {
        System.setProperty(KEEP_SCHEDULES, "false");
        try (WeldContainer container = deploy(OfComponent.class)) {
            container.select(OfComponent.class).get().gather();
            assertThatThrownBy(container.select(Schedules.class).get()::run)
                    .isInstanceOf(DatabaseUnavailableException.class)
                    .hasMessageStartingWith("CG0201 java:module/own gave no live connection (missing)");
        }
    }

    /** In a module of an EAR a name may only be seen by its component. */
    @Test
    void whatOnlyARunCanTellDoesNotEndTheScheduleEither() throws Exception {
        String own = "java:module/own";
        try (WeldContainer container = deploy(OfComponent.class)) {
            container.select(OfComponent.class).get().gather();
            Schedules schedules = container.select(Schedules.class).get();
            assertThat(schedules.run()).isNull();
            assertThat(log.lines())
                    .last(InstanceOfAssertFactories.STRING)
                    .startsWith("WARNING CG0124 A run of OfComponent.gather failed without an exception")
                    .contains("CG0201 " + own + " gave no live connection (missing)", "nothing is bound to the name");
            jndi.bind(own, database.dataSource());
            assertThatThrownBy(schedules::run).hasMessage("It has started");
        }
    }

    @ApplicationScoped
    static class OfComponent {
        @ValidConnections("java:module/own")
        @Asynchronous(runAt = @Schedule(hours = 2))
        public void gather() {
            throw new IllegalStateException("It has started");
        }
    }

    @ApplicationScoped
    static class Nightly implements Runnable {
        @Resource(lookup = NAME)
        DataSource dataSource;

        @Override
        @Scheduled(hours = 3)
        public void run() {}
    }

    @Test
    void aScheduleOnTheMethodItselfIsOneLikeAnother() throws Exception {
        System.setProperty(AUTO, "timers");
        Class<?> scheduled = new ScheduledClasses(getClass()).of(Nightly.class);
        try (WeldContainer container = Deployment.of(scheduled)) {
            Runnable bean = (Runnable) container.select(scheduled).get();
            bean.run();
            bean.run();
            assertThat(database.borrowed()).isEqualTo(2);
            assertThat(timers(container))
                    .extracting(TimerReport::schedule, TimerReport::protection)
                    .containsExactly(tuple("daily at 03:00:00", Protection.GUARDED));
            database.stop();
            bean.run();
            assertThat(log.lines())
                    .anyMatch(
                            line -> line.startsWith("WARNING CG0124 A run of Nightly.run failed without an exception"));
        }
    }

    static final class Final implements Runnable {
        @Resource(lookup = NAME)
        DataSource dataSource;

        @Override
        @Scheduled(hours = 3)
        public void run() {}
    }

    @Test
    void aClassThatNoInterceptorCanBeBoundToIsDeployedAsItIs() throws Exception {
        System.setProperty(AUTO, "timers");
        Class<?> scheduled = new ScheduledClasses(getClass()).of(Final.class);
        try (WeldContainer container = Deployment.of(scheduled)) {
            ((Runnable) container.select(scheduled).get()).run();
            assertThat(database.borrowed()).isZero();
            assertThat(timers(container)).extracting(TimerReport::protection).containsExactly(Protection.UNPROTECTED);
        }
    }

    /** Of which the container makes no bean. */
    static class NoBean extends Plain {
        NoBean(String parameter) {}
    }

    @Test
    void whatIsNoBeanIsInNoReport() {
        System.setProperty(AUTO, "timers");
        try (WeldContainer container = deploy(NoBean.class)) {
            assertThat(timers(container)).isEmpty();
        }
    }

    @ApplicationScoped
    @Interceptors(ValidConnectionsInterceptor.class)
    static class Named extends Plain {}

    @Test
    void anInterceptorThatWouldHoldUpTheCallThatBeginsTheScheduleIsADeploymentError() {
        assertThatThrownBy(() -> deploy(Named.class))
                .hasMessageContaining("CG0017 " + Named.class.getName() + ".gather");
    }
}
