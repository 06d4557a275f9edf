/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import org.awaitility.core.ConditionTimeoutException;
import org.connectionguard.server.TcpProxy;
import org.connectionguard.tests.server.Client;
import org.connectionguard.tests.server.TestServers;
import org.junit.jupiter.api.Test;

/** When very many jobs want the same dead database. */
class HerdIT extends BothApplications {
    private static final int JOBS = 100;
    /** The settings' defaults. */
    private static final Duration INITIAL_BACKOFF = Duration.ofMillis(100);

    private static final Duration MAX_BACKOFF = Duration.ofSeconds(5);
    private static final double LEAST_OF_A_STEP = 0.8;

    private final TcpProxy proxy = TestServers.proxy();

    @Test
    void aHundredWaitingJobsConnectOncePerBackoffStep() {
        proxy.refuse();
        int before = proxy.accepted().size();
        guarded.herd(JOBS);
        await().during(Duration.ofSeconds(7))
                .atMost(SOON)
                .until(() -> account(guarded, "HerdJob").called() == 0);
        List<Long> attempts = proxy.accepted();
        attempts = attempts.subList(before, attempts.size());
        assertThat(attempts).hasSizeBetween(4, 8);
        for (int i = 1; i < attempts.size(); i++) {
            long step = Math.min(INITIAL_BACKOFF.toNanos() << (i - 1), MAX_BACKOFF.toNanos());
            assertThat(attempts.get(i) - attempts.get(i - 1)).isGreaterThanOrEqualTo((long) (LEAST_OF_A_STEP * step));
        }
        proxy.recover();
        await().atMost(SOON).until(() -> account(guarded, "HerdJob").called() == JOBS);
        assertThat(account(guarded, "HerdJob").errors()).isEmpty();
        assertThat(account(guarded, "HerdJob").started()).isEqualTo(JOBS);

        proxy.refuse();
        before = proxy.accepted().size();
        unguarded.herd(JOBS);
        await().atMost(SOON).until(() -> account(unguarded, "HerdJob").called() == JOBS);
        assertThat(account(unguarded, "HerdJob").errors()).hasSize(JOBS);
        assertThat(proxy.accepted().size() - before).isGreaterThanOrEqualTo(JOBS);
    }

    /** With WildFly's timer threads as they come: ten. */
    @Test
    void timersOfOtherDataSourcesKeepTheirSchedule() {
        assertThat(othersRunWhileAHerdMeetsSilence(guarded)).isTrue();
        assertThat(othersRunWhileAHerdMeetsSilence(unguarded)).isFalse();
    }

    private boolean othersRunWhileAHerdMeetsSilence(Client application) {
        application.fill("TimerHerd", 1);
        proxy.silenceAll();
        try {
            application.expireHerd(JOBS);
            // One timer after the other, as somebody else's schedule would have it.
            for (int run = 1; run <= 5; run++) {
                application.expire(1, false);
                if (!ranWithin(application, run, Duration.ofSeconds(6))) {
                    return false;
                }
            }
            return true;
        } finally {
            proxy.recover();
        }
    }

    private static boolean ranWithin(Client application, int runs, Duration patience) {
        try {
            await().atMost(patience)
                    .until(() -> account(application, "BurstJob").succeeded() >= runs);
            return true;
        } catch (ConditionTimeoutException e) {
            return false;
        }
    }
}
