/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.core.ConditionFactory;
import org.connectionguard.tests.server.NeedsDatabase;
import org.connectionguard.tests.watched.Crowd;
import org.connectionguard.tests.watched.GrumblingJob;
import org.connectionguard.tests.watched.PromisedControl;
import org.connectionguard.tests.watched.PromisedJob;
import org.connectionguard.tests.watched.RareJob;
import org.connectionguard.tests.watched.WatchedJob;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The console as a person meets it, and as somebody who is not to meet it. */
@Tag("console")
@ExtendWith({NeedsChromium.class, NeedsDatabase.class})
class ConsoleIT {
    private static final Path DIRECTORY = Path.of(System.getProperty("work.directory"));
    private static final Pattern TOKEN = Pattern.compile("\"token\":\"([^\"]+)\"");

    /** Notes how long it takes from hearing something to its being on the screen, and when the jobs are there. */
    private static final String TIMING = """
            window.drawn = [];
            let heard = 0;
            const listen = EventSource.prototype.addEventListener;
            EventSource.prototype.addEventListener = function (name, work, how) {
                listen.call(this, name, event => {
                    const begin = performance.now();
                    work(event);
                    heard += performance.now() - begin;
                }, how);
            };
            const frame = window.requestAnimationFrame.bind(window);
            const { port1, port2 } = new MessageChannel();
            let begin = 0;
            port1.onmessage = () => {
                window.drawn.push(performance.now() - begin + heard);
                heard = 0;
                if (!window.jobsShown && document.querySelector('.job')) window.jobsShown = performance.now();
            };
            window.requestAnimationFrame = work => frame(time => {
                begin = performance.now();
                work(time);
                port2.postMessage(0);
            });
            """;

    private static WatchedServer server;
    private static Browser browser;

    private final List<String> deployed = new ArrayList<>();
    private Page page;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        server = new WatchedServer(DIRECTORY);
        browser = new Browser(DIRECTORY.resolve("chromium"));
    }

    @AfterAll
    static void stop() throws IOException {
        if (browser != null) {
            browser.close();
        }
        if (server != null) {
            server.close();
        }
    }

    @BeforeEach
    void aNewPage() {
        page = browser.page();
    }

    @AfterEach
    void nothingIsLeft() {
        server.proxy().recover();
        deployed.forEach(server::undeploy);
        List<String> hosts = page.hosts();
        page.close();
        assertThat(hosts).hasSizeLessThanOrEqualTo(1);
    }

    private void deploy(String name, String settings, Class<?>... classes) {
        server.deploy(name, settings, classes);
        deployed.add(name);
    }

    private static ConditionFactory soon() {
        return await().atMost(Duration.ofSeconds(40)).ignoreExceptions();
    }

    private void openConsole() {
        page.open(server.address());
        soon().until(() -> page.text("#status").startsWith("Live."));
    }

    @Test
    void theVerdictFollowsAnOutageWithoutAReload() {
        deploy("later", "connection-guard.on-unavailable=LATER\nconnection-guard.max-wait=PT0.5S\n", RareJob.class);
        openConsole();
        soon().untilAsserted(() ->
                assertThat(page.verdict()).startsWith("The only job ran when promised. No incident since "));
        page.evaluate(
                "document.getElementById('filter').focus(); window.kept = document.querySelector('.cards > li'); 0");
        server.proxy().refuse();
        soon().untilAsserted(() -> assertThat(page.verdict())
                .startsWith("The only job did not run as promised: RareJob.sweep of later is put off since ")
                .contains("The database behind Watched of later is away since "));
        assertThat(page.evaluate("document.title").asText()).isEqualTo("Attention – Connection Guard");
        server.proxy().recover();
        soon().untilAsserted(() -> assertThat(page.verdict())
                .startsWith("The only job ran when promised. Last incident: later, ")
                .contains("1 run was put off, 1 run was made up."));
        assertThat(page.text("#sources")).contains("1 outage");
        // Nobody's place was taken from him meanwhile.
        assertThat(page.evaluate("document.activeElement.id").asText()).isEqualTo("filter");
        assertThat(page.evaluate("window.kept === document.querySelector('.cards > li')")
                        .asBoolean())
                .isTrue();
        assertThat(page.errors()).isEmpty();
    }

    @Test
    void aJobIsSaidToBeOverdueAndOneWithoutATimerToHaveEnded() throws Exception {
        deploy("promised", "connection-guard.overdue-after=PT1S\n", PromisedJob.class, PromisedControl.class);
        openConsole();
        soon().until(() -> page.verdict().startsWith("The only job ran when promised."));
        server.control("promised", "hold");
        soon().untilAsserted(() -> assertThat(page.verdict())
                .startsWith("The only job did not run as promised: PromisedJob.gather of promised is overdue:"
                        + " the server promised a run that has not started."));
        assertThat(page.text(".job .badge")).isEqualTo("Overdue");
        server.control("promised", "release");
        soon().until(() -> page.verdict().startsWith("The only job ran when promised."));
        server.control("promised", "end");
        soon().untilAsserted(() -> assertThat(page.verdict())
                .startsWith("The only job did not run as promised: PromisedJob.gather of promised will not run again:"
                        + " the server has no timer for it any more."));
        assertThat(page.text(".job .badge")).isEqualTo("Has ended");
        assertThat(page.text(".job")).contains("none any more");
        assertThat(page.errors()).isEmpty();
    }

    @Test
    void aRunThatWasMadeUpIsSaidToBe() {
        deploy("making-up", "connection-guard.on-unavailable=LATER\nconnection-guard.max-wait=PT0.5S\n", RareJob.class);
        openConsole();
        soon().until(() -> page.verdict().startsWith("The only job ran when promised."));
        server.proxy().refuse();
        soon().until(() -> page.text(".job .badge").equals("Put off"));
        server.proxy().recover();
        soon().untilAsserted(() -> assertThat(page.text(".job")).contains("Made up", "It was made up at "));
        assertThat(page.verdict())
                .startsWith("The only job ran when promised. Last incident: making-up, ")
                .endsWith("1 run was put off, 1 run was made up.");
    }

    @Test
    void whereLiveChangesDoNotGetThroughThePageAsks() {
        deploy("asked-for", "connection-guard.max-wait=PT30S\n", WatchedJob.class);
        page.withhold("*/api/events");
        page.open(server.address());
        soon().until(() ->
                page.text("#status").startsWith("Asked every five seconds: live changes do not get through."));
        soon().until(() -> page.verdict().contains("ran when promised"));
        server.proxy().refuse();
        soon().untilAsserted(() -> assertThat(page.verdict()).contains("and 1 job waits for it."));
        server.proxy().recover();
        soon().untilAsserted(() -> assertThat(page.verdict()).contains("1 run waited"));
        page.withholdNothing();
        await().atMost(Duration.ofSeconds(60)).until(() -> page.text("#status").startsWith("Live."));
        assertThat(page.errors()).isEmpty();
    }

    @Test
    void whatIsWrongCanBeCopiedAlsoWhereTheBrowserHasNoClipboardForPages() {
        deploy("copied", "", GrumblingJob.class);
        page.grantClipboard();
        openConsole();
        soon().until(() -> page.has(".strip rect.bad"));
        page.evaluate("window.board = navigator.clipboard; 0");
        page.click("Copy as text for a ticket");
        soon().until(() -> page.text("#note").equals("Copied."));
        assertCopied();
        page.evaluate("board.writeText('').then(() => { document.getElementById('note').textContent = '';"
                + " Object.defineProperty(navigator, 'clipboard', { value: undefined }); return 0; })");
        page.click("Copy as text for a ticket");
        soon().until(() -> page.text("#note").equals("Copied."));
        assertCopied();
        assertThat(page.evaluate("document.activeElement.innerText").asText()).isEqualTo("Copy as text for a ticket");
        assertThat(page.errors()).isEmpty();
    }

    private void assertCopied() {
        assertThat(page.evaluate("board.readText()").asText())
                .startsWith("The only job did not run as promised: GrumblingJob.grumble of copied failed at ")
                .contains("\nSeen ", "\nGrumblingJob.grumble of copied: Failed. It failed at ")
                .contains("\n  runs every 2 seconds; next run ", "<b>bold</b>")
                .contains("java:jboss/datasources/Watched of copied gives live connections since ")
                .doesNotContain(GrumblingJob.PASSWORD);
    }

    @Test
    void whatThePoolCountsIsShown() {
        deploy("counted", "", WatchedJob.class);
        openConsole();
        // Not innerText: what is not on the screen yet has none.
        soon().untilAsserted(() -> assertThat(page.evaluate("document.querySelector('#sources .pool').textContent")
                        .asText())
                .matches("Its pool has \\d+ connections?: \\d+ lent now, and at most \\d+ at once so far;"
                        + " \\d+ more can be lent\\."));
    }

    @Test
    void aJobThatWaitsIsSaidToWait() {
        deploy("patient", "connection-guard.max-wait=PT30S\n", WatchedJob.class);
        openConsole();
        soon().until(() -> page.verdict().contains("ran when promised"));
        server.proxy().refuse();
        soon().untilAsserted(() -> assertThat(page.verdict())
                .startsWith("The only job ran when promised until now.")
                .contains("and 1 job waits for it."));
        server.proxy().recover();
        soon().untilAsserted(() -> assertThat(page.verdict()).contains("1 run waited"));
    }

    @Test
    void aRunThatNobodyMakesUpIsSaidToBeLost() {
        deploy(
                "skipping",
                "connection-guard.on-unavailable=SKIP\nconnection-guard.max-wait=PT0.3S\n",
                WatchedJob.class);
        openConsole();
        soon().until(() -> page.verdict().contains("ran when promised"));
        server.proxy().refuse();
        soon().untilAsserted(() -> assertThat(page.verdict())
                .contains("WatchedJob.tick of skipping did not start at ", ", and that run is lost"));
        assertThat(page.evaluate("document.title").asText()).isEqualTo("Trouble – Connection Guard");
        assertThat(page.evaluate("fetch('health').then(answer => answer.status)")
                        .asInt())
                .isEqualTo(503);
    }

    @Test
    void markupInAnErrorStaysTextAndItsPasswordsStayAway() {
        deploy("grumbling", "", GrumblingJob.class);
        openConsole();
        soon().untilAsserted(() -> assertThat(page.text(".tale")).contains("<img src=x onerror=", "<b>bold</b>"));
        assertThat(page.has("main img")).isFalse();
        assertThat(page.has("main b")).isFalse();
        assertThat(page.evaluate("document.title").asText()).isEqualTo("Trouble – Connection Guard");
        assertThat(page.evaluate("fetch('api/state').then(answer => answer.text())")
                        .asText())
                .contains("CG0204 the body failed: IllegalStateException: <img src=x")
                .doesNotContain(GrumblingJob.PASSWORD);
        assertThat(page.errors()).isEmpty();
    }

    @Test
    void theKeyboardIsEnough() {
        deploy("keyboard", "", WatchedJob.class, GrumblingJob.class);
        openConsole();
        soon().until(() -> page.evaluate("document.querySelectorAll('.strip rect').length > 3")
                .asBoolean());
        page.evaluate("document.getElementById('filter').focus(); 0");
        page.type("watchedjob");
        soon().until(() -> page.text("#jobs h2").equals("1 of 2 jobs"));
        // The button, the job's link.
        page.press("Tab");
        page.press("Tab");
        page.press("Enter");
        soon().untilAsserted(() -> assertThat(
                        page.evaluate("document.activeElement.innerText").asText())
                .startsWith("WatchedJob.tick"));
        assertThat(page.evaluate("location.hash").asText()).startsWith("#/job/");
        // Two buttons, the strip.
        page.press("Tab");
        page.press("Tab");
        page.press("Tab");
        page.press("Home");
        soon().until(() -> page.evaluate("document.querySelector('rect').classList.contains('chosen')")
                .asBoolean());
        assertThat(page.evaluate("document.activeElement.getAttribute('role')").asText())
                .isEqualTo("listbox");
        soon().until(() -> page.evaluate("document.querySelectorAll('tbody tr').length > 3")
                .asBoolean());
    }

    @Test
    void axeFindsNoBarrierInEitherThemeOnAnyPage() throws IOException {
        deploy("accessible", "", WatchedJob.class, GrumblingJob.class);
        for (String theme : List.of("light", "dark")) {
            page.theme(theme);
            openConsole();
            soon().until(() -> page.has(".strip rect.bad"));
            assertThat(page.barriers()).as(theme).isEmpty();
            page.evaluate("location.hash = document.querySelector('.job h3 a').hash; 0");
            soon().until(() -> page.has("#heading"));
            assertThat(page.barriers()).as(theme).isEmpty();
        }
    }

    @Test
    void aNarrowScreenShowsAllOfIt() {
        deploy("narrow", "", WatchedJob.class, GrumblingJob.class);
        page.viewport(320, 640);
        openConsole();
        soon().until(() -> page.has(".strip rect.bad"));
        assertThat(page.evaluate("document.documentElement.scrollWidth").asInt())
                .isLessThanOrEqualTo(320);
        page.evaluate("location.hash = document.querySelector('.job h3 a').hash; 0");
        soon().until(() -> page.has("#heading"));
        assertThat(page.evaluate("document.documentElement.scrollWidth").asInt())
                .isLessThanOrEqualTo(320);
    }

    @Test
    void anOperatorRunsAJobAndReadsWhatTheDoctorFinds() {
        deploy("operated", "", WatchedJob.class);
        page.open(server.signingIn(WatchedServer.OPERATOR));
        soon().until(() -> page.text("#status").contains("Signed in as operator."));
        page.evaluate(
                "[...document.querySelectorAll('button')].find(one => one.innerText.startsWith('Examine')).click(); 0");
        soon().until(() -> page.text(".doctor").contains("Copy the remedy"));
        page.evaluate("location.hash = document.querySelector('.job h3 a').hash; 0");
        soon().until(() -> page.has("#heading"));
        page.evaluate(
                "[...document.querySelectorAll('button')].find(one => one.innerText === 'Run it now').click(); 0");
        soon().until(() -> page.text(".answer").contains("WatchedJob.tick"));
        assertThat(page.errors()).isEmpty();
    }

    @Test
    void whoMayOnlyLookHasNoButtons() {
        deploy("looked-at", "", WatchedJob.class);
        page.open(server.signingIn(WatchedServer.VIEWER));
        soon().until(() -> page.text("#status").contains("Signed in as viewer, who may only look."));
        assertThat(page.text("main")).doesNotContain("Examine", "Ask it", "Run it");
    }

    @Test
    void asDeliveredNobodySeesAnythingWithoutARole() throws Exception {
        for (String path : List.of("", "main.js", "api/state", "api/job", "api/events", "metrics", "health", "login")) {
            String url = server.askingAddress() + path;
            assertThat(WatchedServer.send(WatchedServer.request(url)).statusCode())
                    .as(path)
                    .isEqualTo(401);
            assertThat(WatchedServer.send(WatchedServer.request(url, "viewer:wrong"))
                            .statusCode())
                    .as(path)
                    .isEqualTo(401);
            assertThat(WatchedServer.send(WatchedServer.request(url, WatchedServer.STRANGER))
                            .statusCode())
                    .as(path)
                    .isEqualTo(403);
        }
        assertThat(WatchedServer.send(WatchedServer.request(server.askingAddress() + "metrics", WatchedServer.VIEWER))
                        .body())
                .contains("connection_guard_jobs");
    }

    @Test
    void overAProxyThisMachineIsNobody() throws Exception {
        assertThat(WatchedServer.send(WatchedServer.request(server.address())).statusCode())
                .isEqualTo(200);
        assertThat(WatchedServer.send(WatchedServer.request(server.address()).header("X-Forwarded-For", "192.0.2.1"))
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void anActionNeedsARoleAPostOurOwnPageAndItsToken() throws Exception {
        deploy("acted-on", "", WatchedJob.class);
        String url = server.askingAddress() + "api/action";
        assertThat(act(url, WatchedServer.VIEWER, token(WatchedServer.VIEWER), origin()))
                .isEqualTo(403);
        assertThat(act(url, WatchedServer.OPERATOR, token(WatchedServer.VIEWER), origin()))
                .isEqualTo(403);
        assertThat(act(url, WatchedServer.OPERATOR, "", origin())).isEqualTo(403);
        assertThat(act(url, WatchedServer.OPERATOR, token(WatchedServer.OPERATOR), "http://elsewhere.example"))
                .isEqualTo(403);
        assertThat(act(url, WatchedServer.OPERATOR, token(WatchedServer.OPERATOR), "null"))
                .isEqualTo(403);
        assertThat(WatchedServer.send(WatchedServer.request(url + "?operation=run", WatchedServer.OPERATOR))
                        .statusCode())
                .isEqualTo(405);
        assertThat(act(url, WatchedServer.OPERATOR, token(WatchedServer.OPERATOR), origin()))
                .isEqualTo(200);
    }

    private static String origin() {
        return server.askingAddress().replace("/asking/", "");
    }

    private static String token(String user) throws IOException, InterruptedException {
        Matcher token =
                TOKEN.matcher(WatchedServer.send(WatchedServer.request(server.askingAddress() + "api/state", user))
                        .body());
        assertThat(token.find()).isTrue();
        return token.group(1);
    }

    private static int act(String url, String user, String token, String origin)
            throws IOException, InterruptedException {
        return WatchedServer.send(WatchedServer.request(url, user)
                        .header("X-Connection-Guard-Token", token)
                        .header("Origin", origin)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(
                                "operation=examine&id=org.connectionguard:deployment=%22acted-on%22,type=Guard")))
                .statusCode();
    }

    @Test
    void browsersThatGoLeaveNothing() throws Exception {
        List<InputStream> streams = new ArrayList<>();
        HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        for (int watcher = 0; watcher < 20; watcher++) {
            streams.add(client.send(
                            WatchedServer.request(server.address() + "api/events")
                                    .build(),
                            HttpResponse.BodyHandlers.ofInputStream())
                    .body());
        }
        soon().untilAsserted(() -> assertThat(watching()).isGreaterThanOrEqualTo(20));
        for (InputStream stream : streams) {
            stream.close();
        }
        soon().untilAsserted(() -> assertThat(watching()).isZero());
    }

    private static double watching() throws IOException, InterruptedException {
        return WatchedServer.send(WatchedServer.request(server.address() + "metrics"))
                .body()
                .lines()
                .filter(line -> line.startsWith("connection_guard_console_watching "))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.indexOf(' '))))
                .sum();
    }

    @Test
    void aPageOutlivesItsConsole() throws IOException {
        deploy("lasting", "", WatchedJob.class);
        openConsole();
        soon().until(() -> page.verdict().contains("ran when promised"));
        server.undeployConsole();
        soon().until(() -> !page.text("#status").startsWith("Live."));
        server.deployConsole();
        await().atMost(Duration.ofSeconds(60)).until(() -> page.text("#status").startsWith("Live."));
    }

    /** How long ten updates took: median, and longest. */
    private String updates() {
        page.evaluate("window.drawn = []; 0");
        soon().until(() -> page.evaluate("window.drawn.length").asInt() >= 10);
        return page.evaluate("(sorted => `${Math.round(sorted[5])} to ${Math.round(sorted[9])}`)"
                        + "(window.drawn.slice(0, 10).sort((one, other) => one - other))")
                .asText();
    }

    @Test
    void aThousandJobsStayUsable() throws Exception {
        deploy("crowd", "connection-guard.enabled=false\n", Crowd.class);
        page.before(TIMING);
        page.open(server.address());
        soon().untilAsserted(() -> assertThat(page.text("#jobs h2")).isEqualTo("1,000 jobs"));
        String firstPaint = page.evaluate(
                        "Math.round(performance.getEntriesByName('first-contentful-paint')[0].startTime)")
                .asText();
        String jobs = page.evaluate("Math.round(window.jobsShown)").asText();
        page.open(server.address());
        soon().until(() -> page.evaluate("window.jobsShown > 0").asBoolean());
        String jobsAgain = page.evaluate("Math.round(window.jobsShown)").asText();
        long begin = System.nanoTime();
        int size = WatchedServer.send(WatchedServer.request(server.address() + "api/state"))
                .body()
                .length();
        long told = (System.nanoTime() - begin) / 1_000_000;
        String updates = updates();
        page.evaluate(
                "window.drawn = [];"
                        + " [...document.querySelectorAll('button')].find(one => one.innerText === 'Show all 1,000 jobs').click(); 0");
        soon().until(() ->
                page.evaluate("document.querySelectorAll('.cards > li').length").asInt() >= Crowd.JOBS);
        String all = page.evaluate("Math.round(Math.max(...window.drawn))").asText();
        System.out.println("The console with " + Crowd.JOBS + " jobs in 50 deployments, milliseconds: first paint "
                + firstPaint + ", the jobs are there " + jobs + ", for the next reader " + jobsAgain + " (" + told
                + " to be told "
                + size / 1000 + " kB), an update " + updates + ", all of them drawn " + all
                + ", an update then " + updates());
        page.evaluate("document.getElementById('filter').focus(); 0");
        page.type("Job999.run");
        soon().untilAsserted(() -> assertThat(page.text("#jobs h2")).isEqualTo("1 of 1,000 jobs"));
        assertThat(page.errors()).isEmpty();
    }
}
