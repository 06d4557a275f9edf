/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Instant;
import java.util.List;
import org.connectionguard.tests.server.Client;
import org.junit.jupiter.api.Test;

/** A guarded call in a transaction that holds a connection already, which somebody without a guard has taken. */
class HeldConnectionIT extends BothApplications {
    /** As large as the pool of HeldJob. */
    private static final int ALL = 4;

    @Test
    void aCallInATransactionThatHoldsThePoolsOnlyConnectionPasses() {
        Instant start = Instant.now();
        String withGuard = guarded.run("held");
        String guardedTook = millisSince(start);
        start = Instant.now();
        String without = unguarded.run("held");
        tell(
                "the only connection is held by the caller",
                withGuard + " in " + guardedTook,
                without + " in " + millisSince(start));
        assertThat(without).isEqualTo("ran");
        assertThat(withGuard).isEqualTo("ran");
        nothingIsLent("SmallPoolJob");
    }

    @Test
    void soDoAsManyAtOnceAsThePoolHasConnections() {
        Instant start = Instant.now();
        List<String> withGuard = guarded.held(ALL);
        String guardedTook = millisSince(start);
        start = Instant.now();
        List<String> without = unguarded.held(ALL);
        tell(
                "all " + ALL + " connections are held by the callers",
                withGuard + " in " + guardedTook,
                without + " in " + millisSince(start));
        assertThat(without).hasSize(ALL).containsOnly("ran");
        assertThat(withGuard).hasSize(ALL).containsOnly("ran");
        nothingIsLent("HeldJob");
    }

    private void nothingIsLent(String dataSource) {
        for (Client application : List.of(guarded, unguarded)) {
            await().atMost(SOON).until(() -> application.lent(dataSource) == 0);
        }
    }
}
