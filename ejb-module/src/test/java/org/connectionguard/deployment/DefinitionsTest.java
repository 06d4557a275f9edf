/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.deployment;

import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.annotation.Resource;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.Timeout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.connectionguard.GuardDefinitionException;
import org.connectionguard.OnUnavailable;
import org.connectionguard.ValidConnections;
import org.connectionguard.config.Configuration;
import org.connectionguard.deployment.TimerMethod.RunBy;
import org.connectionguard.descriptor.EjbJar;
import org.connectionguard.descriptor.EjbJars;
import org.connectionguard.discovery.Beans;
import org.connectionguard.discovery.Discovery;
import org.connectionguard.discovery.Plans;
import org.connectionguard.testing.Jndi;
import org.connectionguard.testing.MapSettings;
import org.connectionguard.testing.Stub;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Where a method can be put off, and where it can be called by timers at all. */
class DefinitionsTest {
    private static final String NAME = "java:/Jobs";

    @RegisterExtension
    private final Jndi jndi = new Jndi();

    @TempDir
    private Path folder;

    private final MapSettings settings = new MapSettings();
    private final Discovery discovery =
            new Discovery(this::configuration, Optional.empty(), new Beans(), new EjbJars());

    private Configuration configuration(ClassLoader deployment) {
        return settings.read();
    }

    @BeforeEach
    void dataSource() {
        jndi.bind(NAME, Stub.of(DataSource.class, (method, arguments) -> null));
    }

    private Definitions definitions(List<TimerMethod> timers, boolean callsTimers) {
        return new Definitions(
                new Plans(this::configuration, settings::read, discovery),
                new Protections(this::configuration, Set.of(), false),
                Set.of(OfMethod.class, OfClass.class, WithoutTimers.class, Private.class, Other.class),
                timers,
                timer -> callsTimers);
    }

    private static List<TimerMethod> timers(Class<?>... beans) {
        return Stream.of(beans)
                .flatMap(bean -> new Timers(new EjbJars()).of(new ReflectedType<>(bean)).stream())
                .toList();
    }

    private void check(Class<?> bean, List<TimerMethod> timers) {
        definitions(timers, true).check(new ReflectedType<>(bean));
    }

    private void isRefused(Class<?> bean, String place, List<TimerMethod> timers) {
        assertThatThrownBy(() -> check(bean, timers))
                .isInstanceOf(GuardDefinitionException.class)
                .hasMessageStartingWith("CG0018 " + place + " is to be made up later");
    }

    @Singleton
    static class OfMethod {
        @Resource(lookup = NAME)
        DataSource dataSource;

        @Schedule
        @ValidConnections(onUnavailable = OnUnavailable.LATER)
        private void gather() {}
    }

    @Singleton
    static class Other {
        @Resource(lookup = NAME)
        DataSource dataSource;

        @Schedule
        void gather() {}

        @ValidConnections(onUnavailable = OnUnavailable.LATER)
        public void business() {}
    }

    @Test
    void aTimersMethodMayBePutOff() {
        assertThatNoException().isThrownBy(() -> check(OfMethod.class, timers(OfMethod.class)));
    }

    @Test
    void aMethodThatNoTimerCallsMayNot() {
        isRefused(Other.class, Other.class.getName() + ".business", timers(Other.class, OfMethod.class));
    }

    @Test
    void norMayOneThatOnlyJakartaConcurrencyRuns() {
        List<TimerMethod> scheduled = timers(OfMethod.class).stream()
                .map(timer -> new TimerMethod(
                        timer.bean(),
                        timer.ejbName(),
                        timer.method(),
                        timer.descriptor(),
                        timer.schedule(),
                        RunBy.SCHEDULE))
                .toList();
        isRefused(OfMethod.class, OfMethod.class.getName() + ".gather", scheduled);
    }

    @ValidConnections(onUnavailable = OnUnavailable.LATER)
    @Singleton
    static class OfClass {
        @Resource(lookup = NAME)
        DataSource dataSource;

        @Timeout
        private void late() {}

        public void business() {}
    }

    @ValidConnections(onUnavailable = OnUnavailable.LATER)
    static class WithoutTimers {
        @Resource(lookup = NAME)
        DataSource dataSource;

        public void business() {}
    }

    @Test
    void aWholeClassMayWhereItHasATimer() {
        assertThatNoException().isThrownBy(() -> check(OfClass.class, timers(OfClass.class)));
        isRefused(WithoutTimers.class, WithoutTimers.class.getName(), timers(OfClass.class));
    }

    @Singleton
    static class Private {
        @Resource(lookup = NAME)
        DataSource dataSource;

        @ValidConnections(onUnavailable = OnUnavailable.LATER)
        private void gather() {}
    }

    @Test
    void aPrivateMethodThatOnlyADescriptorMakesATimeoutIsOneLikeAnother() throws Exception {
        Path file = Files.writeString(
                folder.resolve("ejb-jar.xml"),
                "<ejb-jar><enterprise-beans><session><ejb-name>Private</ejb-name><ejb-class>"
                        + Private.class.getName() + "</ejb-class><timer><schedule/><timeout-method>"
                        + "<method-name>gather</method-name></timeout-method></timer></session></enterprise-beans></ejb-jar>");
        EjbJar descriptor = EjbJar.read(file.toUri().toURL());
        TimerMethod timer = new TimerMethod(
                Private.class,
                "Private",
                Private.class.getDeclaredMethod("gather"),
                descriptor,
                "daily at 00:00:00, persistent",
                RunBy.TIMER_SERVICE);
        assertThatNoException().isThrownBy(() -> check(Private.class, List.of(timer)));
        assertThatThrownBy(() -> check(Private.class, List.of()))
                .isInstanceOf(GuardDefinitionException.class)
                .hasMessageContaining(Private.class.getName() + ".gather")
                .hasMessageContaining("private");
    }

    // On a server that cannot call a timer once more.

    private static TimerMethod only(Class<?> bean) {
        return timers(bean).get(0);
    }

    @Test
    void whereNoTimerCanBeCalledNoneThatRecursIsPutOff() {
        TimerMethod timer = only(OfMethod.class);
        assertThatThrownBy(() -> definitions(List.of(timer), false).check(timer, OnUnavailable.LATER))
                .isInstanceOf(GuardDefinitionException.class)
                .hasMessageStartingWith("CG0019 " + OfMethod.class.getName() + ".gather is to be made up later");
        assertThatNoException()
                .isThrownBy(() -> definitions(List.of(timer), false).check(timer, OnUnavailable.FAIL));
        assertThatNoException()
                .isThrownBy(() -> definitions(List.of(timer), true).check(timer, OnUnavailable.LATER));
    }

    @Test
    void whatJakartaConcurrencyRunsIsNotPutOffBySettingAndNoErrorEither() {
        TimerMethod timer = only(OfMethod.class);
        TimerMethod scheduled = new TimerMethod(
                timer.bean(), timer.ejbName(), timer.method(), timer.descriptor(), timer.schedule(), RunBy.SCHEDULE);
        assertThatNoException()
                .isThrownBy(() -> definitions(List.of(scheduled), false).check(scheduled, OnUnavailable.LATER));
    }
}
