/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests;

import static java.util.concurrent.CompletableFuture.supplyAsync;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.connectionguard.OnUnavailable;
import org.connectionguard.server.DatabaseServer;
import org.connectionguard.tests.app.Ledger;
import org.connectionguard.tests.server.Client;
import org.connectionguard.tests.server.Sessions;
import org.connectionguard.tests.server.TestServers;
import org.junit.jupiter.api.Test;

/** When the database is away. */
class OutageIT extends BothApplications {
    private static final Duration OUTAGE = Duration.ofSeconds(5);

    /** The longest pause that can be under way then: max-backoff, and a fifth more. */
    private static final Duration BACKOFF_STEP = Duration.ofSeconds(6);

    /** The machine may be. */
    private static final Duration SLOW = Duration.ofSeconds(4);

    private final DatabaseServer database = TestServers.database();

    @Test
    void aJobThatComesWhileTheDatabaseIsDownRunsOnceWhenItIsBack() {
        guarded.fill("BurstJob", 2);
        unguarded.fill("BurstJob", 2);
        database.stop();
        try {
            guarded.expire(1, false);
            unguarded.expire(1, false);
            // WildFly has retried the unguarded one, and given up.
            assertThat(awaitCalls(unguarded, 2).errors()).hasSize(2);
            await().during(OUTAGE).atMost(OUTAGE.plus(SOON)).until(() -> calls(guarded) == 0);
        } finally {
            database.start();
        }
        Instant accepting = Instant.now();
        Ledger.Account account = awaitCalls(guarded, 1);
        assertThat(Duration.between(accepting, Instant.now())).isLessThan(BACKOFF_STEP.plus(SLOW));
        assertThat(account.errors()).isEmpty();
        assertThat(account.started()).isEqualTo(1);
        assertThat(account.succeeded()).isEqualTo(1);
    }

    @Test
    void pastTheDeadlineEachPolicyDoesWhatItSays() {
        for (Client application : List.of(guarded, unguarded)) {
            application.fill("PolicyJob", 1);
        }
        database.stop();
        try {
            assertThat(guarded.callPolicyJob(OnUnavailable.FAIL))
                    .contains("DatabaseUnavailableException", "CG0201 java:jboss/datasources/guarded/PolicyJob")
                    .contains("(down)");
            assertThat(guarded.callPolicyJob(OnUnavailable.SKIP)).isEqualTo("null");
            assertThat(started(guarded)).isZero();
            // The body runs, and finds out for itself.
            assertThat(guarded.callPolicyJob(OnUnavailable.PROCEED)).doesNotContain("DatabaseUnavailable");
            assertThat(started(guarded)).isEqualTo(1);
            assertThat(unguarded.callPolicyJob(OnUnavailable.SKIP)).isNotEqualTo("ran");
            assertThat(started(unguarded)).isEqualTo(1);
        } finally {
            database.start();
        }
    }

    @Test
    void aJobWhoseTransactionEndedWhileItWaitedDoesNotStart() {
        TestServers.proxy().refuse();
        CompletableFuture<String> waits = supplyAsync(() -> guarded.run("soonOver"));
        await().during(Duration.ofSeconds(4)).atMost(SOON).until(() -> !waits.isDone());
        TestServers.proxy().recover();
        assertThat(waits)
                .succeedsWithin(SOON)
                .asString()
                .contains("CG0202 HerdJob.run does not start", "rolled back", "Keep max-wait below");
        assertThat(account(guarded, "HerdJob").started()).isZero();
        // Without the guard nothing waits, and nothing asks whether it is still worth while.
        TestServers.proxy().refuse();
        assertThat(unguarded.run("soonOver")).doesNotContain("CG0").isNotEqualTo("ran");
        assertThat(account(unguarded, "HerdJob").started()).isEqualTo(1);
    }

    @Test
    void aJobInATransactionThatWasGivenUpBeforeRunsAsItWouldUnguarded() {
        String told = guarded.run("markedForRollback");
        assertThat(told).isEqualTo(unguarded.run("markedForRollback")).doesNotContain("CG0");
        assertThat(account(guarded, "HerdJob").started()).isEqualTo(1);
        assertThat(account(unguarded, "HerdJob").started()).isEqualTo(1);
    }

    @Test
    void afterAConnectionLostInTheBodyTheContainersRetryRunsOnALiveOne() throws SQLException {
        // Each body runs twice its work: the first time before the loss, the second time after it, and both in the
        // retry.
        Ledger.Account healed = loseConnectionInBody(guarded, false, application -> Sessions.killAll());
        assertThat(healed.errors()).hasSize(1);
        assertThat(healed.succeeded()).isEqualTo(3);
        Ledger.Account lost = loseConnectionInBody(unguarded, false, application -> Sessions.killAll());
        assertThat(lost.errors()).hasSize(2);
        assertThat(lost.succeeded()).isEqualTo(1);
    }

    @Test
    void aBodyThatAShutdownInterruptedIsRetriedByTheContainerWhenTheDatabaseIsBack() throws SQLException {
        // One error is the statement's, one the container's.
        Ledger.Account healed = loseConnectionInBody(guarded, true, this::restart);
        assertThat(healed.errors())
                .hasSize(2)
                .first()
                .asString()
                .contains(TestServers.isMySql() ? "08S01 / 1053" : "08");
        assertThat(healed.succeeded()).isEqualTo(3);
        Ledger.Account lost = loseConnectionInBody(unguarded, true, this::restart);
        assertThat(lost.errors()).hasSizeGreaterThanOrEqualTo(3);
        assertThat(lost.succeeded()).isEqualTo(1);
    }

    /** MySQL answers pings for two more seconds then, and nothing else. */
    @Test
    void aServerThatIsShuttingDownIsNotTakenForALiveOne() {
        for (Client application : List.of(guarded, unguarded)) {
            application.fill("BurstJob", 1);
        }
        database.beginStop();
        try {
            await().atMost(SOON).until(() -> !connects());
            guarded.expire(1, false);
            unguarded.expire(1, false);
            assertThat(awaitCalls(unguarded, 2).errors()).hasSize(2);
        } finally {
            database.stop();
            database.start();
        }
        Ledger.Account account = awaitCalls(guarded, 1);
        assertThat(account.errors()).isEmpty();
        assertThat(account.started()).isEqualTo(1);
    }

    private boolean connects() {
        try (Connection connection = database.connect()) {
            return connection.isValid(1);
        } catch (SQLException e) {
            return false;
        }
    }

    /** Ends the server while a statement runs, and starts it when the job has failed, and the container retries. */
    private void restart(Client application) {
        database.stop();
        try {
            await().atMost(SOON).until(() -> account(application, "MidBodyJob").called() >= 1);
        } finally {
            database.start();
        }
    }

    private interface Fault {
        void happens(Client application) throws SQLException;
    }

    /** All connections of the pool, the body's and five idle ones, go while it runs; WildFly then retries once. */
    private static Ledger.Account loseConnectionInBody(Client application, boolean inStatement, Fault fault)
            throws SQLException {
        application.fill("MidBodyJob", 6);
        application.stopInBody(inStatement);
        await().atMost(SOON).until(() -> account(application, "MidBodyJob").succeeded() == 1);
        fault.happens(application);
        application.goOnInBody();
        await().atMost(SOON).until(() -> account(application, "MidBodyJob").called() == 2);
        return account(application, "MidBodyJob");
    }

    private static int calls(Client application) {
        return account(application, "BurstJob").called();
    }

    private static int started(Client application) {
        return account(application, "PolicyJob").started();
    }
}
