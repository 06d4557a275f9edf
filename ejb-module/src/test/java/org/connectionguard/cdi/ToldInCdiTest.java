/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.cdi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sql.DataSource;
import org.connectionguard.ConnectionGuard;
import org.connectionguard.GuardEvent;
import org.connectionguard.GuardEvent.RunEnded;
import org.connectionguard.GuardEvent.Validated;
import org.connectionguard.JobStatus;
import org.connectionguard.RunOutcome;
import org.connectionguard.ValidConnections;
import org.connectionguard.testing.Jndi;
import org.connectionguard.testing.SmallDatabase;
import org.connectionguard.testing.SmallServer;
import org.jboss.weld.environment.se.WeldContainer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What an application hears of its jobs. */
@Timeout(60)
class ToldInCdiTest {
    private static final String NAME = "java:/Jobs";
    private static final String ENABLED = "connection-guard.enabled";

    @RegisterExtension
    private final Jndi jndi = new Jndi();

    private final SmallDatabase database = new SmallDatabase();

    @BeforeEach
    void server() {
        SmallServer.bindTransactions(jndi);
        jndi.bind(NAME, database.dataSource());
    }

    @AfterEach
    void unset() {
        System.clearProperty(ENABLED);
    }

    /** A job with a data source. */
    @ApplicationScoped
    static class Job {
        @Resource(lookup = NAME)
        private DataSource dataSource;

        @ValidConnections
        public String gather() {
            return String.valueOf(dataSource);
        }
    }

    /** Hears one kind of event, and one data source's. */
    @ApplicationScoped
    static class Listener {
        private final List<GuardEvent> heard = new CopyOnWriteArrayList<>();
        private final List<Thread> threads = new CopyOnWriteArrayList<>();

        void run(@Observes RunEnded event) {
            heard.add(event);
            threads.add(Thread.currentThread());
        }

        void validated(@Observes Validated event) {
            heard.add(event);
        }

        List<GuardEvent> heard() {
            return heard;
        }

        List<Thread> threads() {
            return threads;
        }
    }

    @Test
    void observersOfOneKindHearThatKindOnAnotherThread() {
        try (WeldContainer container = Deployment.of(Job.class, Listener.class)) {
            container.select(Job.class).get().gather();
            Listener listener = container.select(Listener.class).get();
            await().until(() -> listener.heard().size() == 2);
            assertThat(listener.heard().get(0))
                    .isInstanceOfSatisfying(
                            Validated.class,
                            event -> assertThat(event.dataSource()).isEqualTo(NAME));
            assertThat(listener.heard().get(1)).isInstanceOfSatisfying(RunEnded.class, event -> {
                assertThat(event.job()).isEqualTo("Job.gather");
                assertThat(event.outcome()).isEqualTo(RunOutcome.RAN);
            });
            assertThat(listener.threads()).doesNotContain(Thread.currentThread());
        }
    }

    @Test
    void whereNobodyObservesThereIsNoThreadForIt() {
        try (WeldContainer container = Deployment.of(Job.class)) {
            container.select(Job.class).get().gather();
            assertThat(Thread.getAllStackTraces().keySet())
                    .noneMatch(thread -> thread.getName().startsWith("connection-guard events"));
        }
    }

    @Test
    void codeIsGivenJobsAndDataSources() {
        try (WeldContainer container = Deployment.of(Job.class)) {
            ConnectionGuard guard = container.select(ConnectionGuard.class).get();
            container.select(Job.class).get().gather();
            assertThat(guard.jobs()).singleElement().satisfies(job -> {
                assertThat(job.name()).isEqualTo("Job.gather");
                assertThat(job.runs()).containsEntry(RunOutcome.RAN, 1L);
                assertThat(job.lastRuns())
                        .singleElement()
                        .extracting(JobStatus.PastRun::outcome)
                        .isEqualTo(RunOutcome.RAN);
            });
            assertThat(guard.dataSources())
                    .singleElement()
                    .satisfies(source -> assertThat(source.validations()).containsEntry(Validated.Result.ALIVE, 1L));
        }
    }

    @Test
    void switchedOffItKnowsNothing() {
        System.setProperty(ENABLED, "false");
        try (WeldContainer container = Deployment.of(Job.class, Listener.class)) {
            container.select(Job.class).get().gather();
            ConnectionGuard guard = container.select(ConnectionGuard.class).get();
            assertThat(guard.jobs()).isEmpty();
            assertThat(guard.dataSources()).isEmpty();
        }
    }
}
