/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.core.ConditionFactory;
import org.connectionguard.tests.server.NeedsDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Which node runs a persistent timer when the way to the database of one or both is cut, and what is left of a run whose node is
 * killed; for both ways to keep persistent timers, which differ.
 */
@Tag("cluster")
@ExtendWith(NeedsDatabase.class)
class ClusterIT {
    private static final String UNGUARDED = "UnguardedJob";
    private static final String FAILING = "FailingJob";
    private static final String SKIPPING = "SkippingJob";
    private static final String WAITING = "WaitingJob";
    private static final String LATER = "LaterJob";
    private static final String ONCE = "OnceJob";
    private static final String UNGUARDED_ONCE = "UnguardedOnceJob";
    private static final String LATER_ONCE = "LaterOnceJob";

    private static final List<String> GUARDED = List.of(FAILING, SKIPPING, WAITING, LATER);
    private static final List<String> RECURRING = List.of(UNGUARDED, FAILING, SKIPPING, WAITING, LATER);

    /** All recurring jobs expire at the same instants: at every second that is even. */
    private static final Duration PERIOD = Duration.ofSeconds(2);

    private static Cluster cluster;

    @BeforeAll
    static void start() throws Exception {
        Ledger.create();
        cluster = new Cluster(Path.of(System.getProperty("work.directory")).resolve("cluster"));
        awaitEveryJob();
    }

    @AfterAll
    static void stop() throws IOException {
        if (cluster != null) {
            cluster.close();
        }
    }

    /** Whatever happened, every job goes on, and nothing was run twice. */
    @AfterEach
    void healsByItself() throws Exception {
        cluster.heal();
        awaitEveryJob();
        assertThat(Ledger.twice()).isZero();
    }

    /** Twice: the first run may still be that of a node whose timer goes to the other one, which has just come. */
    private static void awaitEveryJob() throws SQLException {
        long line = Ledger.end();
        for (Store store : Store.values()) {
            for (String job : RECURRING) {
                soon().untilAsserted(() -> assertThat(Ledger.doneAfter(line, store, job))
                        .as(store + " " + job)
                        .hasSizeGreaterThan(1));
            }
        }
    }

    @Test
    void everyExpirationRunsOnceInTheCluster() throws Exception {
        long line = Ledger.end();
        int runs = 12;
        for (Store store : Store.values()) {
            for (String job : RECURRING) {
                List<Ledger.Entry> entries = new ArrayList<>();
                await().atMost(PERIOD.multipliedBy(3 * runs)).untilAsserted(() -> {
                    entries.clear();
                    entries.addAll(Ledger.doneAfter(line, store, job));
                    assertThat(entries).as(store + " " + job).hasSizeGreaterThanOrEqualTo(runs);
                });
                List<String> expirations =
                        entries.stream().map(Ledger.Entry::expiration).toList();
                assertThat(expirations).as(store + " " + job).doesNotHaveDuplicates();
                // A server that is late by a whole period leaves the expiration out by itself.
                Duration all = Duration.between(
                        entries.get(0).begun(), entries.get(entries.size() - 1).begun());
                assertThat(all.dividedBy(PERIOD))
                        .as(store + " " + job)
                        .isBetween(entries.size() - 2L, entries.size() + 1L);
            }
        }
    }

    @Test
    void aDistributedTimerStaysWithItsNodeWhoseWayToTheDatabaseIsCut() throws Exception {
        int seen = 0;
        for (Node sick : cluster.nodes()) {
            List<String> owned = new ArrayList<>();
            for (String job : RECURRING) {
                if (owner(job) == sick) {
                    owned.add(job);
                }
            }
            seen += owned.size();
            betweenExpirations();
            sick.work().refuse();
            long line = Ledger.end();
            awaitExpirations(line, 3);
            for (String job : RECURRING) {
                List<Ledger.Entry> entries = Ledger.after(line, Store.DISTRIBUTED, job);
                if (!owned.contains(job)) {
                    assertThat(entries).as(job).isNotEmpty().allMatch(Ledger.Entry::done);
                } else if (job.equals(UNGUARDED)) {
                    assertThat(entries)
                            .isNotEmpty()
                            .noneMatch(Ledger.Entry::done)
                            .allMatch(entry -> entry.node().equals(sick.name()));
                } else {
                    assertThat(entries).as(job).isEmpty();
                }
            }
            Instant back = Instant.now();
            sick.work().recover();
            for (String job : List.of(WAITING, LATER)) {
                if (owned.contains(job)) {
                    Ledger.Entry run = firstAfter(line, Store.DISTRIBUTED, job);
                    assertThat(run.node()).as(job).isEqualTo(sick.name());
                    assertThat(Duration.between(back, run.begun())).as(job).isLessThan(PERIOD);
                    assertThat(expired(run)).as(job + ": what was missed").isBefore(back);
                }
            }
        }
        assertThat(seen).isEqualTo(RECURRING.size());
    }

    @Test
    void aRunThatWaitsKeepsItsTimerOfTheTableFromTheOtherNodeAndOneThatIsPutOffDoesNot() throws Exception {
        Node sick = cluster.nodes().get(0);
        Node other = cluster.otherThan(sick);
        leaveTheTableTo(sick);
        sick.work().refuse();
        soon().until(() -> sick.isCalling(Store.DATABASE, WAITING) && sick.hasPutOff(Store.DATABASE, LATER));
        long line = Ledger.end();
        leaveTheTableToBoth();
        for (String job : List.of(UNGUARDED, LATER)) {
            soon().untilAsserted(() -> assertThat(Ledger.doneAfter(line, Store.DATABASE, job))
                    .as(job)
                    .hasSizeGreaterThan(2)
                    .allMatch(entry -> entry.node().equals(other.name())));
        }
        assertThat(Ledger.after(line, Store.DATABASE, WAITING)).isEmpty();
        betweenExpirations();
        Instant back = Instant.now();
        sick.work().recover();
        Ledger.Entry run = firstAfter(line, Store.DATABASE, WAITING);
        assertThat(run.node()).isEqualTo(sick.name());
        assertThat(Duration.between(back, run.begun())).isLessThan(PERIOD);
        soon().until(() -> !sick.hasPutOff(Store.DATABASE, LATER));
        // The other one has had the next.
        assertThat(Ledger.doneAfter(line, Store.DATABASE, LATER))
                .filteredOn(entry -> entry.node().equals(sick.name()))
                .allMatch(entry -> expired(entry).isAfter(back.minus(PERIOD)));
    }

    @Test
    void whatIsPutOffIsMadeUpOnceByItsNodeBeforeTheNextExpiration() throws Exception {
        Node sick = owner(LATER);
        leaveTheTableTo(sick);
        sick.work().refuse();
        for (Store store : Store.values()) {
            soon().until(() -> sick.hasPutOff(store, LATER));
        }
        betweenExpirations();
        long line = Ledger.end();
        Instant back = Instant.now();
        sick.work().recover();
        for (Store store : Store.values()) {
            Ledger.Entry run = firstAfter(line, store, LATER);
            assertThat(run.node()).as(store.name()).isEqualTo(sick.name());
            assertThat(expired(run))
                    .as(store + ": the last one that was missed")
                    .isBetween(back.minus(PERIOD), back);
            assertThat(Duration.between(back, run.begun())).as(store.name()).isLessThan(PERIOD.dividedBy(2));
        }
        awaitExpirations(line, 2);
        for (Store store : Store.values()) {
            assertThat(Ledger.after(line, store, UNGUARDED))
                    .as(store.name())
                    .noneMatch(entry -> expired(entry).isBefore(back));
        }
    }

    @Test
    void theOtherNodeRunsAllOfTheTableWhileANodeReachesNeitherTheTableNorItsData() throws Exception {
        Node sick = cluster.nodes().get(0);
        Node other = cluster.otherThan(sick);
        betweenExpirations();
        sick.timers().refuse();
        sick.work().refuse();
        long line = Ledger.end();
        for (String job : RECURRING) {
            soon().untilAsserted(() -> assertThat(Ledger.doneAfter(line, Store.DATABASE, job))
                    .as(job)
                    .hasSizeGreaterThan(3)
                    .allMatch(entry -> entry.node().equals(other.name())));
            assertThat(Ledger.after(line, Store.DATABASE, job)).as(job).allMatch(Ledger.Entry::done);
        }
    }

    @Test
    void afterAFailoverUnderBothNodesEveryGuardedJobRunsAtOnceOrWhenItIsDueNext() throws Exception {
        betweenExpirations();
        for (Node node : cluster.nodes()) {
            node.timers().refuse();
            node.work().refuse();
        }
        long line = Ledger.end();
        soon().until(() -> expirations(Ledger.after(line, Store.DISTRIBUTED, UNGUARDED)) >= 5);
        for (String job : GUARDED) {
            for (Store store : Store.values()) {
                assertThat(Ledger.after(line, store, job)).as(store + " " + job).isEmpty();
            }
        }
        betweenExpirations();
        Instant back = Instant.now();
        for (Node node : cluster.nodes()) {
            node.timers().recover();
            node.work().recover();
        }
        for (String job : GUARDED) {
            for (Store store : Store.values()) {
                Ledger.Entry run = firstAfter(line, store, job);
                assertThat(run.done()).as(store + " " + job).isTrue();
                assertThat(Duration.between(back, run.begun()))
                        .as(store + " " + job)
                        .isLessThan(PERIOD.multipliedBy(3));
            }
        }
        // Nobody runs what failed; what waited is run, though late.
        assertThat(Ledger.after(line, Store.DISTRIBUTED, UNGUARDED))
                .filteredOn(run -> expired(run).isBefore(back.minus(PERIOD)))
                .noneMatch(Ledger.Entry::done);
        assertThat(expired(firstAfter(line, Store.DISTRIBUTED, WAITING))).isBefore(back.minus(PERIOD.multipliedBy(3)));
    }

    @Test
    void whatIsLeftOfARunWhoseNodeIsKilledWhileItWaitsOrIsPutOff() throws Exception {
        Node killed = owner(WAITING);
        Node other = cluster.otherThan(killed);
        long ordered = Ledger.end();
        leaveTheTableTo(killed);
        killed.work().refuse();
        for (Store store : Store.values()) {
            killed.orderOnce(store);
        }
        for (Store store : Store.values()) {
            for (String job : List.of(WAITING, ONCE)) {
                soon().until(() -> killed.isCalling(store, job));
            }
            soon().until(() -> killed.hasPutOff(store, LATER_ONCE));
            // The container asks once more, and then the timer is no more.
            soon().untilAsserted(() ->
                    assertThat(Ledger.after(ordered, store, UNGUARDED_ONCE)).hasSize(2));
        }
        soon().until(() -> killed.hasPutOff(Store.DATABASE, LATER));
        leaveTheTableToBoth();
        betweenExpirations();
        long line = Ledger.end();
        Instant death = Instant.now();
        killed.kill();
        for (String job : List.of(WAITING, ONCE)) {
            Ledger.Entry run = firstAfter(line, Store.DISTRIBUTED, job);
            assertThat(run.node()).as(job).isEqualTo(other.name());
            assertThat(Duration.between(death, run.begun())).as(job).isLessThan(Duration.ofSeconds(30));
        }
        // The table says that the killed one is still at it, until it is back by that name.
        awaitExpirations(line, 4);
        for (String job : List.of(WAITING, ONCE)) {
            assertThat(Ledger.after(line, Store.DATABASE, job)).as(job).isEmpty();
            assertThat(Ledger.timers(job)).as(job).isOne();
        }
        // What recurs and was put off is gone with its node, and the other one has the next.
        for (Store store : Store.values()) {
            assertThat(firstAfter(line, store, LATER).node()).as(store.name()).isEqualTo(other.name());
        }
        assertThat(expired(firstAfter(line, Store.DATABASE, LATER))).isAfter(death);
        // What expires once and was put off is with the timer service, which calls it after a minute.
        for (Store store : Store.values()) {
            assertThat(firstAfter(line, store, LATER_ONCE).node())
                    .as(store.name())
                    .isEqualTo(other.name());
        }
        cluster.heal();
        firstAfter(line, Store.DATABASE, WAITING);
        assertThat(Ledger.after(line, Store.DATABASE, ONCE)).isEmpty();
        assertThat(Ledger.timers(ONCE)).isZero();
        for (Store store : Store.values()) {
            assertThat(Ledger.after(ordered, store, UNGUARDED_ONCE)).noneMatch(Ledger.Entry::done);
        }
    }

    @Test
    void aRunWhoseEndTheTableIsNotToldKeepsItsTimerUntilItsNodeDeploysItAnew() throws Exception {
        Node node = cluster.nodes().get(0);
        leaveTheTableTo(node);
        node.work().refuse();
        soon().until(() -> node.isCalling(Store.DATABASE, WAITING));
        leaveTheTableTo(cluster.otherThan(node));
        long line = Ledger.end();
        node.work().recover();
        assertThat(firstAfter(line, Store.DATABASE, WAITING).node()).isEqualTo(node.name());
        long ended = Ledger.end();
        awaitExpirations(ended, 3);
        leaveTheTableToBoth();
        awaitExpirations(Ledger.end(), 3);
        assertThat(Ledger.after(ended, Store.DATABASE, WAITING)).isEmpty();
        node.redeploy(Store.DATABASE);
        firstAfter(ended, Store.DATABASE, WAITING);
    }

    /** Whoever is first at the table has the run: from now on it is this node. */
    private static void leaveTheTableTo(Node node) {
        betweenExpirations();
        node.timers().recover();
        cluster.otherThan(node).timers().refuse();
    }

    private static void leaveTheTableToBoth() {
        betweenExpirations();
        cluster.nodes().forEach(node -> node.timers().recover());
    }

    /** Returns at an instant at which no recurring job expires, nor has just done so. */
    private static void betweenExpirations() {
        long period = PERIOD.toMillis();
        await().pollInterval(Duration.ofMillis(10))
                .until(() -> Math.abs(System.currentTimeMillis() % period - period / 2) < period / 10);
    }

    /** Returns when so many expirations have passed since that line, none of them just now. */
    private static void awaitExpirations(long line, int number) {
        soon().until(() -> expirations(Ledger.after(line, Store.DATABASE, UNGUARDED)) >= number);
        betweenExpirations();
    }

    private static long expirations(List<Ledger.Entry> entries) {
        return entries.stream().map(Ledger.Entry::expiration).distinct().count();
    }

    /** When a recurring job's run was due. */
    private static Instant expired(Ledger.Entry entry) {
        return Instant.parse(entry.expiration().replace("before ", "")).minus(PERIOD);
    }

    /** The first run whose work came to the database. */
    private static Ledger.Entry firstAfter(long line, Store store, String job) throws SQLException {
        soon().untilAsserted(() -> assertThat(Ledger.doneAfter(line, store, job))
                .as(store + " " + job)
                .isNotEmpty());
        return Ledger.doneAfter(line, store, job).get(0);
    }

    /** The node that has a distributed timer. */
    private static Node owner(String job) throws SQLException {
        List<Ledger.Entry> entries = Ledger.after(0, Store.DISTRIBUTED, job);
        return cluster.node(entries.get(entries.size() - 1).node());
    }

    private static ConditionFactory soon() {
        return await().atMost(Duration.ofSeconds(60));
    }
}
