/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.connectionguard.tests.server.Client;
import org.connectionguard.tests.server.LegacyDeployment;
import org.connectionguard.tests.server.LegacyWar;
import org.connectionguard.tests.server.Management;
import org.connectionguard.tests.server.Observer;
import org.connectionguard.tests.server.Protection;
import org.connectionguard.tests.server.Sessions;

/**
 * Applications that are deployed and undeployed again and again; the guard holds nothing of one that is gone. For one thread.
 *
 * @param twin says what the server itself holds
 */
record RedeploymentTrial(List<LegacyDeployment> protectedOnes, LegacyDeployment twin) {
    private static final int TIMES = 20;

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    static RedeploymentTrial of(Protection twin, Protection... protections) {
        return new RedeploymentTrial(
                Stream.of(protections).map(LegacyDeployment::forRedeployment).toList(),
                LegacyDeployment.forRedeployment(twin));
    }

    void leavesNoClassLoaderThatTheServerItselfWouldNotLeave() throws SQLException {
        Sessions.createTables();
        List<LegacyDeployment> all =
                Stream.concat(protectedOnes.stream(), Stream.of(twin)).toList();
        for (int time = 0; time < TIMES; time++) {
            Instant start = Instant.now();
            all.forEach(deployment -> Management.deploy(deployment.archive()));
            all.forEach(deployment -> awaitRun(deployment.wars().get(0), start));
            all.forEach(deployment -> Management.undeploy(deployment.name()));
        }
        // A TLS socket of the JDK remembers, by its access control context, the code beneath which it was made: so a
        // pool keeps
        // class loaders, with the guard and without, for as long as it keeps the connections.
        Management.flushAllPools();
        await().atMost(PATIENCE).untilAsserted(() -> {
            // Something of the last one may be remembered until the next comes.
            long allowed = Math.max(1, left(twin));
            assertThat(protectedOnes)
                    .allSatisfy(deployment ->
                            assertThat(left(deployment)).as(deployment.name()).isLessThanOrEqualTo(allowed));
        });
    }

    private static long left(LegacyDeployment deployment) {
        return Observer.CLIENT.classLoaders(deployment.name());
    }

    /** It has used what it was given: the guard, its thread, the data source. */
    private static void awaitRun(LegacyWar war, Instant since) {
        Client client = new Client(war.name());
        await(war.name())
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(client.tally(since))
                        .containsOnlyKeys(war.jobNames())
                        .allSatisfy((job, account) -> {
                            assertThat(account.succeeded()).isPositive();
                            assertThat(account.errors()).isEmpty();
                        }));
    }
}
