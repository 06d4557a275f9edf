/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.annotation.Resource;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.Timeout;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.interceptor.Interceptors;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;
import org.connectionguard.TimerReport;
import org.connectionguard.TimerReport.Protection;
import org.connectionguard.ValidConnections;
import org.connectionguard.config.Configuration;
import org.connectionguard.config.SettingSource;
import org.connectionguard.descriptor.EjbJars;
import org.connectionguard.discovery.Beans;
import org.connectionguard.discovery.Discovery;
import org.connectionguard.discovery.Outlook;
import org.connectionguard.testing.ClassesWithout;
import org.junit.jupiter.api.Test;

class ProtectionsTest {
    private static final Set<String> GUARD = Set.of(Guard.class.getName());

    private final Map<String, String> settings = new HashMap<>();

    private Configuration configuration(ClassLoader deployment) {
        return Configuration.of(new SettingSource() {
            @Override
            public Optional<String> value(String name) {
                return Optional.ofNullable(settings.get(name));
            }

            @Override
            public Set<String> names(String prefix) {
                return settings.keySet();
            }
        });
    }

    private TimerReport report(Class<?> bean, boolean serverWide) {
        return report(bean, serverWide, Outlook.PROVEN);
    }

    private TimerReport report(Class<?> bean, boolean serverWide, Outlook outlook) {
        Protections protections = new Protections(this::configuration, GUARD, serverWide);
        TimerMethod timer =
                new Timers(new EjbJars()).of(new ReflectedType<>(bean)).get(0);
        return protections.report(
                timer, new Discovery(this::configuration, Optional.empty(), new Beans(), new EjbJars()), outlook);
    }

    private TimerReport report(Class<?> bean) {
        return report(bean, false);
    }

    static class Guard {}

    @Singleton
    static class Plain {
        @Resource(lookup = "java:/Jobs")
        DataSource dataSource;

        @Schedule(hour = "2", persistent = false)
        void run() {}
    }

    @Singleton
    @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
    static class Annotated extends Plain {
        @Override
        @Timeout
        @ValidConnections("java:/Named")
        void run() {}
    }

    @Singleton
    @TransactionManagement(TransactionManagementType.BEAN)
    @Interceptors(Guard.class)
    static class Named extends Plain {}

    @Singleton
    static class Several {
        @Resource(lookup = "java:/Jobs")
        DataSource dataSource;

        @Resource(lookup = "java:/Archive")
        DataSource archive;

        @Schedule
        void run() {}
    }

    @Singleton
    @TransactionAttribute(TransactionAttributeType.NEVER)
    static class SeveralWithoutTransaction extends Several {
        @Override
        @Schedule
        void run() {}
    }

    @Singleton
    static class WithoutDataSource {
        @Schedule
        @TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
        void run() {}
    }

    @Singleton
    static class Unclear {
        @PersistenceContext(unitName = "nowhere")
        EntityManager entityManager;

        @Schedule
        void run() {}
    }

    @Test
    void aTimerThatNothingBindsIsUnprotected() {
        assertThat(report(Plain.class))
                .isEqualTo(new TimerReport(
                        Plain.class,
                        "run",
                        "daily at 02:00:00",
                        "REQUIRED",
                        List.of("java:/Jobs (@Resource of Plain)"),
                        Protection.UNPROTECTED,
                        "nothing binds the guard to it: annotate it with @ValidConnections, or set"
                                + " connection-guard.auto=timers"));
    }

    @Test
    void theAnnotationAndTheInterceptorsClassBind() {
        assertThat(report(Annotated.class))
                .isEqualTo(new TimerReport(
                        Annotated.class,
                        "run",
                        "programmatic",
                        "NOT_SUPPORTED",
                        List.of("java:/Named (named)"),
                        Protection.GUARDED,
                        "@ValidConnections"));
        TimerReport named = report(Named.class);
        assertThat(named.reason()).isEqualTo("@Interceptors");
        assertThat(named.transaction()).isEqualTo("bean-managed");
    }

    @Test
    void severalDataSourcesOfOneTransactionAreSaidToBeBoundUnlessTwoOfThemAreNotXa() {
        String sentence = "server-wide, bound to one transaction where at most one of them is not XA (else CG0113)";
        assertThat(report(Several.class, true).reason()).isEqualTo(sentence);
        assertThat(report(SeveralWithoutTransaction.class, true).reason()).isEqualTo("server-wide");
        settings.put("connection-guard.\"java:/Archive\".enabled", "false");
        assertThat(report(Several.class, true).reason()).isEqualTo("server-wide");
    }

    @Test
    void theSettingBindsAllButTheExcluded() {
        settings.put("connection-guard.auto", "timers");
        assertThat(report(Plain.class).reason()).isEqualTo("connection-guard.auto");
        settings.put("connection-guard.exclude", "*Plain");
        assertThat(report(Plain.class).protection()).isEqualTo(Protection.UNPROTECTED);
        assertThat(report(Plain.class).reason()).isEqualTo("connection-guard.exclude matches its class");
        // What the application says itself wins.
        settings.put("connection-guard.exclude", "*");
        assertThat(report(Annotated.class).protection()).isEqualTo(Protection.GUARDED);
    }

    @Test
    void theServersOwnGuardBindsAllUntilAnApplicationSaysNo() {
        assertThat(report(Plain.class, true).reason()).isEqualTo("server-wide");
        settings.put("connection-guard.auto", "off");
        assertThat(report(Plain.class, true).protection()).isEqualTo(Protection.UNPROTECTED);
        assertThat(report(Plain.class, true).reason()).isEqualTo("connection-guard.auto is off");
    }

    @Test
    void aDataSourceThatIsSwitchedOffIsUnprotected() {
        settings.put("connection-guard.auto", "timers");
        settings.put("connection-guard.\"java:/Jobs\".enabled", "false");
        assertThat(report(Plain.class).reason()).isEqualTo("connection-guard.enabled is false");
    }

    @Test
    void whereNoDataSourceIsFoundThereIsNothingToGuard() {
        TimerReport report = report(WithoutDataSource.class);
        assertThat(report.protection()).isEqualTo(Protection.NOTHING_TO_GUARD);
        assertThat(report.transaction()).isEqualTo("REQUIRES_NEW");
        settings.put("connection-guard.default-data-source", "java:/Main");
        assertThat(report(WithoutDataSource.class).dataSources()).containsExactly("java:/Main (default-data-source)");
    }

    @Test
    void whatCannotBeFollowedIsUnprotectedAndSaysWhy() {
        settings.put("connection-guard.auto", "timers");
        TimerReport report = report(Unclear.class);
        assertThat(report.protection()).isEqualTo(Protection.UNPROTECTED);
        assertThat(report.reason()).startsWith("CG0006 There is no persistence unit 'nowhere'");
    }

    @Test
    void whatCannotBePlannedIsUnprotectedAndWhatOnlyTheFirstCallCanTellIsSaid() {
        TimerReport missing = report(
                Plain.class, true, new Outlook(List.of(), List.of(), List.of("CG0003 There is no data source"), false));
        assertThat(missing.protection()).isEqualTo(Protection.UNPROTECTED);
        assertThat(missing.reason()).isEqualTo("CG0003 There is no data source");
        TimerReport open =
                report(Plain.class, true, new Outlook(List.of("java:comp/env/jdbc/own"), List.of(), List.of(), false));
        assertThat(open.protection()).isEqualTo(Protection.GUARDED);
        assertThat(open.reason())
                .isEqualTo("server-wide, proven at its first call, for only its component sees java:comp/env/jdbc/own");
        TimerReport late =
                report(Plain.class, true, new Outlook(List.of(), List.of("java:global/own"), List.of(), false));
        assertThat(late.protection()).isEqualTo(Protection.GUARDED);
        assertThat(late.reason()).isEqualTo("server-wide, not there yet: java:global/own (CG0126)");
        assertThat(report(Plain.class, true, new Outlook(List.of(), List.of(), List.of(), true))
                        .reason())
                .isEqualTo("connection-guard.enabled is false");
    }

    static class GoneInterceptor {}

    @Singleton
    @Interceptors({Guard.class, GoneInterceptor.class})
    static class Intercepted extends Plain {}

    @Test
    void anInterceptorThatIsNotThereBindsNothingAndIsNoError() throws ClassNotFoundException {
        Class<?> intercepted =
                new ClassesWithout(GoneInterceptor.class, getClass()).loadClass(Intercepted.class.getName());
        assertThat(report(Intercepted.class).protection()).isEqualTo(Protection.GUARDED);
        assertThat(report(intercepted).protection()).isEqualTo(Protection.UNPROTECTED);
    }

    @Test
    void theTableIsWhatAnOperatorReads() {
        DeploymentReport report = new DeploymentReport(
                "jobs", List.of(report(WithoutDataSource.class), report(Plain.class), report(Annotated.class)));
        assertThat(report.text()).isEqualTo("""
                CG0120 jobs has 3 timers: 1 guarded, 1 with nothing to guard, 1 unprotected
                  timer                  schedule                       transaction    data sources                     protection
                  Annotated.run          programmatic                   NOT_SUPPORTED  java:/Named (named)              @ValidConnections
                  Plain.run              daily at 02:00:00              REQUIRED       java:/Jobs (@Resource of Plain)  UNPROTECTED: nothing binds the guard to it: annotate it with @ValidConnections, or set connection-guard.auto=timers
                  WithoutDataSource.run  daily at 00:00:00, persistent  REQUIRES_NEW   none found                       NOTHING TO GUARD: no data source was found in what its bean uses: name it in connection-guard.default-data-source, or by @ValidConnections("java:…")
                """.strip());
    }
}
