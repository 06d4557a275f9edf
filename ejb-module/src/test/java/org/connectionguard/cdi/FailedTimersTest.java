/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.cdi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.annotation.Resource;
import jakarta.ejb.Timer;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.interceptor.InvocationContext;
import jakarta.transaction.TransactionManager;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.connectionguard.ConnectionGuard;
import org.connectionguard.DatabaseUnavailableException;
import org.connectionguard.RunOutcome;
import org.connectionguard.ValidConnections;
import org.connectionguard.testing.Jndi;
import org.connectionguard.testing.Log;
import org.connectionguard.testing.SmallDatabase;
import org.connectionguard.testing.SmallServer;
import org.connectionguard.testing.Stub;
import org.jboss.weld.environment.se.WeldContainer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Timers without their database, where the server throws one away that has failed twice, and where it does not. */
class FailedTimersTest {
    private static final String NAME = "java:/Jobs";
    private static final String DOCTOR = "connection-guard.doctor";
    private static final String MAX_WAIT = "connection-guard.max-wait";
    private static final String KEEP_SCHEDULES = "connection-guard.keep-schedules";

    @RegisterExtension
    private final Jndi jndi = new Jndi();

    @RegisterExtension
    private final Log log = new Log();

    private final SmallDatabase database = new SmallDatabase();
    private final Timer timer = Stub.of(Timer.class, (method, arguments) -> {
        throw new IllegalStateException("It says nothing");
    });

    /** A job. */
    @ApplicationScoped
    static class Job {
        @Resource(lookup = NAME)
        DataSource dataSource;

        @ValidConnections
        public void gather() {}
    }

    @BeforeEach
    void server() {
        SmallServer.bindTransactions(jndi);
        jndi.bind(NAME, database.dataSource());
        System.setProperty(DOCTOR, "false");
        System.setProperty(MAX_WAIT, "PT0S");
        database.stop();
    }

    @AfterEach
    void unset() {
        List.of(DOCTOR, MAX_WAIT, KEEP_SCHEDULES).forEach(System::clearProperty);
    }

    private void onGlassFish() {
        jndi.unbind("java:jboss/TransactionManager");
        jndi.bind("java:appserver/TransactionManager", Stub.of(TransactionManager.class, (method, arguments) -> null));
    }

    private static Object call(WeldContainer container, Optional<Timer> timer) throws Exception {
        Map<String, Object> data = new HashMap<>();
        InvocationContext invocation = Stub.of(InvocationContext.class, (method, arguments) -> switch (method) {
            case "getContextData" -> data;
            case "getTimer" -> timer.orElse(null);
            case "getMethod" -> Job.class.getDeclaredMethod("gather");
            default -> "the body has run";
        });
        return container.select(GuardService.class).get().inTransaction(invocation, Job.class);
    }

    private void fails(Optional<Timer> timer) {
        try (WeldContainer container = Deployment.of(Job.class)) {
            for (int i = 0; i < 2; i++) {
                assertThatThrownBy(() -> call(container, timer)).isInstanceOf(DatabaseUnavailableException.class);
            }
            assertThat(log.lines()).noneMatch(line -> line.contains("CG0124"));
        }
    }

    @Test
    void elsewhereTheContainerCallsAgainWhatFails() {
        fails(Optional.of(timer));
    }

    @Test
    void onGlassFishARunIsLeftOutSinceItsFailureMayEndItsSchedule() throws Exception {
        onGlassFish();
        try (WeldContainer container = Deployment.of(Job.class)) {
            assertThat(call(container, Optional.of(timer))).isNull();
            assertThat(log.lines()).anyMatch(line -> line.startsWith("WARNING CG0124 A run of Job.gather failed"));
            assertThat(container.select(ConnectionGuard.class).get().jobs())
                    .singleElement()
                    .satisfies(job -> assertThat(job.runs()).containsEntry(RunOutcome.REFUSED, 1L));
        }
    }

    @Test
    void unlessTheSettingSaysThatItMay() {
        onGlassFish();
        System.setProperty(KEEP_SCHEDULES, "false");
        fails(Optional.of(timer));
    }

    @Test
    void whatNoTimerCallsFailsThereToo() {
        onGlassFish();
        fails(Optional.empty());
    }
}
