/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.cdi;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ejb.Singleton;
import jakarta.enterprise.inject.spi.AfterDeploymentValidation;
import jakarta.enterprise.inject.spi.BeanManager;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.connectionguard.config.Configuration;
import org.connectionguard.deployment.Protections;
import org.connectionguard.deployment.TimerMethod;
import org.connectionguard.deployment.TimerMethod.RunBy;
import org.connectionguard.descriptor.EjbJar;
import org.connectionguard.descriptor.EjbJars;
import org.connectionguard.discovery.Beans;
import org.connectionguard.discovery.Discovery;
import org.connectionguard.discovery.Plans;
import org.connectionguard.server.WildFlyServer;
import org.connectionguard.testing.Log;
import org.connectionguard.testing.MapSettings;
import org.connectionguard.testing.Stub;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What is said of beans that only a descriptor declares. */
class DeploymentCheckTest {
    @RegisterExtension
    private final Log log = new Log();

    @TempDir
    private Path folder;

    private final List<Throwable> problems = new ArrayList<>();
    private Map<String, EjbJar> descriptors = Map.of();

    @Singleton
    static class Job {
        void run() {}
    }

    @BeforeEach
    void descriptor() throws IOException {
        Path file = Files.writeString(
                folder.resolve("ejb-jar.xml"),
                "<ejb-jar><enterprise-beans><session><ejb-name>Nightly</ejb-name><ejb-class>" + Job.class.getName()
                        + "</ejb-class><timer><timeout-method><method-name>run</method-name></timeout-method></timer>"
                        + "</session></enterprise-beans></ejb-jar>");
        descriptors = Map.of("ejb-jar.xml", EjbJar.read(file.toUri().toURL()));
    }

    private void check(MapSettings settings, List<TimerMethod> seen) {
        Configuration configuration = settings.read();
        Discovery discovery = new Discovery(loader -> configuration, Optional.empty(), new Beans(), new EjbJars());
        new DeploymentCheck(
                        new Configurations(loader -> configuration),
                        new Protections(loader -> configuration, Set.of(), false),
                        discovery,
                        new Plans(loader -> configuration, () -> configuration, discovery),
                        new BusinessViews(new Beans(), Stub.of(BeanManager.class, (method, arguments) -> null)),
                        new WildFlyServer())
                .describedBeans(
                        descriptors,
                        seen,
                        Stub.of(
                                AfterDeploymentValidation.class,
                                (method, arguments) -> problems.add((Throwable) arguments[0])));
    }

    @Test
    void oneThatNoAnnotationShowsIsNamed() {
        check(new MapSettings(), List.of());
        assertThat(log.lines())
                .singleElement(InstanceOfAssertFactories.STRING)
                .startsWith("WARNING CG0125 ejb-jar.xml declares timers")
                .contains("for them: Nightly. Bind the guard");
        assertThat(problems).isEmpty();
    }

    @Test
    void oneThatIsSeenAllTheSameIsNot() throws NoSuchMethodException {
        check(
                new MapSettings(),
                List.of(new TimerMethod(
                        Job.class,
                        "Nightly",
                        Job.class.getDeclaredMethod("run"),
                        EjbJar.NONE,
                        "",
                        RunBy.TIMER_SERVICE)));
        assertThat(log.lines()).isEmpty();
    }

    @Test
    void whetherItIsSaidOrRefusedIsASetting() {
        check(new MapSettings().put("unprotected", "ignore"), List.of());
        assertThat(problems).isEmpty();
        check(new MapSettings().put("unprotected", "fail"), List.of());
        assertThat(problems).singleElement().asString().contains("CG0125");
        assertThat(log.lines()).isEmpty();
    }
}
