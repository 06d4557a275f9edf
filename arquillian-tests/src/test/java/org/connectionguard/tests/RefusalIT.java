/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests;

import static java.util.concurrent.CompletableFuture.supplyAsync;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.connectionguard.OnUnavailable;
import org.connectionguard.server.DatabaseServer;
import org.connectionguard.tests.app.Ledger;
import org.connectionguard.tests.server.Client;
import org.connectionguard.tests.server.Management;
import org.connectionguard.tests.server.Sessions;
import org.connectionguard.tests.server.TestServers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When the database, or the pool, is there and gives no connection. */
class RefusalIT extends BothApplications {
    private final DatabaseServer database = TestServers.database();

    @ParameterizedTest
    @CsvSource({
        "WrongPassword, 1045, Access denied",
        "ForbiddenSchema, 1044, Access denied",
        "NoSchema, 1049, Unknown database"
    })
    void whatWaitingCannotMendFailsAtOnceAndSaysWhy(String dataSource, int code, String words) throws SQLException {
        Sessions.execute(
                "create user if not exists 'everywhere'@'%' identified by 'everywhere'",
                "grant all privileges on *.* to 'everywhere'@'%'");
        assertThat(guarded.validate(dataSource))
                .contains("CG0201 java:jboss/datasources/guarded/" + dataSource)
                // Of the thirty seconds that it might have waited.
                .containsPattern("\\(refused\\) after [0-4]\\.")
                .contains("code " + code, words, "Waiting does not help")
                .doesNotContain("wrong", "everywhere");
        assertThat(unguarded.use(dataSource)).contains(words);
    }

    @Test
    void aUserWithoutAConnectionLeftIsNotCalledDown() throws SQLException {
        Sessions.execute("alter user 'defects'@'%' with max_user_connections 1");
        Sessions.killAll();
        // The limit counts from the next login on; this one takes the only place.
        try (Connection only = database.connect()) {
            assertThat(only.isValid(1)).isTrue();
            assertThat(guarded.callPolicyJob(OnUnavailable.FAIL))
                    .contains("(exhausted)", "code 1226", "The database is up");
            assertThat(unguarded.callPolicyJob(OnUnavailable.FAIL)).contains("max_user_connections");
        } finally {
            Sessions.execute("alter user 'defects'@'%' with max_user_connections 0");
        }
    }

    @Test
    void aServerWithoutAConnectionLeftIsWaitedFor() throws SQLException {
        Management.flushAllPools();
        List<Connection> others = new ArrayList<>();
        Sessions.execute("set global max_connections = 20");
        try {
            fill(others);
            assertThat(guarded.callPolicyJob(OnUnavailable.FAIL))
                    .contains("(exhausted)", "code 1040", "The database is up");
            assertThat(unguarded.callPolicyJob(OnUnavailable.FAIL)).contains("Too many connections");
            // One that comes now waits until somebody has gone.
            CompletableFuture<String> waits = supplyAsync(() -> guarded.validate("PolicyJob"));
            await().during(Duration.ofSeconds(2)).atMost(SOON).until(() -> !waits.isDone());
            others.remove(0).close();
            assertThat(waits).succeedsWithin(SOON).isEqualTo("live");
        } finally {
            for (Connection other : others) {
                other.close();
            }
            Sessions.execute("set global max_connections = 400");
        }
    }

    /** Takes all connections that the server has. */
    private void fill(List<Connection> others) throws SQLException {
        try {
            while (true) {
                others.add(database.connect());
            }
        } catch (SQLException e) {
            assertThat(e.getErrorCode()).isEqualTo(1040);
        }
    }

    @Test
    void aServerInOfflineModeIsWaitedFor() throws SQLException {
        assumeTrue(TestServers.isMySql(), "MariaDB has no offline_mode");
        guarded.fill("BurstJob", 2);
        unguarded.fill("BurstJob", 2);
        Sessions.execute("set global offline_mode = on");
        try {
            assertThat(guarded.callPolicyJob(OnUnavailable.FAIL)).contains("(down)", "code 3032");
            guarded.expire(1, false);
            unguarded.expire(1, false);
            assertThat(awaitCalls(unguarded, 2).errors()).hasSize(2);
            assertThat(account(guarded, "BurstJob").called()).isZero();
        } finally {
            Sessions.execute("set global offline_mode = off");
        }
        Ledger.Account account = awaitCalls(guarded, 1);
        assertThat(account.errors()).isEmpty();
        assertThat(account.started()).isEqualTo(1);
    }

    @Test
    void aPoolWhoseConnectionsAreAllInUseIsNotCalledDown() {
        guarded.take("SmallImpatient");
        unguarded.take("SmallImpatient");
        await().atMost(SOON).until(() -> hogs(guarded, "has one") == 1 && hogs(unguarded, "has one") == 1);
        CompletableFuture<String> hangs = supplyAsync(() -> unguarded.run("ImpatientJob"));
        assertThat(guarded.run("ImpatientJob"))
                .contains("(exhausted)", "all of them are in use", "raise max-pool-size");
        assertThat(account(guarded, "ImpatientJob").started()).isZero();
        // Without the guard the body is caught inside, with its transaction open.
        assertThat(hangs).isNotDone();
        assertThat(account(unguarded, "ImpatientJob").started()).isEqualTo(1);
        guarded.giveBack();
        unguarded.giveBack();
        await().atMost(SOON).until(() -> guarded.run("ImpatientJob").equals("ran"));
        assertThat(hangs).succeedsWithin(SOON).isEqualTo("ran");
        // At most as many as may ask at once; none where they are virtual.
        assertThat(guarded.guardThreads("SmallImpatient")).hasSizeLessThanOrEqualTo(8);
    }

    /** After a moment outside the guard waits inside: the transaction itself may hold what the pool lacks. */
    @Test
    void aCheckoutThatBlocksInsideTheTransactionIsBoundedAndDoomsIt() {
        // One that idles would be taken for one that waits.
        await().atMost(SOON).until(() -> guarded.guardThreads("SmallImpatient").isEmpty());
        guarded.take("SmallImpatient");
        await().atMost(SOON).until(() -> hogs(guarded, "has one") == 1);
        assertThat(guarded.run("ImpatientJob")).contains("(exhausted)");
        assertThat(account(guarded, "ImpatientJob").started()).isZero();
        // What the guard's thread still gets inside that transaction, which is over, goes back to the pool.
        guarded.giveBack();
        await().atMost(SOON).until(() -> guarded.run("ImpatientJob").equals("ran"));
        await().atMost(SOON).until(() -> guarded.lent("SmallImpatient") == 0);
    }

    private static long hogs(Client application, String what) {
        return application
                .threads("hog java:jboss/datasources/" + application.application() + "/SmallImpatient " + what)
                .size();
    }
}
