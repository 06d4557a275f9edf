/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.connectionguard.tests.legacy.Tally;
import org.connectionguard.tests.server.Client;
import org.connectionguard.tests.server.LegacyDeployment;
import org.connectionguard.tests.server.LegacyWar;
import org.connectionguard.tests.server.Management;
import org.connectionguard.tests.server.Protection;
import org.connectionguard.tests.server.Sessions;
import org.connectionguard.tests.server.TestServers;

/**
 * Applications that know nothing of the guard, protected in several ways or not at all, all deployed at once, and each fault
 * done to all of them. For one thread.
 */
record LegacyTrial(List<LegacyDeployment> deployments) {
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private static final Duration TRANSACTION = Duration.ofSeconds(8);
    private static final Duration OUTAGE = Duration.ofSeconds(13);

    /** Every deployment in each of these ways. */
    static LegacyTrial of(Stream<Protection> protections) {
        return new LegacyTrial(protections.flatMap(LegacyDeployment::of).toList());
    }

    void deploy() throws SQLException {
        Sessions.createTables();
        deployments.forEach(deployment -> Management.deploy(deployment.archive()));
    }

    void undeploy() {
        deployments.forEach(deployment -> Management.undeploy(deployment.name()));
    }

    /**
     * The fault happens while the server is suspended, when no timer is under way and none expires: so it never hits a body.
     * Then each timer that is protected must run as if nothing had happened, and each other must fail and go on failing.
     */
    void protectedTimersSurvive(StalenessFault fault) throws SQLException {
        Instant healthy = Management.whileSuspended(Management::flushAllPools);
        wars().forEach(war -> awaitEach(war, healthy, LegacyTrial::runs));
        Instant over = Management.whileSuspended(fault::happens);
        wars().forEach(war ->
                awaitEach(war, over, war.protection().isProtecting() ? LegacyTrial::runs : LegacyTrial::fails));
        // The server's own interceptor stands before the application's, which records.
        assertThat(wars().filter(war -> war.protection().isProtecting()))
                .allSatisfy(war -> assertThat(Management.logged("CG0201 java:jboss/datasources/" + war.name() + "/"))
                        .isEmpty());
    }

    /**
     * Each call of a protected timer asks its data source once, in however many ways it is protected; no other call does. A call
     * that a busy machine holds up between the question and its transaction asks again: so it is looked for a while that has
     * none of these.
     */
    void protectedTimersAskOnce() {
        await().atMost(PATIENCE).untilAsserted(this::askOnceForAWhile);
    }

    private void askOnceForAWhile() throws SQLException {
        AtomicLong asked = new AtomicLong();
        Instant begin = Management.whileSuspended(() -> {
            Management.flushAllPools();
            asked.set(-Sessions.status("Com_do"));
        });
        wars().forEach(war -> awaitEach(war, begin, LegacyTrial::runs));
        Instant end = Management.whileSuspended(() -> asked.addAndGet(Sessions.status("Com_do")));
        long calls = wars().filter(war -> war.protection().isProtecting())
                .flatMap(war -> new Client(war.name()).tally(begin, end).values().stream())
                .mapToLong(Tally.Account::called)
                .sum();
        assertThat(asked.get()).isEqualTo(calls).isPositive();
    }

    /**
     * The database goes while no timer is under way, and stays away until transactions are over that began before: what each
     * application says of it from then on.
     */
    Map<LegacyWar, Map<String, Tally.Account>> outlastTransactions() throws SQLException {
        Instant healthy = Management.whileSuspended(Management::flushAllPools);
        wars().forEach(war -> awaitEach(war, healthy, LegacyTrial::runs));
        try {
            Instant gone = Management.whileSuspended(() -> {
                Management.setTransactionTimeout(TRANSACTION);
                TestServers.database().stop();
            });
            try {
                await().pollDelay(OUTAGE).atMost(OUTAGE.plus(PATIENCE)).until(() -> true);
            } finally {
                TestServers.database().start();
            }
            wars().forEach(war -> await(war.name())
                    .atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(new Client(war.name()).tally(gone))
                            .containsOnlyKeys(war.jobNames())
                            .allSatisfy((job, account) ->
                                    assertThat(account.called()).isGreaterThanOrEqualTo(2))));
            return wars().collect(Collectors.toMap(war -> war, war -> new Client(war.name()).tally(gone)));
        } finally {
            Management.whileSuspended(() -> Management.setTransactionTimeout(Duration.ofMinutes(5)));
        }
    }

    private Stream<LegacyWar> wars() {
        return deployments.stream().flatMap(deployment -> deployment.wars().stream());
    }

    /** What must be true of an account. */
    private interface Expectation {
        void holds(Tally.Account account);
    }

    private static void awaitEach(LegacyWar war, Instant since, Expectation expectation) {
        Client client = new Client(war.name());
        await(war.name()).atMost(PATIENCE).untilAsserted(() -> {
            Map<String, Tally.Account> accounts = client.tally(since);
            assertThat(accounts).containsOnlyKeys(war.jobNames());
            assertThat(accounts).allSatisfy((job, account) -> expectation.holds(account));
        });
    }

    /** Two calls at least, none of them failed, and each ran its body exactly once. */
    private static void runs(Tally.Account account) {
        assertThat(account.errors()).isEmpty();
        assertThat(account.called()).isGreaterThanOrEqualTo(2);
        assertThat(account.started()).isEqualTo(account.called());
        assertThat(account.succeeded()).isEqualTo(account.called());
    }

    /** The first failure does not heal it. */
    private static void fails(Tally.Account account) {
        assertThat(account.errors()).hasSizeGreaterThanOrEqualTo(3);
    }
}
