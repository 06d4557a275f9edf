/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.cdi;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import java.util.ServiceLoader;
import java.util.Set;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.connectionguard.testing.Jndi;
import org.connectionguard.testing.Log;
import org.connectionguard.testing.Stub;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebApplicationWithoutCdiTest {
    @RegisterExtension
    private final Log log = new Log();

    @RegisterExtension
    private final Jndi jndi = new Jndi();

    @AfterEach
    void unset() {
        System.clearProperty("connection-guard.enabled");
        System.clearProperty("connection-guard.unprotected");
    }

    /** As the container does. */
    private static void start() throws ServletException {
        for (ServletContainerInitializer initializer : ServiceLoader.load(ServletContainerInitializer.class)) {
            if (initializer instanceof WebApplicationWithoutCdi) {
                initializer.onStartup(Set.of(), Stub.of(ServletContext.class, (method, arguments) -> "/jobs"));
            }
        }
    }

    @Test
    void isToldThatNothingInItIsGuarded() throws ServletException {
        start();
        assertThat(log.lines())
                .singleElement(InstanceOfAssertFactories.STRING)
                .startsWith("WARNING CG0111 /jobs runs without a guard: its deployment has no CDI");
    }

    @Test
    void oneThatHasCdiHearsNothing() throws ServletException {
        jndi.bind("java:comp/BeanManager", "there");
        start();
        assertThat(log.lines()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"enabled=false", "unprotected=ignore"})
    void whereItIsMeantSoNothingIsSaid(String setting) throws ServletException {
        String[] parts = setting.split("=");
        System.setProperty("connection-guard." + parts[0], parts[1]);
        start();
        assertThat(log.lines()).isEmpty();
    }
}
