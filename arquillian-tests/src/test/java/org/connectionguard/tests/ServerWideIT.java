/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import java.util.stream.Stream;
import org.connectionguard.tests.server.Cli;
import org.connectionguard.tests.server.LegacyDeployment;
import org.connectionguard.tests.server.Management;
import org.connectionguard.tests.server.Observer;
import org.connectionguard.tests.server.Protection;
import org.connectionguard.tests.server.TestApplication;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Applications that know nothing of the guard, on a server that was configured to guard all timers. */
@Tag("any-database")
@ExtendWith(ArquillianExtension.class)
@RunAsClient
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "There the command is jboss-cli.bat")
class ServerWideIT {
    /** Also some that have the library inside: the server's is the one that counts. */
    private static final LegacyTrial TRIAL = new LegacyTrial(Stream.concat(
                    Stream.of(Protection.OPTED_OUT, Protection.SERVER_WIDE).flatMap(LegacyDeployment::of),
                    LegacyDeployment.of(Protection.DROP_IN).skip(1))
            .toList());

    @TempDir
    private static Path directory;

    /** Only so that Arquillian has the server started. */
    @Deployment(testable = false)
    static WebArchive observer() {
        return Observer.archive();
    }

    @BeforeAll
    static void installAndDeploy() throws IOException, InterruptedException, SQLException {
        run("server-wide.cli");
        TRIAL.deploy();
    }

    @AfterAll
    static void undeployAndRemove() throws IOException, InterruptedException {
        TRIAL.undeploy();
        run("server-wide-remove.cli");
    }

    private static void run(String script) throws IOException, InterruptedException {
        Cli.Result run = Cli.run(
                directory,
                script,
                Map.of("library.jar", TestApplication.library().toString()));
        assertThat(run.code()).as(run.output()).isZero();
        Management.reload();
    }

    @ParameterizedTest
    @EnumSource
    void protectedTimersRunOnAndTheOthersFail(StalenessFault fault) throws SQLException {
        TRIAL.protectedTimersSurvive(fault);
    }

    /** Its twin is in {@link NoCodeIT}: inside the transaction the wait outlives it. */
    @Test
    void waitingSpendsNothingOfTheTransactionsTimeOut() throws SQLException {
        TRIAL.outlastTransactions().forEach((war, accounts) -> {
            if (war.protection() != Protection.OPTED_OUT) {
                assertThat(accounts)
                        .as(war.name())
                        .allSatisfy(
                                (job, account) -> assertThat(account.errors()).isEmpty());
            } else {
                assertThat(accounts)
                        .as(war.name())
                        .allSatisfy(
                                (job, account) -> assertThat(account.errors()).isNotEmpty());
            }
        });
    }

    @Test
    void noClassLoaderIsLeftOfWhatIsGone() throws SQLException {
        RedeploymentTrial.of(Protection.OPTED_OUT, Protection.SERVER_WIDE)
                .leavesNoClassLoaderThatTheServerItselfWouldNotLeave();
    }

    @Test
    void protectedTimersAskOnce() {
        TRIAL.protectedTimersAskOnce();
    }
}
