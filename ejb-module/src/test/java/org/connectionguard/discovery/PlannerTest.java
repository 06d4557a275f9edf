/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;
import org.connectionguard.OnUnavailable;
import org.connectionguard.ValidConnections;
import org.connectionguard.config.Configuration;
import org.connectionguard.config.SettingSource;
import org.connectionguard.config.Settings;
import org.connectionguard.descriptor.EjbJars;
import org.connectionguard.engine.Target;
import org.junit.jupiter.api.Test;

/** Where a demand for writes is said to come from is where it can be taken away. */
class PlannerTest {
    private static final String NAME = "java:/Jobs";
    private static final Settings WRITABLE = Settings.DEFAULTS.withWritable(true);

    private static final class Job {
        @ValidConnections(writable = true)
        void write() {}

        @ValidConnections
        void run() {}
    }

    @ValidConnections(writable = true)
    private static final class Writer {
        void write() {}
    }

    private static Configuration configuration(Map<String, String> values) {
        return Configuration.of(new SettingSource() {
            @Override
            public Optional<String> value(String name) {
                return Optional.ofNullable(values.get(name));
            }

            @Override
            public Set<String> names(String prefix) {
                return values.keySet();
            }
        });
    }

    private static List<String> places(Class<?> type, String name, Settings settings, Map<String, String> values)
            throws NoSuchMethodException {
        Configuration configuration = configuration(values);
        Planner planner = new Planner(
                loader -> configuration,
                new Discovery(loader -> configuration, Optional.empty(), new Beans(), new EjbJars()),
                new DataSources());
        DataSource dataSource = (DataSource) Proxy.newProxyInstance(
                PlannerTest.class.getClassLoader(), new Class<?>[] {DataSource.class}, (proxy, method, arguments) -> {
                    throw new AssertionError(method);
                });
        Plan plan = new Plan(
                List.of(new Target(NAME, dataSource, settings)), OnUnavailable.FAIL, Duration.ZERO, Optional.empty());
        Method method = type.getDeclaredMethod(name);
        return planner.writeDemands(type, method, plan).map(WriteDemand::place).toList();
    }

    @Test
    void theMethodOrTheClassThatCarriesTheAnnotation() throws NoSuchMethodException {
        Map<String, String> set = Map.of("connection-guard.writable", "true");
        assertThat(places(Job.class, "write", WRITABLE, set)).containsExactly(Job.class.getName() + ".write");
        assertThat(places(Writer.class, "write", WRITABLE, set)).containsExactly(Writer.class.getName());
    }

    @Test
    void elseTheSettingOfTheDataSourceOrOfAll() throws NoSuchMethodException {
        String own = "connection-guard.\"" + NAME + "\".writable";
        assertThat(places(Job.class, "run", WRITABLE, Map.of("connection-guard.writable", "true")))
                .containsExactly("connection-guard.writable");
        assertThat(places(Job.class, "run", WRITABLE, Map.of("connection-guard.writable", "true", own, "true")))
                .containsExactly(own);
    }

    @Test
    void nothingIsDemandedOfWhatNeedsNoWritesOrIsNotGuarded() throws NoSuchMethodException {
        assertThat(places(Job.class, "run", Settings.DEFAULTS, Map.of())).isEmpty();
        assertThat(places(Job.class, "write", WRITABLE.withEnabled(false), Map.of()))
                .isEmpty();
    }
}
