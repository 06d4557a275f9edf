/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests;

import static org.awaitility.Awaitility.await;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
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
import org.junit.jupiter.api.extension.ExtendWith;

/** The application without jobs that run by themselves, guarded and unguarded; before each test with healthy pools. */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
abstract class BothApplications {
    final Client guarded = new Client(TestApplication.GUARDED);
    final Client unguarded = new Client(TestApplication.UNGUARDED);

    @Deployment(name = TestApplication.GUARDED, testable = false)
    static WebArchive guardedApplication() {
        return TestApplication.quietArchive(TestApplication.GUARDED);
    }

    @Deployment(name = TestApplication.UNGUARDED, testable = false)
    static WebArchive unguardedApplication() {
        return TestApplication.quietArchive(TestApplication.UNGUARDED);
    }

    /** One validation time-out, one backoff step, and a slow machine. */
    static final Duration SOON = Duration.ofSeconds(20);

    /** Waits until BurstJob was called so often. */
    static Ledger.Account awaitCalls(Client application, int calls) {
        return await().atMost(Duration.ofSeconds(60))
                .until(() -> account(application, "BurstJob"), account -> account.called() >= calls);
    }

    /** What became of a job's calls; nothing yet, where it was not called. */
    static Ledger.Account account(Client application, String job) {
        return application.accounts().getOrDefault(job, new Ledger.Account(0, 0, 0, 0, 0, List.of()));
    }

    /** In the test's log, on one line: what became of a guarded job, and of its twin. */
    void tell(String fault, String ofGuarded, String ofUnguarded) {
        System.out.println(
                getClass().getSimpleName() + ", " + fault + ": guarded " + ofGuarded + ", unguarded " + ofUnguarded);
    }

    static String millisSince(Instant start) {
        return Duration.between(start, Instant.now()).toMillis() + " ms";
    }

    @BeforeEach
    void healthyPools() throws SQLException {
        TestServers.proxy().recover();
        TestServers.proxy().leadTo(TestServers.database().port());
        Sessions.createTables();
        Management.flushAllPools();
        for (Client application : List.of(guarded, unguarded)) {
            application.hold();
            application.resume();
        }
    }
}
