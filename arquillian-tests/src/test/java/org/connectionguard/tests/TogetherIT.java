/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.connectionguard.tests.app.Ledger;
import org.connectionguard.tests.server.Client;
import org.connectionguard.tests.server.Sessions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Jobs that fire together, while the connections of their pool die. */
class TogetherIT extends BothApplications {
    private static final int JOBS = 8;
    private static final int CALLS = 10_000;
    private static final long SEED = 2026;

    private static final Duration PATIENCE = Duration.ofMinutes(4);

    /** Connections die so often, in milliseconds. */
    private static final int LONGEST_PEACE = 150;

    @AfterEach
    void rowsAreDeleted() throws SQLException {
        Sessions.execute("truncate table defects.entry");
    }

    @Test
    void tenThousandCallsOfEightJobsAtOnceLoseNoneWhereConnectionsKeepDying() throws SQLException {
        Instant start = Instant.now();
        Ledger.Account kept = callWhileConnectionsDie(guarded);
        String guardedTook = millisSince(start);
        start = Instant.now();
        Ledger.Account lost = callWhileConnectionsDie(unguarded);
        tell(
                CALLS + " calls of " + JOBS + " jobs at once while connections die",
                "lost " + kept.errors().size() + " in " + guardedTook,
                lost.errors().size() + " in " + millisSince(start));
        assertThat(kept.errors()).isEmpty();
        assertThat(kept.started()).isEqualTo(CALLS);
        assertThat(kept.succeeded()).isEqualTo(CALLS);
        assertThat(lost.errors()).isNotEmpty();
    }

    /** Never under a body, and never between its validation and its start: those who are under way end before. */
    private static Ledger.Account callWhileConnectionsDie(Client application) throws SQLException {
        Random random = new Random(SEED);
        application.fill("BusinessJob", JOBS);
        Sessions.killSome(random);
        application.together(JOBS, CALLS / JOBS);
        Instant end = Instant.now().plus(PATIENCE);
        int killed = 0;
        while (account(application, "BusinessJob").called() < CALLS) {
            assertThat(Instant.now()).isBefore(end);
            await().pollDelay(Duration.ofMillis(random.nextInt(LONGEST_PEACE))).until(() -> true);
            application.hold();
            try {
                killed += Sessions.killSome(random);
            } finally {
                application.goOn();
            }
        }
        assertThat(killed).isPositive();
        return account(application, "BusinessJob");
    }
}
