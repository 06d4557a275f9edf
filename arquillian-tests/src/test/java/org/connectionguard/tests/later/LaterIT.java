/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests.later;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.connectionguard.tests.server.Management;
import org.connectionguard.tests.server.NeedsDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Nightly jobs whose database is away when they are due, beside the same ones under other policies and without the guard. */
@Tag("later")
@ExtendWith(NeedsDatabase.class)
class LaterIT {
    private static final Path DIRECTORY = Path.of(System.getProperty("work.directory"));
    private static final String LATER = "connection-guard.on-unavailable=LATER\n";
    private static final String UNGUARDED = "connection-guard.enabled=false\n";

    /** Longer than any job waits. */
    private static final Duration OUTAGE = Duration.ofSeconds(20);

    private static final Duration SOON = Duration.ofSeconds(30);

    /** Deploying takes that. */
    private static final Duration UNTIL_NIGHT = Duration.ofSeconds(25);

    /** What each job is to have done in the end. */
    private static final Map<String, Long> ONCE = Map.ofEntries(
            Map.entry("calendar", 1L),
            Map.entry("persistent", 1L),
            Map.entry("several", 2L),
            Map.entry("hidden", 1L),
            Map.entry("delegating", 1L),
            Map.entry("last", 1L),
            Map.entry("single", 1L),
            Map.entry("single-persistent", 1L),
            Map.entry("interval", 1L),
            Map.entry("interval-persistent", 1L),
            Map.entry("made-calendar", 1L));

    private static NightsServer server;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        server = new NightsServer(DIRECTORY, "nights");
    }

    @AfterAll
    static void stop() throws IOException {
        if (server != null) {
            server.close();
        }
    }

    @AfterEach
    void recover() {
        server.proxy().recover();
    }

    private static Night deploy(String name, Optional<Instant> at, String settings) {
        return Night.deploy(server.http(), name, at, settings);
    }

    private static void makeAll(Night night, Instant at) {
        night.make("single", at, "single", false, 1);
        night.make("single", at, "single-persistent", true, 1);
        night.make("interval", at, "interval", false, 1);
        night.make("interval", at, "interval-persistent", true, 1);
        night.make("calendar", at, "made-calendar", false, 1);
    }

    /** To the second, as schedules have it. */
    private static Instant in(Duration time) {
        return Instant.ofEpochSecond(Instant.now().plus(time).getEpochSecond());
    }

    private static void awaitTime(Instant time) {
        await().atMost(Duration.ofMinutes(2)).until(() -> !Instant.now().isBefore(time));
    }

    private static long putOff(Night night) {
        return night.get("jobs")
                .lines()
                .filter(line -> line.endsWith("putOff=true"))
                .count();
    }

    @Test
    void theJobsOfAnOutageAreMadeUpOnceWhenTheDatabaseIsBack() throws IOException {
        Instant due = in(UNTIL_NIGHT);
        Map<String, Night> nights = new HashMap<>();
        nights.put("later", deploy("later", Optional.of(due), LATER));
        nights.put("skip", deploy("skip", Optional.of(due), "connection-guard.on-unavailable=SKIP\n"));
        nights.put("fail", deploy("fail", Optional.of(due), ""));
        nights.put("unguarded", deploy("unguarded", Optional.of(due), UNGUARDED));
        nights.values().forEach(night -> makeAll(night, due));
        assertThat(Instant.now()).as("Deploying is slower than expected").isBefore(due.minusSeconds(1));
        server.proxy().refuse();
        try {
            awaitTime(due.plus(OUTAGE));
            assertThat(nights.values()).allMatch(night -> night.done().isEmpty());
            assertThat(putOff(nights.get("later"))).isPositive();
        } finally {
            server.proxy().recover();
        }
        Instant back = Instant.now();
        Night later = nights.get("later");
        await().atMost(SOON).untilAsserted(() -> assertThat(later.counts()).isEqualTo(ONCE));
        Duration last = later.done().stream()
                .map(done -> Duration.between(back, done.at()))
                .max(Duration::compareTo)
                .orElseThrow();
        System.out.println("The last of " + later.done().size() + " runs was made up " + last.toMillis()
                + " ms after the database was back");
        await().during(Duration.ofSeconds(3))
                .atMost(SOON)
                .untilAsserted(() -> assertThat(later.counts()).isEqualTo(ONCE));
        assertThat(putOff(later)).isZero();
        nights.remove("later");
        assertThat(nights.values())
                .as("What failed, or was skipped, is lost")
                .allMatch(night -> night.done().isEmpty());
        assertThat(server.log("CG0140")).isNotEmpty();
        assertThat(server.log("CG0141")).isNotEmpty();
        nights.values().forEach(Night::undeploy);
        later.undeploy();
    }

    /** A night whose jobs the test makes itself. */
    private static Night made(String name, String settings) {
        return deploy(name, Optional.empty(), LATER + settings);
    }

    private static long outcomes(Night night, String outcome) {
        return night.get("jobs")
                .lines()
                .flatMap(line ->
                        Pattern.compile(outcome + "=(\\d+)").matcher(line).results())
                .mapToLong(found -> Long.parseLong(found.group(1)))
                .sum();
    }

    private static void awaitPutOff(Night night, long runs) {
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(outcomes(night, "DEFERRED"))
                        .as(night.get("jobs"))
                        .isGreaterThanOrEqualTo(runs));
    }

    private static Map<String, Long> once(String name, int times) {
        return IntStream.range(0, times).boxed().collect(Collectors.toMap(number -> name + number, number -> 1L));
    }

    /** Neither fewer nor more come after that. */
    private static void awaitAndStays(Night night, Map<String, Long> counts) {
        await().atMost(SOON).untilAsserted(() -> assertThat(night.counts()).isEqualTo(counts));
        await().during(Duration.ofSeconds(3))
                .atMost(SOON)
                .untilAsserted(() -> assertThat(night.counts()).isEqualTo(counts));
    }

    @Test
    void ofAHundredRunsNoneIsLostAndNoneComesTwice() {
        Night night = made("hundred", "");
        Night twin = deploy("hundred-unguarded", Optional.empty(), UNGUARDED);
        Instant due = in(Duration.ofSeconds(4));
        twin.make("single", due, "single", false, 5);
        night.make("interval", due, "interval", false, 50);
        night.make("single", due, "single", false, 50);
        server.proxy().refuse();
        awaitPutOff(night, 100);
        server.proxy().recover();
        Map<String, Long> all = once("interval", 50);
        all.putAll(once("single", 50));
        awaitAndStays(night, all);
        assertThat(Integer.parseInt(night.get("at-once"))).isEqualTo(4);
        assertThat(outcomes(night, "MADE_UP")).isEqualTo(100);
        assertThat(twin.done()).isEmpty();
        twin.undeploy();
        night.undeploy();
    }

    @Test
    void anOutageWithinTheMakingUpLosesNothingEither() {
        Night night = made("again", "");
        Night twin = deploy("again-unguarded", Optional.empty(), UNGUARDED);
        Instant due = in(Duration.ofSeconds(4));
        twin.make("single", due, "single", true, 6);
        night.make("interval", due, "interval", false, 6);
        night.make("single", due, "single", true, 6);
        server.proxy().refuse();
        awaitPutOff(night, 12);
        night.post("hold");
        server.proxy().recover();
        await().atMost(SOON).until(() -> night.get("inside").equals("4"));
        server.proxy().refuse();
        night.post("release");
        // The bodies fail, are called again, and are put off.
        awaitPutOff(night, 16);
        assertThat(night.done()).isEmpty();
        assertThat(outcomes(night, "FAILED")).isEqualTo(4);
        server.proxy().recover();
        Map<String, Long> all = once("interval", 6);
        all.putAll(once("single", 6));
        awaitAndStays(night, all);
        assertThat(twin.done()).isEmpty();
        twin.undeploy();
        night.undeploy();
    }

    @Test
    void aCallThatTheContainerRepeatsAlthoughItWasPutOffIsNoRunMore() {
        Night night = made("repeated", "");
        Instant due = in(Duration.ofSeconds(4));
        night.make("single", due, "marked-single", false, 2);
        night.make("interval", due, "marked-interval", false, 2);
        server.proxy().refuse();
        // Each is called twice, since the transaction of its first call was given up.
        awaitPutOff(night, 8);
        server.proxy().recover();
        Map<String, Long> all = once("marked-single", 2);
        all.putAll(once("marked-interval", 2));
        awaitAndStays(night, all);
        night.undeploy();
    }

    /** What the container keeps would call half a minute later, and be refused before any interceptor. */
    @Test
    void aBeanThatIsLockedForAnOutageLongLosesNoRun() throws IOException {
        Night night = made("locked", "");
        Night twin = deploy("locked-unguarded", Optional.empty(), UNGUARDED);
        int cancelled = server.log("CG0145").size();
        Instant due = in(Duration.ofSeconds(4));
        for (Night each : List.of(night, twin)) {
            each.make("locked", due, "single", false, 1);
            each.make("locked", due, "single-persistent", true, 1);
        }
        server.proxy().refuse();
        awaitPutOff(night, 2);
        Instant refused = Instant.now().plusSeconds(45);
        night.post("hold");
        CompletableFuture<String> occupied = CompletableFuture.supplyAsync(() -> night.post("occupy"));
        await().atMost(SOON).until(() -> night.get("inside").equals("1"));
        awaitTime(refused);
        assertThat(putOff(night)).isPositive();
        night.post("release");
        occupied.join();
        server.proxy().recover();
        awaitAndStays(night, Map.of("locked", 2L));
        assertThat(server.log("CG0145")).hasSize(cancelled);
        assertThat(twin.done()).isEmpty();
        twin.undeploy();
        night.undeploy();
    }

    @Test
    void twoRunsOfATimerAreNeverUnderWayAtOnce() {
        Night night = made("often", "");
        night.make("often", in(Duration.ofSeconds(2)), "often", false, 1);
        await().atMost(SOON).until(() -> !night.done().isEmpty());
        server.proxy().refuse();
        awaitPutOff(night, 1);
        night.post("hold");
        server.proxy().recover();
        await().atMost(SOON).until(() -> night.get("inside").equals("1"));
        // Its next expirations come meanwhile.
        await().during(Duration.ofSeconds(3))
                .atMost(SOON)
                .until(() -> night.get("inside").equals("1"));
        night.post("release");
        int before = night.done().size();
        await().atMost(SOON).until(() -> night.done().size() > before + 3);
        assertThat(night.get("at-once")).isEqualTo("1");
        night.undeploy();
    }

    @Test
    void whatIsCancelledMeanwhileIsNotMadeUp() throws IOException {
        Night night = made("cancelled", "");
        Instant due = in(Duration.ofSeconds(3));
        night.make("interval", due, "interval", false, 2);
        night.make("single", due, "single", false, 2);
        server.proxy().refuse();
        awaitPutOff(night, 4);
        night.post("cancel");
        server.proxy().recover();
        await().atMost(SOON).until(() -> putOff(night) == 0);
        awaitAndStays(night, Map.of());
        assertThat(server.log("CG0145")).hasSize(4);
        night.undeploy();
    }

    @Test
    void whatHasBecomeTooLateIsNotMadeUp() {
        Night night = made("expired", "connection-guard.later-expires-after=PT3S\n");
        night.make("interval", in(Duration.ofSeconds(3)), "interval", false, 2);
        server.proxy().refuse();
        awaitPutOff(night, 2);
        Instant putOff = Instant.now();
        awaitTime(putOff.plusSeconds(4));
        server.proxy().recover();
        await().atMost(SOON).until(() -> putOff(night) == 0);
        awaitAndStays(night, Map.of());
        night.undeploy();
    }

    @Test
    void nothingIsMadeUpWhileTheServerIsSuspended() throws IOException {
        Night night = made("suspended", "");
        int before = server.log("CG0141").size();
        night.make("interval", in(Duration.ofSeconds(3)), "interval", false, 2);
        server.proxy().refuse();
        awaitPutOff(night, 2);
        Management.suspend();
        try {
            await().atMost(SOON).until(() -> Management.suspendState().equals("SUSPENDED"));
            server.proxy().recover();
            await().during(Duration.ofSeconds(3))
                    .atMost(SOON)
                    .until(() -> server.log("CG0141").size() == before);
        } finally {
            Management.resume();
        }
        awaitAndStays(night, once("interval", 2));
        night.undeploy();
    }

    @Test
    void anOperatorHasAJobRunBesideItsSchedule() throws IOException {
        // None of them is due today.
        Instant due = in(Duration.ofHours(12));
        Night night = deploy("by-hand", Optional.of(due), LATER);
        for (String job : List.of("persistent", "last")) {
            assertThat(night.operate("run", "DeclaredJobs." + job)).contains("has been begun");
            await().atMost(SOON).until(() -> night.counts().getOrDefault(job, 0L) == 1);
        }
        assertThat(outcomes(night, "RAN")).isEqualTo(2);
        assertThat(night.operate("run", "DeclaredJobs.hidden")).contains("has the same schedule");
        assertThat(night.operate("run", "DeclaredJobs.other"))
                .contains("is none of the jobs of by-hand", "DeclaredJobs.calendar");
        int failed = server.log("CG0136").size();
        assertThat(night.operate("run", "MadeJobs.expire")).contains("has been begun");
        await().atMost(SOON).until(() -> server.log("CG0136").size() == failed + 1);
        night.make("interval", due, "interval", false, 1);
        night.operate("run", "MadeJobs.expire");
        await().atMost(SOON).until(() -> night.counts().getOrDefault("interval", 0L) == 1);
        server.proxy().refuse();
        night.operate("run", "DeclaredJobs.persistent");
        awaitPutOff(night, 1);
        server.proxy().recover();
        await().atMost(SOON).until(() -> night.counts().get("persistent") == 2);
        night.undeploy();
    }

    @Test
    void whatIsPutOffWhenItIsUndeployedIsToldByNameAndThePersistentIsKept() throws Exception {
        Night night = made("redeployed", "");
        putOffOnePersistent(night);
        int dropped = server.log("CG0147").size();
        night.undeploy();
        assertThat(server.log("CG0147")).hasSize(dropped + 3);
        assertThat(server.log("CG0146").stream().filter(line -> line.contains("MadeJobs.expire")))
                .isNotEmpty();
        Night redeployed = made("redeployed", "");
        server.proxy().recover();
        awaitAndStays(redeployed, Map.of("single-persistent", 1L));
        redeployed.post("cancel");
        redeployed.undeploy();
    }

    @Test
    void whatIsPutOffWhenTheServerStopsIsToldByNameAndThePersistentIsKept() throws Exception {
        Night night = made("restarted", "");
        putOffOnePersistent(night);
        int dropped = server.log("CG0147").size();
        server.stop();
        assertThat(server.log("CG0147")).hasSize(dropped + 3);
        server.start();
        // A server's own configuration file forgets its deployments.
        Night restarted = made("restarted", "");
        server.proxy().recover();
        awaitAndStays(restarted, Map.of("single-persistent", 1L));
        restarted.post("cancel");
        restarted.undeploy();
    }

    private static void putOffOnePersistent(Night night) {
        Instant due = in(Duration.ofSeconds(3));
        night.make("single", due, "single-persistent", true, 1);
        night.make("single", due, "single", false, 1);
        night.make("interval", due, "interval-persistent", true, 1);
        night.make("interval", due, "interval", false, 1);
        server.proxy().refuse();
        awaitPutOff(night, 4);
    }
}
