/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.assertj.core.api.SoftAssertions;
import org.awaitility.core.ConditionTimeoutException;
import org.connectionguard.tests.app.Run;
import org.connectionguard.tests.server.Client;
import org.connectionguard.tests.server.Management;
import org.connectionguard.tests.server.Sessions;
import org.connectionguard.tests.server.TestApplication;
import org.connectionguard.tests.server.TestServers;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * {@code mvn verify -Pcampaign -Dcampaign.minutes=N -Dcampaign.seed=S}. The seed decides what happens when; what it hits is
 * up to the machine.
 */
@Tag("campaign")
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class CampaignIT {
    /** What a call may take beyond what the guard promises: two cores carry everything. */
    private static final Duration SLOW = Duration.ofMillis(1500);

    /** A connection may be lost between its validation and the body. */
    private static final Duration JUST_BEFORE = Duration.ofMillis(300);

    private static final Duration HEALING = Duration.ofSeconds(30);

    /** What CI takes. */
    private static final Duration LONG_ENOUGH_FOR_ALL = Duration.ofMinutes(2);

    /** It expires twice a second, and is no singleton: when one of its bodies hangs, the next one starts all the same. */
    private static final String MOST_OFTEN = "BurstJob";

    private final Client guarded = new Client(TestApplication.GUARDED);
    private final Client unguarded = new Client(TestApplication.UNGUARDED);
    private final Books guardedBooks = new Books(guarded);
    private final Books unguardedBooks = new Books(unguarded);

    @Deployment(name = TestApplication.GUARDED, testable = false)
    static WebArchive guardedApplication() {
        return TestApplication.campaignArchive(TestApplication.GUARDED);
    }

    @Deployment(name = TestApplication.UNGUARDED, testable = false)
    static WebArchive unguardedApplication() {
        return TestApplication.campaignArchive(TestApplication.UNGUARDED);
    }

    @Test
    void everyGuaranteeHoldsUnderEveryFault() throws Exception {
        long seed = Long.getLong("campaign.seed");
        Duration length =
                Duration.ofMillis(Math.round(Double.parseDouble(System.getProperty("campaign.minutes")) * 60_000));
        FaultPlan plan = FaultPlan.of(seed, length);
        if (length.compareTo(LONG_ENOUGH_FOR_ALL) >= 0) {
            assertThat(Fault.values())
                    .as("this seed does not bring every fault in this time: take another")
                    .allSatisfy(fault -> assertThat(plan.count(fault)).isPositive());
        }
        Sessions.createTables();
        for (Client application : List.of(guarded, unguarded)) {
            application.hold();
            application.resume();
        }

        FaultInjector faults = new FaultInjector(
                List.of(guarded, unguarded),
                keys -> List.of(guardedBooks, unguardedBooks).forEach(books -> books.expire(keys)));
        CompletableFuture<Void> campaign = CompletableFuture.runAsync(() -> {
            try {
                faults.carryOut(plan);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        int keys = 0;
        while (!campaign.isDone()) {
            keys++;
            for (Books books : List.of(guardedBooks, unguardedBooks)) {
                books.expire(List.of(Integer.toString(keys)));
                books.expireLater("later" + keys);
                books.write();
            }
            await().pollDelay(Duration.ofMillis(500)).until(() -> true);
        }
        campaign.get();

        Set<String> lame = awaitHealing();
        await().atMost(HEALING)
                .untilAsserted(() -> assertThat(guarded.putOff())
                        .as("jobs that are still put off")
                        .isZero());
        List.of(guarded, unguarded).forEach(Client::hold);
        try {
            guardedBooks.write();
            unguardedBooks.write();
            Books.Judgement judgement = judgement(faults);
            report(plan, seed, length, faults, judgement);
            assertThat(lame).as("jobs that do not run again by themselves").isEmpty();
            audit(faults, judgement);
            nothingIsLeftOver();
        } finally {
            List.of(guarded, unguarded).forEach(Client::resume);
        }
    }

    /** After the last fault every guarded job runs again by itself: those that do not. */
    private Set<String> awaitHealing() {
        long over = System.currentTimeMillis();
        Set<String> lame = new HashSet<>(TestApplication.timers());
        try {
            await().atMost(HEALING).pollInterval(Duration.ofSeconds(1)).until(() -> {
                guardedBooks.write();
                lame.removeAll(guardedBooks.ranSince(over));
                return lame.isEmpty();
            });
        } catch (ConditionTimeoutException e) {
            // The books are written and the report made all the same.
        }
        return lame;
    }

    private Books.Judgement judgement(FaultInjector faults) {
        Set<String> jobs = new TreeSet<>(TestApplication.timers());
        jobs.add(MOST_OFTEN);
        jobs.remove(FaultInjector.DRAINED_JOB);
        return guardedBooks.lame(
                unguardedBooks, jobs, MOST_OFTEN, faults.truces(), TestApplication.CAMPAIGN_BOUND.plus(SLOW));
    }

    private void report(FaultPlan plan, long seed, Duration length, FaultInjector faults, Books.Judgement judgement)
            throws IOException {
        String table = table(plan, seed, length, judgement);
        System.out.println(table);
        Path directory = Path.of(System.getProperty("work.directory"));
        Files.writeString(directory.resolveSibling("campaign.md"), table);
        Files.write(
                directory.resolveSibling("campaign-faults.tsv"),
                faults.windows().stream()
                        .map(fault -> fault.fault() + "\t" + fault.from() + "\t" + fault.to())
                        .toList());
        Files.write(directory.resolveSibling("campaign-guarded.tsv"), guardedBooks.lines());
        Files.write(directory.resolveSibling("campaign-unguarded.tsv"), unguardedBooks.lines());
    }

    private void audit(FaultInjector faults, Books.Judgement judgement) throws Exception {
        Map<String, Integer> rows = Sessions.rowsByRun();
        List<Run> withoutRow = guardedBooks.withoutRow(rows);
        // An XA connection lost at the commit leaves Narayana with a heuristic hazard, which it calls committed.
        List<Run> hazards =
                withoutRow.stream().filter(run -> run.job().equals("XaJob")).toList();
        long heuristics = Management.logLines("ARJUNA012084:");
        SoftAssertions.assertSoftly(softly -> {
            softly.assertThat(guardedBooks.calls()).as("calls").isPositive();
            softly.assertThat(guardedBooks.startedTwice())
                    .as("two bodies for one call")
                    .isEmpty();
            softly.assertThat(guardedBooks.overTheBound(TestApplication.CAMPAIGN_BOUND.plus(SLOW)))
                    .as("longer in the guard than max-wait and one validation-timeout")
                    .isEmpty();
            softly.assertThat(guardedBooks.failedInPeace(
                            faults.windows(), JUST_BEFORE, Set.of(TestApplication.PROCEEDING_JOB, "MidBodyJob")))
                    .as("bodies that failed although nothing took their connections away; faults: %s", faults.windows())
                    .isEmpty();
            softly.assertThat(guardedBooks.endedOtherwise())
                    .as("neither a body nor a decision of the guard")
                    .isEmpty();
            softly.assertThat(guardedBooks.unaccounted())
                    .as("expirations not accounted for")
                    .isEmpty();
            Books.LaterLedger later = guardedBooks.laterLedger();
            softly.assertThat(later.madeUp()).as("made up").isPositive();
            softly.assertThat(later.lost()).as("put off, and lost").isEmpty();
            softly.assertThat(later.twice()).as("made up, and more than once").isEmpty();
            softly.assertThat(guarded.endsOfPutOff())
                    .as("put off, and dropped")
                    .doesNotContainKeys("EXPIRED", "CANCELLED", "STOPPED", "KEPT_BY_SERVER");
            softly.assertThat(unguardedBooks.laterLedger().failed())
                    .as("lost without the guard")
                    .isNotEmpty();
            softly.assertThat(withoutRow)
                    .as("committed, and no row in the database")
                    .containsExactlyElementsOf(hazards);
            softly.assertThat((long) hazards.size())
                    .as("heuristic hazards that Narayana has not told")
                    .isLessThanOrEqualTo(heuristics);
            softly.assertThat(guardedBooks.withRowsTwice(rows))
                    .as("two rows of one run")
                    .isEmpty();
            softly.assertThat(judgement.lame())
                    .as("did not run in a truce, and their twins did")
                    .isEmpty();
            softly.assertThat(judgement.judged()).as("judged in truces").isPositive();
            // The same faults, the same audit: without the guard it does not pass.
            softly.assertThat(unguardedBooks.failedInPeace(faults.windows(), JUST_BEFORE, Set.of()))
                    .as("the same without the guard")
                    .isNotEmpty();
        });
    }

    private void nothingIsLeftOver() {
        List<String> units = new ArrayList<>(TestApplication.timers());
        units.add(MOST_OFTEN);
        for (String unit : units) {
            if (!unit.equals("XaJob") && !unit.equals("DelegatingJob")) {
                await().untilAsserted(
                                () -> assertThat(guarded.lent(unit)).as(unit).isZero());
            }
        }
        // The threads of its gates end after ten idle seconds.
        for (String kind : List.of("java:", "abort ")) {
            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(guarded.threads("connection-guard " + kind))
                            .isEmpty());
        }
    }

    private String table(FaultPlan plan, long seed, Duration length, Books.Judgement judgement) throws IOException {
        List<String> lines = new ArrayList<>();
        lines.add("%s, %.0f minutes, seed %d: %s"
                .formatted(
                        TestServers.product(),
                        length.toMillis() / 60_000.0,
                        seed,
                        Arrays.stream(Fault.values())
                                .map(fault -> plan.count(fault) + " × "
                                        + fault.toString()
                                                .toLowerCase(Locale.ROOT)
                                                .replace('_', ' '))
                                .collect(Collectors.joining(", "))));
        lines.add("");
        lines.add("| | guarded | unguarded |");
        lines.add("|---|---|---|");
        lines.add(row("expirations delivered, the container's retries included", Books::calls));
        lines.add(row("bodies that ran to their end", books -> books.count(Run.Outcome.RAN)));
        lines.add(row("… after a wait of more than 0.1 s", Books::waited));
        lines.add(row("skipped by policy", books -> books.count(Run.Outcome.SKIPPED)));
        lines.add(row("failed by policy, before the body", books -> books.count(Run.Outcome.REFUSED)));
        lines.add(row("failed in the body, on a read-only server", Books::failedReadOnly));
        lines.add(row(
                "failed in the body otherwise",
                books -> books.count(Run.Outcome.BODY_FAILED) - books.failedReadOnly()));
        lines.add(row("longest time before the body, or without one, ms", Books::longestInGuard));
        lines.add(row(
                "expirations that must not be lost",
                books -> books.laterLedger().due()));
        lines.add(row("… ran when they were due", books -> books.laterLedger().ranAtOnce()));
        lines.add(row("… made up", books -> books.laterLedger().madeUp()));
        lines.add(row(
                "… began twice, and failed twice in the body",
                books -> books.laterLedger().failed().size()));
        lines.add(row("… lost", books -> books.laterLedger().lost().size()));
        lines.add(row("… committed twice", books -> books.laterLedger().twice().size()));
        lines.add("| evictions (one may be a connection or a whole pool) | " + Management.logLines("CG0101") + " | |");
        lines.add("| jobs that had to run in a truce, after a round of faults | " + judgement.judged() + " | |");
        lines.add("| … and did not | " + judgement.lame().size() + " | |");
        return String.join("\n", lines) + "\n";
    }

    private String row(String what, ToLongFunction<Books> number) {
        return "| " + what + " | " + number.applyAsLong(guardedBooks) + " | " + number.applyAsLong(unguardedBooks)
                + " |";
    }
}
