/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests;

import static java.util.concurrent.CompletableFuture.supplyAsync;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.connectionguard.OnUnavailable;
import org.connectionguard.server.DatabaseServer;
import org.connectionguard.tests.app.Ledger;
import org.connectionguard.tests.server.Client;
import org.connectionguard.tests.server.Sessions;
import org.connectionguard.tests.server.TestServers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When the database is away, silent or refusing. */
class OutageIT extends BothApplications {
    /** One validation time-out, one backoff step, and a slow machine. */
    private static final Duration SOON = Duration.ofSeconds(12);

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
            await().during(Duration.ofSeconds(3)).atMost(Duration.ofSeconds(6)).until(() -> calls(guarded) == 0);
        } finally {
            database.start();
        }
        Ledger.Account account = awaitCalls(guarded, 1);
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
    void aFrozenServerIsWaitedForBeforeTheBodyStarts() {
        guarded.fill("BurstJob", 1);
        unguarded.fill("BurstJob", 1);
        database.freeze();
        try {
            guarded.expire(1, false);
            unguarded.expire(1, false);
            // Without the guard the body is caught inside, with its transaction open, for as long as it takes.
            await().atMost(SOON).until(() -> account(unguarded, "BurstJob").started() == 1);
            await().during(Duration.ofSeconds(3))
                    .atMost(Duration.ofSeconds(6))
                    .until(() -> account(guarded, "BurstJob").started() == 0);
        } finally {
            database.thaw();
        }
        Ledger.Account account = awaitCalls(guarded, 1);
        assertThat(account.errors()).isEmpty();
        assertThat(account.started()).isEqualTo(1);
    }

    @Test
    void aSilentConnectionIsAbortedAndReplaced() {
        assertThat(guarded.validate("Proxied")).isEqualTo("live");
        assertThat(unguarded.use("Proxied")).isEqualTo("live");
        TestServers.proxy().silencePresentConnections();
        CompletableFuture<String> hangs = supplyAsync(() -> unguarded.use("Proxied"));
        try {
            assertThat(guarded.validate("Proxied")).isEqualTo("live");
            assertThat(guarded.use("Proxied")).isEqualTo("live");
            assertThat(hangs).isNotDone();
        } finally {
            TestServers.proxy().recover();
        }
        assertThat(hangs).succeedsWithin(SOON).asString().isNotEqualTo("live");
    }

    @ParameterizedTest
    @CsvSource({"WrongPassword, 1045, Access denied", "WrongSchema, 1044, Access denied"})
    void whatWaitingCannotMendFailsAtOnceAndSaysWhy(String dataSource, int code, String words) {
        assertThat(guarded.validate(dataSource))
                .contains("CG0201 java:jboss/datasources/guarded/" + dataSource, "(refused) after 0.")
                .contains("code " + code, words, "Waiting does not help")
                .doesNotContain("wrong");
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
    void afterAConnectionLostInTheBodyTheContainersRetryRunsOnALiveOne() throws SQLException {
        // Each body runs twice its work: the first time before the loss, the second time after it, and both in the
        // retry.
        Ledger.Account healed = loseConnectionInBody(guarded);
        assertThat(healed.errors()).hasSize(1);
        assertThat(healed.succeeded()).isEqualTo(3);
        Ledger.Account lost = loseConnectionInBody(unguarded);
        assertThat(lost.errors()).hasSize(2);
        assertThat(lost.succeeded()).isEqualTo(1);
    }

    /** All connections of the pool, the body's and five idle ones, go while it runs; WildFly then retries once. */
    private static Ledger.Account loseConnectionInBody(Client application) throws SQLException {
        application.fill("MidBodyJob", 6);
        application.stopInBody();
        await().atMost(SOON).until(() -> account(application, "MidBodyJob").succeeded() == 1);
        Sessions.killAll();
        application.goOnInBody();
        await().atMost(SOON).until(() -> account(application, "MidBodyJob").called() == 2);
        return account(application, "MidBodyJob");
    }

    private static Ledger.Account account(Client application, String job) {
        return application.accounts().getOrDefault(job, new Ledger.Account(0, 0, 0, 0, 0, List.of()));
    }

    private static int calls(Client application) {
        return account(application, "BurstJob").called();
    }

    private static int started(Client application) {
        return account(application, "PolicyJob").started();
    }

    private static Ledger.Account awaitCalls(Client application, int calls) {
        await().atMost(SOON).until(() -> calls(application) >= calls);
        return account(application, "BurstJob");
    }
}
