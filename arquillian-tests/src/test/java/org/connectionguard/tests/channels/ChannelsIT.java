/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests.channels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.connectionguard.server.WildFly;
import org.connectionguard.tests.server.Management;
import org.connectionguard.tests.server.NeedsDatabase;
import org.connectionguard.tests.server.Sessions;
import org.connectionguard.tests.told.Observer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every outcome is seen in every channel that the server has, with the right figures, and nothing is left of it. */
@Tag("channels")
@ExtendWith(NeedsDatabase.class)
class ChannelsIT {
    private static final Path DIRECTORY = Path.of(System.getProperty("work.directory"));

    /** A job that waits for nothing: its max-wait, one validation time-out, and what two busy cores take. */
    private static final Duration BOUND = Duration.ofMillis(300 + 2000 + 1500);

    /** How often each outcome comes of {@link ToldServer#everyOutcome}, by job. */
    private static final Map<String, List<String>> OUTCOMES = Map.of(
            "ToldJobs.failing", List.of("RAN=2", "HEALED=1", "REFUSED=1"),
            "ToldJobs.throwing", List.of("FAILED=1"),
            "ToldJobs.skipping", List.of("SKIPPED=1"),
            "ToldJobs.proceeding", List.of("PROCEEDED=1"),
            "ToldJobs.waiting", List.of("WAITED=1"));

    private static WildFly wildFly;

    @BeforeAll
    static void unpack() throws Exception {
        Sessions.createTables();
        wildFly = Servers.unpack(DIRECTORY.resolve("channels"));
    }

    @ParameterizedTest(name = "{0}, server-wide: {1}")
    @CsvSource({
        "STANDALONE, false",
        "STANDALONE, true",
        "FULL, false",
        "MICROPROFILE, false",
        "MICROMETER, false",
        "MICROMETER, true",
        "OPEN_TELEMETRY, false"
    })
    void everyOutcomeIsSeenInEveryChannel(Setup setup, boolean serverWide) throws Exception {
        try (ToldServer server = new ToldServer(wildFly, setup, DIRECTORY)) {
            server.deploy(serverWide);
            server.everyOutcome();
            seenByCode(server);
            seenByObservers(server);
            seenByJmx(server);
            seenInTheLog(server);
            seenInARecording(server);
            seenByMicrometer(server, setup.hasMicrometer());
            seenByOpenTelemetry(server, setup == Setup.OPEN_TELEMETRY);
            seenByHealth(server, setup.hasHealth());
            server.undeploy();
            nothingIsLeft(server, setup);
        }
    }

    @ParameterizedTest
    @CsvSource({"THROWS, CG0107", "IS_SLOW, CG0134", "NEVER_RETURNS, CG0134"})
    void whateverAnObserverDoesNoRunChanges(Observer.Manner manner, String told) throws Exception {
        try (ToldServer server = new ToldServer(wildFly, Setup.STANDALONE, DIRECTORY)) {
            server.deploy(false);
            server.call("failing");
            server.post("behave?manner=" + manner);
            long longest = Long.parseLong(server.post("load?job=failing&callers=8&times=250"));
            assertThat(longest).isLessThan(BOUND.toMillis());
            assertThat(server.get("jobs")).contains("ToldJobs.failing").contains("RAN=2001");
            await().untilAsserted(() -> assertThat(server.log()).anyMatch(line -> line.contains(told)));
            Instant before = Instant.now();
            server.undeploy();
            assertThat(Duration.between(before, Instant.now())).isLessThan(Duration.ofSeconds(20));
            await().untilAsserted(() -> assertThat(
                            Jdk.run("jcmd", Long.toString(server.server().pid()), "Thread.print"))
                    .doesNotContain("connection-guard events", "connection-guard watch"));
        }
    }

    @Test
    void asTheServersOwnItSeesTheTimersThatItDoesNotGuardToo() throws Exception {
        try (ToldServer server = new ToldServer(wildFly, Setup.EVERYTHING, DIRECTORY)) {
            server.deploy(true);
            await().untilAsserted(() -> {
                Map<String, String> beans = beans(server.get("mbeans"));
                assertThat(beans.get("org.connectionguard:type=Job,deployment=\"told\",name=\"Heartbeat.beat\""))
                        .contains("Protection = NOTHING_TO_GUARD")
                        .containsPattern("Ran = [1-9]")
                        .containsPattern("Next = [1-9]");
                assertThat(beans.get("org.connectionguard:type=Job,deployment=\"told\",name=\"Night.gather\""))
                        .contains("Protection = GUARDED")
                        .containsPattern("Ran = [1-9]")
                        .containsPattern("Next = [1-9]");
            });
        }
    }

    @Test
    void twentyRedeploymentsLeaveNothing() throws Exception {
        try (ToldServer server = new ToldServer(wildFly, Setup.EVERYTHING, DIRECTORY)) {
            for (int time = 0; time < 20; time++) {
                server.deploy(false);
                server.call("failing");
                await().until(() -> server.get("events").contains("RunEnded"));
                server.undeploy();
                nothingIsLeft(server, Setup.EVERYTHING);
                server.deployTwin();
                server.call("failing");
                server.undeploy();
            }
            assertThat(server.recorded()).contains("org.connectionguard.Run {");
            // A TLS socket of the JDK remembers the code beneath which it was made, for as long as the pool keeps it.
            Management.flushAllPools();
            await().atMost(Duration.ofMinutes(2))
                    .untilAsserted(
                            () -> assertThat(holdersOf(ToldServer.NAME, server)).isEmpty());
            server.deployTwin();
            assertThat(holdersOf(ToldServer.TWIN, server))
                    .as("who is there is seen")
                    .isNotEmpty();
        }
    }

    private static List<String> holdersOf(String deployment, ToldServer server) throws Exception {
        return Heap.holdersOf(deployment, server.server().pid(), DIRECTORY);
    }

    private static void seenByCode(ToldServer server) {
        String jobs = server.get("jobs");
        OUTCOMES.forEach((job, outcomes) -> assertThat(jobs.lines().filter(line -> line.startsWith(job + " ")))
                .singleElement()
                .asString()
                .contains(outcomes)
                .satisfies(line -> assertThat(counted(line, "[A-Z]+=(\\d+)"))
                        .isEqualTo(
                                outcomes.stream().mapToLong(ChannelsIT::number).sum())));
        assertThat(server.get("data-sources"))
                // The second of the dead was on the way to the outage.
                .contains("DEAD=2", "sweeps=2", "waits=4", "outages=1")
                .containsAnyOf("state=BACK", "state=HEALTHY");
    }

    private static void seenByObservers(ToldServer server) {
        await().untilAsserted(() -> {
            String events = server.get("events");
            OUTCOMES.forEach((job, outcomes) -> outcomes.forEach(outcome -> assertThat(events.lines()
                            .filter(line -> line.startsWith("RunEnded["))
                            .filter(line -> line.contains("job=" + job + ","))
                            .filter(line -> line.contains("outcome=" + outcome.replaceAll("=.*", ","))))
                    .as(job + " " + outcome)
                    .hasSize((int) number(outcome))));
            for (String kind : List.of(
                    "RunStarted",
                    "Evicted",
                    "OutageBegan",
                    "OutageEnded",
                    "TurnedAway",
                    "StateChanged",
                    "Waited",
                    "Validated")) {
                assertThat(events).contains(kind + "[");
            }
            assertThat(events).doesNotContain("s3cret");
        });
    }

    private static void seenByJmx(ToldServer server) {
        Map<String, String> beans = beans(server.get("mbeans"));
        OUTCOMES.forEach((job, outcomes) -> {
            String bean = beans.get("org.connectionguard:type=Job,deployment=\"told\",name=\"" + job + "\"");
            assertThat(bean).as(job + " of " + beans.keySet()).isNotNull();
            outcomes.forEach(outcome -> assertThat(bean)
                    .contains("  " + outcome.charAt(0)
                            + outcome.substring(1).toLowerCase(Locale.ROOT).replace("=", " = ")));
        });
        assertThat(beans.get(
                        "org.connectionguard:type=DataSource,deployment=\"told\",name=\"java:jboss/datasources/Told\""))
                .contains(
                        "EvictionsDead = 2",
                        "EvictionsSibling = 2",
                        "Waits = 4",
                        "Outages = 1",
                        "LastOutageReason = down");
        assertThat(beans.get("org.connectionguard:type=Guard,deployment=\"told\""))
                .contains("Deployment = told");
        assertThat(server.get("mbeans")).doesNotContain("s3cret");
        assertThat(server.invoke(
                        "org.connectionguard:type=DataSource,deployment=\"told\",name=\"java:jboss/datasources/Told\"",
                        "validate"))
                .isEqualTo("live");
    }

    static Map<String, String> beans(String text) {
        Map<String, String> beans = new TreeMap<>();
        for (String bean : text.split("\n(?=org\\.connectionguard)")) {
            beans.put(bean.lines().findFirst().orElseThrow(), bean);
        }
        return beans;
    }

    private static void seenInTheLog(ToldServer server) throws Exception {
        List<String> log = server.log();
        for (String id : List.of("CG0101", "CG0102", "CG0103", "CG0108", "CG0109")) {
            assertThat(log).as(id).anyMatch(line -> line.contains(id));
        }
        assertThat(log).noneMatch(line -> line.contains("s3cret"));
        // The pool's own, of what has been said already; quiet-pool-log.cli.
        assertThat(server.wholeLog()).noneMatch(line -> line.contains("IJ000305") || line.contains("IJ000604"));
        assertThat(log).noneMatch(line -> line.contains("CG0107") || line.contains("CG0133"));
    }

    private static void seenInARecording(ToldServer server) throws Exception {
        String recorded = server.recorded();
        OUTCOMES.forEach((job, outcomes) ->
                outcomes.forEach(outcome -> assertThat(Pattern.compile("Run \\{[^}]*job = \"" + job
                                        + "\"[^}]*outcome = \"" + outcome.replaceAll("=.*", "") + "\"")
                                .matcher(recorded)
                                .results())
                        .as(job + " " + outcome)
                        .hasSize((int) number(outcome))));
        assertThat(recorded)
                .contains(
                        "org.connectionguard.Outage {",
                        "org.connectionguard.Eviction {",
                        "org.connectionguard.Refusal {")
                .doesNotContain("s3cret");
    }

    private static void seenByMicrometer(ToldServer server, boolean there) {
        String metrics = server.metrics();
        assertThat(metrics.isEmpty()).isEqualTo(!there);
        if (there) {
            OUTCOMES.forEach((job, outcomes) -> outcomes.forEach(outcome -> assertThat(metrics)
                    .contains("connection_guard_runs_seconds_count{deployment=\"told\",job_name=\"" + job
                            + "\",outcome=\"" + outcome.toLowerCase(Locale.ROOT).replace("=", "\"} "))));
            assertThat(metrics)
                    .contains(
                            "connection_guard_evictions_total{cause=\"dead\",data_source=\"java:jboss/datasources/Told\","
                                    + "deployment=\"told\"} 2.0")
                    .contains(
                            "connection_guard_outages_seconds_count{cause=\"down\",data_source=\"java:jboss/datasources/Told\","
                                    + "deployment=\"told\"} 1")
                    .doesNotContain("s3cret");
        }
    }

    private static void seenByOpenTelemetry(ToldServer server, boolean there) {
        if (!there) {
            assertThat(server.exported()).isEmpty();
            return;
        }
        await().untilAsserted(() -> {
            Map<String, Double> series = server.exported();
            OUTCOMES.forEach((job, outcomes) -> outcomes.forEach(outcome -> assertThat(series)
                    .containsEntry(
                            "connection.guard.runs{deployment=told,job.name=" + job + ",outcome="
                                    + outcome.toLowerCase(Locale.ROOT).replaceAll("=.*", "}"),
                            (double) number(outcome))));
            assertThat(series)
                    .containsEntry(
                            "connection.guard.evictions{cause=dead,data.source=java:jboss/datasources/Told,deployment=told}",
                            2.0);
        });
    }

    private static void seenByHealth(ToldServer server, boolean there) throws IOException {
        HttpResponse<String> ready = server.management("/health/ready");
        assertThat(ready.body().contains("connection-guard told")).isEqualTo(there);
        if (there) {
            // The database is back: its outage makes nobody unready any more.
            assertThat(ready.statusCode()).isEqualTo(200);
            server.proxy().refuse();
            server.call("skipping");
            assertThat(server.management("/health/ready").statusCode()).isEqualTo(200);
            await().untilAsserted(() -> {
                server.call("skipping");
                assertThat(server.management("/health/ready").statusCode()).isEqualTo(503);
            });
            assertThat(server.management("/health/live").body()).doesNotContain("connection-guard");
            server.proxy().recover();
            server.call("waiting");
            assertThat(server.management("/health/ready").statusCode()).isEqualTo(200);
        }
    }

    private static void nothingIsLeft(ToldServer server, Setup setup) throws Exception {
        if (setup.hasMicrometer()) {
            assertThat(server.metrics()).isEmpty();
        }
        if (setup.hasHealth()) {
            assertThat(server.management("/health/ready").body()).doesNotContain("connection-guard");
        }
        assertThat(Jdk.run("jcmd", Long.toString(server.server().pid()), "Thread.print"))
                .doesNotContain("connection-guard events", "connection-guard watch");
    }

    private static long number(String outcome) {
        return Long.parseLong(outcome.replaceAll(".*=", ""));
    }

    private static long counted(String line, String pattern) {
        return Pattern.compile(pattern)
                .matcher(line)
                .results()
                .map(MatchResult::group)
                .mapToLong(ChannelsIT::number)
                .sum();
    }
}
