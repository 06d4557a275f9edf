/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.cdi;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.spi.Extension;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.function.IntSupplier;
import javax.sql.DataSource;
import org.connectionguard.ConnectionGuard;
import org.connectionguard.ValidConnections;
import org.connectionguard.interceptor.EnabledInterceptor;
import org.connectionguard.testing.Jndi;
import org.connectionguard.testing.Log;
import org.connectionguard.testing.SmallDatabase;
import org.connectionguard.testing.SmallServer;
import org.jboss.weld.environment.se.Weld;
import org.jboss.weld.environment.se.WeldContainer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers that have CDI, and not everything else that the library knows, such as WildFly's standalone-microprofile.xml. */
class SmallServersTest {
    @RegisterExtension
    private final Jndi jndi = new Jndi();

    @RegisterExtension
    private final Log log = new Log();

    private final SmallDatabase database = new SmallDatabase();

    @BeforeEach
    void server() {
        System.setProperty("connection-guard.doctor", "false");
        SmallServer.bindTransactions(jndi);
        jndi.bind("java:/A", database.dataSource());
    }

    @AfterEach
    void unset() {
        System.clearProperty("connection-guard.doctor");
    }

    /** The library and the application, which see all classes but those of some APIs. */
    private static final class Without extends ClassLoader {
        private final String missing;

        Without(String missing) {
            super(SmallServersTest.class.getClassLoader());
            this.missing = missing;
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (name.startsWith(missing)) {
                throw new ClassNotFoundException(name);
            }
            if (!name.startsWith("org.connectionguard.") || name.startsWith("org.connectionguard.testing.")) {
                return super.loadClass(name, resolve);
            }
            synchronized (getClassLoadingLock(name)) {
                Class<?> loaded = findLoadedClass(name);
                return loaded == null ? define(name) : loaded;
            }
        }

        private Class<?> define(String name) throws ClassNotFoundException {
            try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
                if (in == null) {
                    throw new ClassNotFoundException(name);
                }
                byte[] bytes = in.readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }

        @Override
        public Enumeration<URL> getResources(String name) throws IOException {
            return name.startsWith("META-INF/services/jakarta.enterprise")
                    ? Collections.emptyEnumeration()
                    : super.getResources(name);
        }
    }

    /** Of the application; what it answers is how many timers are reported. */
    @ApplicationScoped
    public static class Caller implements IntSupplier {
        @Inject
        ConnectionGuard guard;

        @Resource(lookup = "java:/A")
        DataSource dataSource;

        @Override
        @ValidConnections
        public int getAsInt() {
            return guard.timers().size();
        }
    }

    private int reportedTimers(ClassLoader loader) throws ReflectiveOperationException {
        Extension extension = (Extension) loader.loadClass(GuardExtension.class.getName())
                .getConstructor()
                .newInstance();
        List<Class<?>> beans = new ArrayList<>();
        for (Class<?> bean : List.of(GuardService.class, DoctorService.class, EnabledInterceptor.class, Caller.class)) {
            beans.add(loader.loadClass(bean.getName()));
        }
        // A container may look at every class, whether it has an annotation or not.
        for (String other :
                List.of("health.GuardHealthCheck", "metrics.MicrometerChannel", "metrics.OpenTelemetryChannel")) {
            beans.add(loader.loadClass("org.connectionguard.observability." + other));
        }
        try (WeldContainer container = new Weld()
                .disableDiscovery()
                .setClassLoader(loader)
                .addExtension(extension)
                .beanClasses(beans.toArray(Class<?>[]::new))
                .initialize()) {
            return ((IntSupplier) container.select(beans.get(3)).get()).getAsInt();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jakarta.ejb.",
                "jakarta.persistence.",
                "jakarta.enterprise.concurrent.",
                "org.eclipse.microprofile.health.",
                "io.micrometer.",
                "io.opentelemetry.",
                "jdk.jfr."
            })
    void anApplicationIsDeployedAndWhatItHasIsGuarded(String missing) throws ReflectiveOperationException {
        assertThat(reportedTimers(new Without(missing))).isZero();
        assertThat(database.borrowed()).isEqualTo(1);
        assertThat(log.lines()).noneMatch(line -> line.contains("CG0133"));
    }
}
