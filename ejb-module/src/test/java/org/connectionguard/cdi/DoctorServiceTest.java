/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.cdi;

import static org.assertj.core.api.Assertions.assertThat;

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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class DoctorServiceTest {
    private static final String NAME = "java:/Silent";

    @RegisterExtension
    private final Jndi jndi = new Jndi();

    static class Job {
        @ValidConnections(NAME)
        public void run() {}
    }

    private static boolean visits() {
        return Thread.getAllStackTraces().keySet().stream()
                .anyMatch(thread -> thread.getName().equals("connection-guard doctor"));
    }

    /** Also where the application has never asked him, so that there is no such bean. */
    @Test
    void undeploymentEndsTheDoctorsVisit() throws InterruptedException {
        SmallServer.bindTransactions(jndi);
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch answer = new CountDownLatch(1);
        jndi.bind(NAME, Stub.of(DataSource.class, (method, arguments) -> {
            asked.countDown();
            answer.await();
            return null;
        }));
        try (WeldContainer container = Deployment.of(Job.class)) {
            assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();
            assertThat(visits()).isTrue();
            container
                    .event()
                    .select(BeforeDestroyed.Literal.of(ApplicationScoped.class))
                    .fire("undeploying");
            assertThat(visits()).isFalse();
        } finally {
            answer.countDown();
        }
    }
}
