/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.connectionguard.tests.app.Ledger;
import org.connectionguard.tests.server.Client;
import org.connectionguard.tests.server.Management;
import org.connectionguard.tests.server.Sessions;
import org.connectionguard.tests.server.TestApplication;
import org.connectionguard.tests.server.TestServers;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every fault against every job at once: each has its own pool, and its timer expires every two seconds. Each fault is done
 * to both applications while no body runs; then every guarded job must run at its next expiration as if nothing had
 * happened, and every unguarded one must fail.
 */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class FaultMatrixIT {
    /** The interval of all timers, and of the calls of those that have none. */
    private static final Duration EXPIRATION = Duration.ofSeconds(2);

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Client guarded = new Client(TestApplication.GUARDED);
    private final Client unguarded = new Client(TestApplication.UNGUARDED);

    @Deployment(name = TestApplication.GUARDED, testable = false)
    static WebArchive guardedApplication() {
        return TestApplication.archive(TestApplication.GUARDED);
    }

    @Deployment(name = TestApplication.UNGUARDED, testable = false)
    static WebArchive unguardedApplication() {
        return TestApplication.archive(TestApplication.UNGUARDED);
    }

    /** An action that breaks something. */
    private interface Fault {
        void happens() throws SQLException, IOException;
    }

    @BeforeEach
    void everyJobRuns() throws IOException, SQLException {
        Sessions.createTables();
        inBoth(() -> Management.flushAllPools());
        awaitAllJobs(guarded, FaultMatrixIT::succeeded);
        awaitAllJobs(unguarded, FaultMatrixIT::succeeded);
    }

    @Test
    void killOfAllSessions() throws Exception {
        inBoth(Sessions::killAll);
        guardedJobsRunAndUnguardedJobsFail();
    }

    /** Once: a body on a busy machine may itself take longer than a second between two statements. */
    @Test
    void waitTimeoutExpired() throws Exception {
        inBoth(() -> {
            // A session takes the value when it begins.
            Sessions.execute("set global wait_timeout = 1");
            try {
                Set<Long> before = Sessions.present();
                Management.flushAllPools();
                for (Client application : List.of(guarded, unguarded)) {
                    for (String job : TestApplication.jobs()) {
                        application.fill(job, 1);
                    }
                }
                Set<Long> own = Sessions.present();
                own.removeAll(before);
                Sessions.awaitEndOf(own);
            } finally {
                Sessions.execute("set global wait_timeout = 28800");
            }
        });
        guardedJobsRunAndUnguardedJobsFail();
    }

    @Test
    void serverStoppedAndStarted() throws Exception {
        inBoth(() -> {
            TestServers.database().stop();
            TestServers.database().start();
        });
        guardedJobsRunAndUnguardedJobsFail();
    }

    @Test
    void serverKilledAndStarted() throws Exception {
        inBoth(() -> {
            TestServers.database().kill();
            TestServers.database().start();
        });
        guardedJobsRunAndUnguardedJobsFail();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 5, 20})
    void deadConnectionsInThePool(int count) throws Exception {
        inBoth(() -> {
            assertThat(guarded.fill("ScheduleJob", count))
                    .doesNotHaveDuplicates()
                    .hasSize(count);
            assertThat(unguarded.fill("ScheduleJob", count))
                    .doesNotHaveDuplicates()
                    .hasSize(count);
            Sessions.killAll();
        });
        guardedJobsRunAndUnguardedJobsFail();
    }

    @Test
    void onlySomeDeadConnectionsInThePool() throws Exception {
        inBoth(() -> {
            for (Client application : List.of(guarded, unguarded)) {
                for (String job : TestApplication.jobs()) {
                    List<Long> ids = application.fill(job, 3);
                    Sessions.kill(List.of(ids.get(0), ids.get(2)));
                }
            }
        });
        guardedJobsRunAndUnguardedJobsFail();
    }

    private void inBoth(Fault fault) throws SQLException, IOException {
        guarded.hold();
        unguarded.hold();
        try {
            fault.happens();
        } finally {
            guarded.resume();
            unguarded.resume();
        }
    }

    private void guardedJobsRunAndUnguardedJobsFail() {
        awaitAllJobs(guarded, FaultMatrixIT::succeeded);
        awaitAllJobs(unguarded, FaultMatrixIT::failed);
    }

    /** Two calls at least, none of them failed, and each ran its body exactly once. */
    private static void succeeded(Map<String, Ledger.Account> accounts) {
        assertThat(accounts).containsKeys(TestApplication.jobs().toArray(String[]::new));
        assertThat(accounts).allSatisfy((job, account) -> {
            assertThat(account.errors()).isEmpty();
            assertThat(account.called()).isGreaterThanOrEqualTo(2);
            assertThat(account.started()).isEqualTo(account.called());
            assertThat(account.succeeded()).isEqualTo(account.called());
        });
    }

    private static void failed(Map<String, Ledger.Account> accounts) {
        assertThat(accounts).containsKeys(TestApplication.jobs().toArray(String[]::new));
        assertThat(accounts)
                .allSatisfy((job, account) -> assertThat(account.errors()).isNotEmpty());
    }

    private static void awaitAllJobs(Client application, Consumer<Map<String, Ledger.Account>> expected) {
        await().atMost(PATIENCE).pollInterval(EXPIRATION).untilAsserted(() -> {
            application.callJobsWithoutTimers();
            expected.accept(application.accountsAtRest());
        });
    }
}
