/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;
import org.awaitility.core.ConditionFactory;
import org.connectionguard.tests.server.DemoProcess;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Each of the demo's buttons, pressed in a browser: it does what the line beside it says. */
@Tag("console")
@ExtendWith(NeedsChromium.class)
class FaultButtonsIT {
    private static final Path DIRECTORY = Path.of(System.getProperty("work.directory"));
    private static final String GUARDED = "DefectTrendJob";
    private static final String UNGUARDED = "UnguardedDefectTrendJob";

    /** What somebody has to wait for whose statement hangs; nothing else takes so long here. */
    private static final long HANGING_MILLIS = 4000;

    private static Process demo;
    private static Browser browser;
    private static String sample;
    private static String console;

    private Page page;
    private Page watching;

    @BeforeAll
    static void start() throws IOException {
        demo = DemoProcess.start(DIRECTORY.resolve("demo"));
        List<String> addresses = new ArrayList<>();
        BufferedReader output = demo.inputReader();
        for (String line = output.readLine(); line != null && addresses.size() < 2; line = output.readLine()) {
            if (line.strip().startsWith("http://")) {
                addresses.add(line.strip());
            }
        }
        assertThat(addresses).hasSize(2);
        sample = addresses.get(0);
        console = addresses.get(1);
        browser = new Browser(DIRECTORY.resolve("chromium-demo"));
    }

    @AfterAll
    static void stop() throws InterruptedException {
        if (browser != null) {
            browser.close();
        }
        if (demo != null) {
            demo.destroy();
            assertThat(demo.waitFor(1, TimeUnit.MINUTES)).isTrue();
        }
    }

    @BeforeEach
    void bothPagesAndAllJobsWell() {
        page = browser.page();
        page.open(sample);
        watching = browser.page();
        watching.open(console);
        soon().until(() -> page.text("#now").equals("All is well."));
        press("Empty the unguarded pool", "The unguarded job's pool is empty: it begins anew.");
        int before = job(UNGUARDED).get("succeeded").asInt();
        soon().until(() -> job(UNGUARDED).get("succeeded").asInt() > before);
    }

    @AfterEach
    void bothPagesAreClosed() {
        page.close();
        watching.close();
    }

    private static ConditionFactory soon() {
        return await().atMost(Duration.ofSeconds(60)).ignoreExceptions();
    }

    private void press(String words, String answer) {
        page.click(words);
        soon().untilAsserted(() -> assertThat(page.text("#now")).matches(answer));
    }

    private JsonNode job(String name) {
        try {
            return new ObjectMapper()
                    .readTree(page.evaluate("fetch('api/status').then(answer => answer.text())")
                            .asText())
                    .at("/jobs/" + name);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private List<JsonNode> runs(String name, Instant since) {
        return StreamSupport.stream(job(name).get("runs").spliterator(), false)
                .filter(run -> Instant.parse(run.get("start").asText()).isAfter(since))
                .toList();
    }

    private static boolean failed(JsonNode run) {
        return !run.get("error").asText().isEmpty();
    }

    private static boolean hung(JsonNode run) {
        return run.get("millis").asLong() > HANGING_MILLIS;
    }

    private static boolean succeeded(JsonNode run) {
        return !failed(run) && run.get("connection").asLong() > 0;
    }

    /** As the console tells it of one job. */
    private String told(String job) {
        return watching.evaluate("[...document.querySelectorAll('.job')].map(one => one.innerText)"
                        + ".find(text => text.startsWith('" + job + "'))")
                .asText();
    }

    /** Whether one of the last runs that the console shows of it ended so. */
    private boolean hasRun(String job, String words) {
        return watching.evaluate("[...document.querySelectorAll('.job')].find(one => one.innerText.startsWith('" + job
                        + "')).querySelector('rect[aria-label*=\"" + words + "\"]') !== null")
                .asBoolean();
    }

    private void guardedGoesOn(Instant since) {
        soon().until(() ->
                runs(GUARDED, since).stream().filter(FaultButtonsIT::succeeded).count() >= 2);
        assertThat(runs(GUARDED, since)).noneMatch(FaultButtonsIT::failed);
    }

    @Test
    void droppedConnectionsAreTheEndOfTheUnguardedJobAndTheGuardedOneReplacesThem() {
        // A run that is under way must not be hit; they begin at every fifth second.
        soon().until(() -> LocalTime.now().getSecond() % 5 == 2);
        press("Drop idle connections", "\\d+ idle connections? dropped\\.");
        Instant since = Instant.now();
        soon().until(() -> runs(UNGUARDED, since).size() >= 4);
        assertThat(runs(UNGUARDED, since)).allMatch(FaultButtonsIT::failed);
        guardedGoesOn(since);
        soon().untilAsserted(() -> assertThat(watching.text("#sources")).contains("Connections replaced: "));
    }

    @Test
    void whileTheDatabaseIsStoppedEveryJobDoesAsItsPolicySays() {
        press("Stop the database", "The database is stopped\\.");
        Instant since = Instant.now();
        soon().untilAsserted(() -> assertThat(watching.verdict())
                .contains("The database behind Defects of defects is away since ", " for it."));
        soon().untilAsserted(() -> assertThat(told("EscalationJob.escalate")).contains("Put off"));
        soon().untilAsserted(() -> assertThat(told("DashboardJob.refresh")).contains("was left out"));
        soon().until(() -> runs(UNGUARDED, since).stream().anyMatch(FaultButtonsIT::failed));
        press("Start it", "All is well\\.");
        Instant back = Instant.now();
        soon().until(() -> hasRun("EscalationJob.escalate", "ran, for a run that had been put off"));
        soon().until(() -> hasRun("DefectTrendJob.gather", "ran, after it had waited for its database"));
        guardedGoesOn(back);
        assertThat(job("DashboardJob").get("notRun").asInt()).isPositive();
    }

    @Test
    void beforeAFrozenDatabaseTheUnguardedJobHangsAndTheGuardedOneWaits() {
        press("Freeze the database", "The database is frozen: it answers nothing\\.");
        Instant since = Instant.now();
        soon().untilAsserted(() -> assertThat(watching.verdict()).containsPattern("\\d jobs? waits? for it"));
        await().atMost(Duration.ofSeconds(60))
                .until(() -> Duration.between(since, Instant.now()).toSeconds() > 12);
        press("Thaw it", "All is well\\.");
        soon().until(() -> runs(UNGUARDED, since).stream().anyMatch(FaultButtonsIT::hung));
        assertThat(runs(UNGUARDED, since)).filteredOn(FaultButtonsIT::hung).noneMatch(FaultButtonsIT::failed);
        guardedGoesOn(since);
    }

    @Test
    void whatHangsInASilentNetworkIsDeadAfterwards() {
        press("Silence the network", "The network is silent: nothing comes through\\.");
        Instant since = Instant.now();
        soon().untilAsserted(() -> assertThat(watching.verdict()).containsPattern("\\d jobs? waits? for it"));
        await().atMost(Duration.ofSeconds(60))
                .until(() -> Duration.between(since, Instant.now()).toSeconds() > 12);
        press("Let it speak", "All is well\\.");
        soon().until(() ->
                runs(UNGUARDED, since).stream().filter(FaultButtonsIT::failed).count() >= 4);
        assertThat(runs(UNGUARDED, since))
                .anyMatch(run -> hung(run) && failed(run))
                .noneMatch(FaultButtonsIT::succeeded);
        guardedGoesOn(since);
    }

    @Test
    void whereNoWritesAreAllowedTheGuardedJobWaitsAndTheUnguardedOneFails() {
        press("Allow no writes", "The database takes no writes\\.");
        Instant since = Instant.now();
        soon().until(() -> runs(UNGUARDED, since).stream().anyMatch(FaultButtonsIT::failed));
        soon().untilAsserted(() -> assertThat(watching.verdict()).containsPattern("\\d jobs? waits? for "));
        assertThat(runs(GUARDED, since)).noneMatch(FaultButtonsIT::failed);
        press("Allow them", "All is well\\.");
        Instant back = Instant.now();
        guardedGoesOn(back);
        soon().until(() -> runs(UNGUARDED, back).stream().anyMatch(FaultButtonsIT::succeeded));
    }

    @Test
    void oneJobFailsByItself() {
        await().atMost(Duration.ofMinutes(4)).ignoreExceptions().untilAsserted(() -> {
            assertThat(told("ImportJob.read")).contains("Line 17 of defects.csv has no team");
            assertThat(watching.verdict()).contains("ImportJob.read of defects failed at ");
        });
    }
}
