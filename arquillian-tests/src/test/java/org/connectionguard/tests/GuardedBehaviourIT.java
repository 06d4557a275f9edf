/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import org.connectionguard.RunOutcome;
import org.connectionguard.tests.app.BurstJob;
import org.connectionguard.tests.app.Ledger;
import org.connectionguard.tests.server.Client;
import org.connectionguard.tests.server.Sessions;
import org.junit.jupiter.api.Test;

/** What the guard does to a job's connections, counted where it can be counted: in the server and in the pool. */
class GuardedBehaviourIT extends BothApplications {

    @Test
    void eightJobsAtOnceOnFiveDeadConnectionsAllSucceed() throws SQLException {
        killedPool(guarded, 5);
        guarded.expire(8, true);
        Ledger.Account account = awaitCalls(guarded, 8);
        assertThat(account.errors()).isEmpty();
        assertThat(account.started()).isEqualTo(8);
        assertThat(account.succeeded()).isEqualTo(8);

        killedPool(unguarded, 5);
        unguarded.expire(8, false);
        assertThat(awaitCalls(unguarded, 8).errors()).isNotEmpty();
    }

    @Test
    void aHealthyJobCostsExactlyOneRoundTrip() {
        int calls = 20;
        assertThat(statementsOf(guarded, calls) - statementsOf(unguarded, calls))
                .isEqualTo(calls);
    }

    @Test
    void aRunWhoseCommitFailsIsToldAsFailed() {
        long ran = guarded.told("BurstJob.run", RunOutcome.RAN);
        long failed = guarded.told("BurstJob.run", RunOutcome.FAILED);
        guarded.expireWith(List.of(BurstJob.REFUSED));
        // WildFly calls once more, at once.
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(guarded.told("BurstJob.run", RunOutcome.FAILED))
                        .isEqualTo(failed + 2));
        assertThat(account(guarded, "BurstJob").succeeded()).as("bodies").isEqualTo(2);
        assertThat(guarded.told("BurstJob.run", RunOutcome.RAN)).isEqualTo(ran);
    }

    @Test
    void theBodyGetsTheConnectionThatWasValidated() {
        for (Client application : List.of(guarded, unguarded)) {
            List<Long> pooled = application.fill("BurstJob", 5);
            application.expire(1, false);
            assertThat(pooled).contains(awaitCalls(application, 1).connection());
        }
        // The connection itself has counted: one statement more than without the guard.
        assertThat(account(guarded, "BurstJob").selects())
                .isEqualTo(account(unguarded, "BurstJob").selects() + 1);
    }

    @Test
    void guardedCallingGuardedInOneTransactionNeedsOneConnectionOnly() {
        // The pool has one; a second checkout would wait for ever (30 s) and fail.
        guarded.callSmallPoolJob();
        Ledger.Account account = guarded.accounts().get("SmallPoolJob");
        assertThat(account.errors()).isEmpty();
        assertThat(account.succeeded()).isEqualTo(1);
    }

    @Test
    void nothingLeaksInFiveHundredRuns() {
        int runs = 500;
        guarded.expire(runs, false);
        Ledger.Account account = awaitCalls(guarded, runs);
        assertThat(account.started()).isEqualTo(runs);
        assertThat(account.succeeded()).isEqualTo(runs);
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(guarded.lent("BurstJob")).isZero());
    }

    @Test
    void nothingLeaksWhenEveryRunFindsADeadConnection() throws SQLException {
        for (int run = 1; run <= 10; run++) {
            Sessions.killAll();
            guarded.expire(1, false);
            assertThat(awaitCalls(guarded, run).succeeded()).isEqualTo(run);
        }
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(guarded.lent("BurstJob")).isZero());
    }

    @Test
    void theProgrammaticDoorHealsATaskOfAnExecutor() throws SQLException {
        killedPool(guarded, "NamedJob", 1);
        guarded.runProgrammaticTask();

        killedPool(unguarded, "NamedJob", 1);
        assertThatThrownBy(unguarded::runProgrammaticTask).hasMessageContaining("500");
    }

    private void killedPool(Client application, int connections) throws SQLException {
        killedPool(application, "BurstJob", connections);
    }

    private static void killedPool(Client application, String job, int connections) throws SQLException {
        assertThat(application.fill(job, connections)).doesNotHaveDuplicates().hasSize(connections);
        Sessions.killAll();
    }

    /** What the pool's only connection answers while the job is called so often: nobody else asks that one. */
    private static long statementsOf(Client application, int calls) {
        application.callSmallPoolJob();
        long before = answered(application);
        for (int call = 0; call < calls; call++) {
            application.callSmallPoolJob();
        }
        return answered(application) - before;
    }

    /** Each reading is some itself, before and after alike. Pings count as statements here. */
    private static long answered(Client application) {
        return Stream.of("Questions", "Com_admin_commands")
                .mapToLong(counter ->
                        Long.parseLong(application.use("SmallPoolJob", "show session status like '" + counter + "'")))
                .sum();
    }
}
