/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.cdi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.connectionguard.ValidConnections;
import org.connectionguard.testing.Jndi;
import org.connectionguard.testing.SmallServer;
import org.connectionguard.testing.Stub;
import org.jboss.weld.environment.se.WeldContainer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class DoctorVisitTest {
    private static final String NAME = "java:/Silent";

    @RegisterExtension
    private final Jndi jndi = new Jndi();

    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch answer = new CountDownLatch(1);

    @BeforeEach
    void server() {
        SmallServer.bindTransactions(jndi);
        jndi.bind(NAME, Stub.of(DataSource.class, (method, arguments) -> {
            asked.countDown();
            answer.await();
            return null;
        }));
    }

    @AfterEach
    void answer() {
        answer.countDown();
    }

    static class Job {
        @ValidConnections(NAME)
        public void run() {}
    }

    static class WithoutDataSource {
        @ValidConnections("java:/Text")
        public void run() {}
    }

    private static boolean isUnderWay() {
        return Thread.getAllStackTraces().keySet().stream()
                .anyMatch(thread -> thread.getName().equals("connection-guard doctor"));
    }

    /** Also where the application has never asked the doctor, so that there is no such bean. */
    @Test
    void undeploymentEndsIt() throws InterruptedException {
        try (WeldContainer container = Deployment.of(Job.class)) {
            assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();
            assertThat(isUnderWay()).isTrue();
            container
                    .event()
                    .select(BeforeDestroyed.Literal.of(ApplicationScoped.class))
                    .fire("undeploying");
            assertThat(isUnderWay()).isFalse();
        }
    }

    @Test
    void aDeploymentThatFailsIsNotVisited() {
        jndi.bind("java:/Text", "a text");
        assertThatThrownBy(() -> Deployment.of(Job.class, WithoutDataSource.class))
                .hasMessageContaining("CG0004");
        assertThat(isUnderWay()).isFalse();
    }
}
