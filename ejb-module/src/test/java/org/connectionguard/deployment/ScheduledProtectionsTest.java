/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.Asynchronous;
import jakarta.enterprise.concurrent.Schedule;
import jakarta.inject.Inject;
import jakarta.interceptor.Interceptors;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;
import org.connectionguard.GuardDefinitionException;
import org.connectionguard.OnUnavailable;
import org.connectionguard.TimerReport;
import org.connectionguard.TimerReport.Protection;
import org.connectionguard.ValidConnections;
import org.connectionguard.config.Configuration;
import org.connectionguard.descriptor.EjbJars;
import org.connectionguard.discovery.Beans;
import org.connectionguard.discovery.Discovery;
import org.connectionguard.discovery.Outlook;
import org.connectionguard.discovery.Plans;
import org.connectionguard.testing.MapSettings;
import org.connectionguard.testing.Scheduled;
import org.connectionguard.testing.ScheduledClasses;
import org.junit.jupiter.api.Test;

/** How the methods are protected that Jakarta Concurrency runs. */
class ScheduledProtectionsTest {
    private final MapSettings settings = new MapSettings();
    private final Discovery discovery =
            new Discovery(this::configuration, Optional.empty(), new Beans(), new EjbJars());
    private final Protections protections = new Protections(this::configuration, Set.of(Guard.class.getName()), false);

    private Configuration configuration(ClassLoader deployment) {
        return settings.read();
    }

    private static TimerMethod timer(Class<?> bean) {
        return ScheduledMethods.of(new ReflectedType<>(bean)).get(0);
    }

    private TimerReport report(Class<?> bean) {
        return protections.report(timer(bean), discovery, Outlook.PROVEN);
    }

    static class Guard {}

    static class Plain {
        @Resource(lookup = "java:/Jobs")
        DataSource dataSource;

        @Asynchronous(runAt = @Schedule(hours = 2))
        public void run() {}
    }

    @Test
    void oneThatSaysNothingIsGuardedWhereTheSettingSaysTimers() {
        assertThat(report(Plain.class).reason()).startsWith("nothing binds the guard to it");
        settings.put("auto", "timers");
        TimerReport report = report(Plain.class);
        assertThat(report.reason()).isEqualTo("connection-guard.auto");
        assertThat(report.transaction()).isEqualTo("bean-managed");
        assertThat(protections.isOursToBind(timer(Plain.class))).isTrue();
        settings.put("exclude", "*Plain");
        assertThat(report(Plain.class).reason()).isEqualTo("connection-guard.exclude matches its class");
        assertThat(protections.isOursToBind(timer(Plain.class))).isFalse();
    }

    @Transactional(TxType.NOT_SUPPORTED)
    static class InTransaction extends Plain {
        @Override
        @Asynchronous(runAt = @Schedule(hours = 2))
        @Transactional(TxType.REQUIRES_NEW)
        public void run() {}
    }

    @Transactional(TxType.NOT_SUPPORTED)
    static class WithoutTransaction extends Plain {}

    @Test
    void itsTransactionIsThatOfItsOwnAnnotationOrItsClasses() {
        assertThat(report(InTransaction.class).transaction()).isEqualTo("REQUIRES_NEW");
        assertThat(report(WithoutTransaction.class).transaction()).isEqualTo("NOT_SUPPORTED");
    }

    @ValidConnections
    static class Uncallable extends Plain {
        @Asynchronous(runAt = @Schedule(hours = 2))
        private void own() {}

        @Override
        public void run() {}
    }

    @Test
    void aPrivateOneIsUnprotectedHoweverTheGuardIsBound() {
        TimerReport report = report(Uncallable.class);
        assertThat(report.protection()).isEqualTo(Protection.UNPROTECTED);
        assertThat(report.reason()).startsWith("it is private, so that no interceptor is called");
        settings.put("auto", "timers");
        assertThat(report(Uncallable.class).protection()).isEqualTo(Protection.UNPROTECTED);
        assertThat(protections.isOursToBind(timer(Uncallable.class))).isFalse();
    }

    static final class Final {
        @Resource(lookup = "java:/Jobs")
        DataSource dataSource;

        @Scheduled
        public void run() {}
    }

    static class WithFinalMethod extends Plain {
        final void helper() {}
    }

    static class HeirOfFinalMethod extends WithFinalMethod {}

    static class Constructed extends Plain {
        @Inject
        Constructed(DataSource parameter) {}
    }

    static class WithHarmlessMethods extends Plain {
        static final class Nested {}

        private final void helper() {}

        static final void other() {}
    }

    @Test
    void whereTheContainerMayRefuseTheClassTheGuardIsNotBound() throws Exception {
        settings.put("auto", "timers");
        Class<?> scheduled = new ScheduledClasses(getClass()).of(Final.class);
        assertThat(report(scheduled).reason()).startsWith("Final is final or sealed, so that the guard is not bound");
        assertThat(report(WithFinalMethod.class).reason()).startsWith("WithFinalMethod has a final method, helper,");
        assertThat(report(HeirOfFinalMethod.class).reason()).startsWith("HeirOfFinalMethod has a final method");
        assertThat(report(Constructed.class).reason()).startsWith("Constructed has no constructor without parameters");
        assertThat(protections.isOursToBind(timer(Constructed.class))).isFalse();
        assertThat(report(Constructed.class).protection()).isEqualTo(Protection.UNPROTECTED);
        assertThat(report(WithHarmlessMethods.class).protection()).isEqualTo(Protection.GUARDED);
    }

    @Interceptors(Guard.class)
    static class NamedForClass extends Plain {}

    static class NamedForMethod extends Plain {
        @Override
        @Interceptors(Guard.class)
        @Asynchronous(runAt = @Schedule(hours = 2))
        public void run() {}
    }

    @Interceptors(Guard.class)
    static class NamedForScheduled {
        @Resource(lookup = "java:/Jobs")
        DataSource dataSource;

        @Scheduled
        public void run() {}
    }

    @Test
    void anInterceptorThatStandsBeforeTheScheduleIsAnError() throws Exception {
        Definitions definitions = new Definitions(
                new Plans(this::configuration, settings::read, discovery),
                protections,
                Set.of(),
                List.of(),
                timer -> false);
        for (Class<?> bean : new Class<?>[] {NamedForClass.class, NamedForMethod.class}) {
            assertThatThrownBy(() -> definitions.check(timer(bean), OnUnavailable.FAIL))
                    .isInstanceOf(GuardDefinitionException.class)
                    .hasMessageStartingWith("CG0017 " + bean.getName() + ".run is run by Jakarta Concurrency");
        }
        // Nobody's interceptor runs that one, and all of them come at each run.
        Class<?> scheduled = new ScheduledClasses(getClass()).of(NamedForScheduled.class);
        assertThatNoException().isThrownBy(() -> definitions.check(timer(scheduled), OnUnavailable.FAIL));
        assertThatNoException().isThrownBy(() -> definitions.check(timer(Plain.class), OnUnavailable.FAIL));
    }
}
