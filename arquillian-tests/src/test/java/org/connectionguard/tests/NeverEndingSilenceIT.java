/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests;

import static java.util.concurrent.CompletableFuture.supplyAsync;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.connectionguard.server.TcpProxy;
import org.connectionguard.tests.server.Management;
import org.connectionguard.tests.server.TestServers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The network falls silent and is well again, and what was silent stays so for ever: nobody tells the ends, as when a firewall
 * has forgotten a connection. Whoever comes later and connects anew finds the database; so must every guarded job.
 */
class NeverEndingSilenceIT extends BothApplications {
    /** What a call may take beyond what the guard promises: the machine may be slow. */
    private static final Duration SLOW = Duration.ofSeconds(3);

    /** Of the data source Impatient, together with {@link #VALIDATION_TIMEOUT} the time of one attempt. */
    private static final Duration MAX_WAIT = Duration.ofSeconds(1);

    private static final Duration VALIDATION_TIMEOUT = Duration.ofSeconds(2);

    /** Of the default {@code max-backoff}, with its jitter. */
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(6);

    /** So long the network is silent at least. */
    private static final Duration OUTAGE = Duration.ofSeconds(8);

    /** An idle thread's life, ten seconds, and a slow machine. */
    private static final Duration IDLE = Duration.ofSeconds(20);

    private static final int CONNECTS = 10;

    /** There, what a virtual thread is in is ended by interrupting it. */
    private static final int FIRST_JAVA_THAT_LEAVES_NOTHING = 21;

    private static final int THREADS_BEFORE_THAT = 8;

    private final TcpProxy proxy = TestServers.proxy();

    private boolean leavesNothing;

    @BeforeEach
    void whatThisJavaCanDo() {
        leavesNothing = Management.javaVersion() >= FIRST_JAVA_THAT_LEAVES_NOTHING;
    }

    /** Others need not wait for what is silent for ever. */
    @AfterEach
    void silenceEnds() {
        proxy.recover();
    }

    /** With and without connections in the pool, which are then silent too. */
    @ParameterizedTest
    @ValueSource(ints = {0, 5})
    void jobsAreLiveAgainWhenTheNetworkIsWellThoughSilentConnectsNeverEnd(int pooled) {
        if (pooled > 0) {
            assertThat(guarded.fill("Impatient", pooled)).hasSize(pooled);
        }
        Instant silent = Instant.now();
        proxy.silenceAll();
        CompletableFuture<String> hangs = supplyAsync(() -> unguarded.use("Impatient"));
        // Jobs come all the while.
        await().pollDelay(Duration.ZERO).atMost(OUTAGE.plus(SOON)).until(() -> {
            assertThat(guarded.validate("Impatient")).isNotEqualTo("live");
            return Duration.between(silent, Instant.now()).compareTo(OUTAGE) >= 0;
        });
        proxy.recoverLeavingSilentOnes();
        Instant well = Instant.now();

        assertThat(unguarded.use("Impatient")).isEqualTo("live");
        String unguardedTook = millisSince(well);
        Instant asked = Instant.now();
        // As long again; on a Java that ends what is silent, no longer than the longest pause. And an attempt that may
        // be
        // under way.
        Duration pause = leavesNothing ? LONGEST_PAUSE : Duration.between(silent, well);
        await().atMost(pause.plus(MAX_WAIT).plus(VALIDATION_TIMEOUT).plus(SLOW))
                .until(() -> guarded.validate("Impatient").equals("live"));
        tell(
                "silent connects that never end, " + pooled + " silent in the pool",
                "live after " + millisSince(asked),
                "after " + unguardedTook);
        assertThat(guarded.use("Impatient")).isEqualTo("live");
        assertThat(hangs).isNotDone();

        proxy.recover();
        assertThat(hangs).succeedsWithin(SOON).asString().isNotEqualTo("live");
        await().atMost(SOON).until(() -> guarded.lent("Impatient") == 0);
    }

    @Test
    void pooledConnectionsThatStaySilentCostOneValidationTimeout() {
        assertThat(guarded.fill("Proxied", 5)).hasSize(5);
        assertThat(unguarded.fill("Proxied", 1)).hasSize(1);
        proxy.silencePresentConnections();
        proxy.recoverLeavingSilentOnes();
        Instant start = Instant.now();
        CompletableFuture<String> hangs = supplyAsync(() -> unguarded.use("Proxied"));
        assertThat(guarded.validate("Proxied")).isEqualTo("live");
        String took = millisSince(start);
        assertThat(Duration.between(start, Instant.now())).isLessThan(VALIDATION_TIMEOUT.plus(SLOW));
        assertThat(guarded.use("Proxied")).isEqualTo("live");
        await().atMost(SOON).until(() -> guarded.lent("Proxied") == 0);
        assertThat(hangs).isNotDone();
        tell("silent for ever in the pool", "live after " + took, "hangs after " + millisSince(start));

        proxy.recover();
        assertThat(hangs).succeedsWithin(SOON).asString().isNotEqualTo("live");
    }

    @Test
    void whatSilentConnectsLeaveBehindIsBounded() {
        Management.flushAllPools();
        proxy.silenceAll();
        List<CompletableFuture<String>> hang = Stream.generate(() -> supplyAsync(() -> unguarded.use("Impatient")))
                .limit(CONNECTS)
                .toList();
        int atFirst = proxy.accepted().size();
        Instant start = Instant.now();
        CompletableFuture<String> first = supplyAsync(() -> guarded.validate("Impatient"));
        // So it is seen, while it is there.
        await().atMost(SOON).until(() -> !guarded.guardThreads("Impatient").isEmpty());
        assertThat(first).succeedsWithin(SOON).isNotEqualTo("live");
        if (leavesNothing) {
            await().pollDelay(Duration.ZERO).atMost(Duration.ofMinutes(2)).until(() -> {
                assertThat(guarded.validate("Impatient")).isNotEqualTo("live");
                return proxy.accepted().size() - atFirst >= CONNECTS;
            });
        } else {
            for (int job = 1; job < CONNECTS; job++) {
                assertThat(guarded.validate("Impatient")).isNotEqualTo("live");
            }
        }
        proxy.recoverLeavingSilentOnes();
        if (leavesNothing) {
            await().atMost(IDLE).until(() -> guarded.guardThreads("Impatient").isEmpty());
            await().atMost(SOON).until(() -> guarded.lent("Impatient") == 0);
        }
        List<Thread.State> threads = guarded.guardThreads("Impatient");
        int slots = guarded.lent("Impatient");
        int hanging = (int) hang.stream().filter(call -> !call.isDone()).count();
        tell(
                (proxy.accepted().size() - atFirst) + " silent connects in " + millisSince(start),
                "leaves " + threads.size() + " threads and " + slots + " slots of the pool",
                hanging + " threads and " + unguarded.lent("Impatient"));
        assertThat(threads).hasSizeLessThanOrEqualTo(leavesNothing ? 0 : THREADS_BEFORE_THAT);
        assertThat(slots).isLessThanOrEqualTo(leavesNothing ? 0 : THREADS_BEFORE_THAT);
        assertThat(hanging).isEqualTo(CONNECTS);
        assertThat(unguarded.lent("Impatient")).isEqualTo(CONNECTS);

        // Told its end at last, everything comes back.
        proxy.recover();
        await().atMost(IDLE).until(() -> guarded.guardThreads("Impatient").isEmpty());
        await().atMost(SOON).until(() -> guarded.lent("Impatient") == 0);
        hang.forEach(call -> assertThat(call).succeedsWithin(SOON).asString().isNotEqualTo("live"));
    }
}
