/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests;

import static java.util.concurrent.CompletableFuture.supplyAsync;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.connectionguard.server.DatabaseServer;
import org.connectionguard.tests.app.Ledger;
import org.connectionguard.tests.server.Management;
import org.connectionguard.tests.server.TestServers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When something is asked and does not answer. */
class SilenceIT extends BothApplications {
    /** What a call may take beyond what the guard promises: the machine may be slow. */
    private static final Duration SLOW = Duration.ofSeconds(3);

    private static final Duration VALIDATION_TIMEOUT = Duration.ofSeconds(2);

    private final DatabaseServer database = TestServers.database();

    /** On a genuine MySQL the first is TLS 1.3, where the driver's own bounds double. */
    @ParameterizedTest
    @ValueSource(strings = {"Proxied", "ProxiedPlain"})
    void silentConnectionsAreAbortedAndReplacedHoweverManyThereAre(String dataSource) {
        boolean tls = TestServers.isMySql() && dataSource.equals("Proxied");
        assertThat(guarded.use(dataSource, "show session status like 'Ssl_version'"))
                .isEqualTo(tls ? "TLSv1.3" : "");
        assertThat(guarded.fill(dataSource, 20)).hasSize(20);
        assertThat(unguarded.fill(dataSource, 1)).hasSize(1);
        TestServers.proxy().silencePresentConnections();
        CompletableFuture<String> hangs = supplyAsync(() -> unguarded.use(dataSource));
        try {
            Instant start = Instant.now();
            assertThat(guarded.validate(dataSource)).isEqualTo("live");
            assertThat(Duration.between(start, Instant.now())).isLessThan(VALIDATION_TIMEOUT.plus(SLOW));
            assertThat(guarded.use(dataSource)).isEqualTo("live");
            assertThat(hangs).isNotDone();
        } finally {
            TestServers.proxy().recover();
        }
        assertThat(hangs).succeedsWithin(SOON).asString().isNotEqualTo("live");
    }

    @Test
    void aConnectThatDoesNotReturnCostsABoundedWaitAndFewThreads() {
        Management.flushAllPools();
        TestServers.proxy().silenceAll();
        CompletableFuture<String> hangs = supplyAsync(() -> unguarded.use("Impatient"));
        try {
            for (int job = 1; job <= 3; job++) {
                Instant start = Instant.now();
                assertThat(guarded.validate("Impatient"))
                        .contains("(silent)", "no answer", "connectTimeout and socketTimeout");
                assertThat(Duration.between(start, Instant.now()))
                        .isLessThan(
                                Duration.ofSeconds(1).plus(VALIDATION_TIMEOUT).plus(SLOW));
                // Those that it tries beside what is silent are few; none stays where they are virtual.
                assertThat(guarded.guardThreads("Impatient")).hasSizeLessThanOrEqualTo(8);
            }
            assertThat(hangs).isNotDone();
        } finally {
            TestServers.proxy().recover();
        }
        await().atMost(SOON).until(() -> guarded.validate("Impatient").equals("live"));
        assertThat(hangs).succeedsWithin(SOON).asString().isNotEqualTo("live");
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
                    .atMost(SOON)
                    .until(() -> account(guarded, "BurstJob").started() == 0);
        } finally {
            database.thaw();
        }
        Ledger.Account account = awaitCalls(guarded, 1);
        assertThat(account.errors()).isEmpty();
        assertThat(account.started()).isEqualTo(1);
    }
}
