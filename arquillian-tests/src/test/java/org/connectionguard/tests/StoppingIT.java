/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import org.connectionguard.server.DatabaseServer;
import org.connectionguard.tests.app.Ledger;
import org.connectionguard.tests.server.Client;
import org.connectionguard.tests.server.Management;
import org.connectionguard.tests.server.Sessions;
import org.connectionguard.tests.server.TestApplication;
import org.connectionguard.tests.server.TestServers;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A job that waits for its database holds nobody up who stops the server or the application. */
@Tag("any-database")
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class StoppingIT {
    /** Much less than max-wait, 30 s, which the waiting job would take. */
    private static final Duration AT_ONCE = Duration.ofSeconds(10);

    private final Client guarded = new Client(TestApplication.GUARDED);
    private final DatabaseServer database = TestServers.database();

    @ArquillianResource
    private Deployer deployer;

    @Deployment(name = TestApplication.GUARDED, testable = false, managed = false)
    static WebArchive application() {
        return TestApplication.quietArchive(TestApplication.GUARDED);
    }

    @Test
    void suspensionAndUndeploymentEndTheWait() throws SQLException {
        Sessions.createTables();
        deployer.deploy(TestApplication.GUARDED);
        boolean deployed = true;
        database.stop();
        try {
            guarded.expire(1, false);
            awaitWaiting();
            Instant start = Instant.now();
            Management.suspend();
            try {
                await().atMost(AT_ONCE).until(() -> Management.suspendState().equals("SUSPENDED"));
            } finally {
                Management.resume();
            }
            assertThat(Duration.between(start, Instant.now())).isLessThan(AT_ONCE);
            Ledger.Account account = BothApplications.account(guarded, "BurstJob");
            assertThat(account.errors())
                    .isNotEmpty()
                    .allSatisfy(error ->
                            assertThat(error).contains("(stopped)", "the server is being suspended or stopped"));
            assertThat(account.started()).isZero();

            // Resumed: jobs wait again, until the application goes.
            guarded.expire(1, false);
            awaitWaiting();
            start = Instant.now();
            deployer.undeploy(TestApplication.GUARDED);
            deployed = false;
            assertThat(Duration.between(start, Instant.now())).isLessThan(AT_ONCE);
        } finally {
            database.start();
            if (deployed) {
                deployer.undeploy(TestApplication.GUARDED);
            }
        }
    }

    /** A guarded job is under way, and its body is not. */
    private void awaitWaiting() {
        await().atMost(AT_ONCE).until(() -> guarded.underWay() > 0);
        assertThat(BothApplications.account(guarded, "BurstJob").started()).isZero();
    }
}
