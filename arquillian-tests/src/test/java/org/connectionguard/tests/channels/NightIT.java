/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests.channels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.connectionguard.server.WildFly;
import org.connectionguard.tests.server.NeedsDatabase;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A night that goes wrong, in a minute: the database is away when the job is due, then the job does not start, then its timer is
 * gone. What an operator sees of that by each way is on a page of the documentation.
 */
@Tag("channels")
@ExtendWith(NeedsDatabase.class)
class NightIT {
    private static final Path DIRECTORY = Path.of(System.getProperty("work.directory"));
    private static final Path PAGE = Path.of("NIGHT.md");
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String JOB = "Night.gather";
    private static final String BEAN = "org.connectionguard:type=Job,deployment=\"told\",name=\"" + JOB + "\"";

    private final StringBuilder page = new StringBuilder();

    @Test
    void whatWentWrongIsSeenByEveryWay() throws Exception {
        WildFly wildFly = Servers.unpack(DIRECTORY.resolve("night"));
        try (ToldServer server = new ToldServer(wildFly, Setup.EVERYTHING, DIRECTORY)) {
            server.deploy(false);
            awaitJob(server, "success=true");
            assertThat(health(server)).contains("\"status\" : \"UP\"");

            tell("The database is away when the job is due; its policy is SKIP");
            server.proxy().refuse();
            awaitJob(server, "SKIPPED=[1-9]");
            shows(server, "CG0102", "CG0108");
            assertThat(health(server)).contains("\"status\" : \"UP\"").contains("unavailable");
            code("json", "curl http://127.0.0.1:9990/health/ready | jq", health(server));
            server.proxy().recover();
            awaitJob(server, "overdue=false");
            awaitLog(server, "CG0103");
            shows(server, "CG0103");

            tell("The job is due, and does not start: something holds its bean");
            server.post("night/hold");
            awaitJob(server, "overdue=true");
            awaitLog(server, "CG0130");
            shows(server, "CG0130");
            assertThat(server.metrics())
                    .contains("connection_guard_run_overdue{deployment=\"told\",job_name=\"" + JOB + "\"} 1.0");
            assertThat(bean(server)).contains("Overdue = true");
            server.post("night/release");
            awaitJob(server, "overdue=false");

            tell("Somebody cancels its timer");
            server.post("night/end");
            awaitJob(server, "ended=true");
            awaitLog(server, "CG0131");
            shows(server, "CG0131");
            assertThat(server.metrics())
                    .contains("connection_guard_run_next_seconds{deployment=\"told\",job_name=\"" + JOB + "\"} 0.0");
            assertThat(bean(server)).contains("Ended = true", "Next = 0");
            assertThat(log(server, "CG0131")).hasSize(1);

            tell("In the morning");
            code("text", "the job's MBean, as jconsole shows it", bean(server));
            code(
                    "text",
                    "curl http://127.0.0.1:9990/prom | grep " + JOB,
                    server.metrics()
                            .lines()
                            .filter(line -> line.contains(JOB) && !line.startsWith("#"))
                            .collect(Collectors.joining("\n")));
            String recorded = server.recorded();
            assertThat(recorded)
                    .contains("org.connectionguard.Outage", "org.connectionguard.Refusal")
                    .contains("org.connectionguard.Overdue", "org.connectionguard.ScheduleEnded");
            code("text", "jfr print --events 'org.connectionguard.*' recording.jfr", recorded);
            if (Boolean.getBoolean("channels.publish")) {
                Files.writeString(PAGE, Page.BEGIN + page);
            }
        }
    }

    private static void awaitJob(ToldServer server, String pattern) {
        await().atMost(PATIENCE)
                .until(() -> server.get("jobs").lines().anyMatch(line -> line.matches(JOB + " .*" + pattern + ".*")));
    }

    private static void awaitLog(ToldServer server, String id) {
        await().atMost(PATIENCE).until(() -> !log(server, id).isEmpty());
    }

    private static List<String> log(ToldServer server, String id) throws IOException {
        return server.log().stream()
                .filter(line -> line.contains(" " + id + " "))
                .toList();
    }

    private static String health(ToldServer server) throws IOException {
        return new ObjectMapper()
                .readTree(server.management("/health/ready").body())
                .toPrettyString();
    }

    private static String bean(ToldServer server) {
        return ChannelsIT.beans(server.get("mbeans")).get(BEAN);
    }

    private void tell(String what) {
        page.append("\n## ").append(what).append("\n");
    }

    /** The log's first line of each id. */
    private void shows(ToldServer server, String... ids) throws IOException {
        StringBuilder lines = new StringBuilder();
        for (String id : ids) {
            awaitLog(server, id);
            lines.append(log(server, id).get(0)).append('\n');
        }
        code("text", "server.log", lines.toString().strip());
    }

    private void code(String language, String what, String text) {
        page.append("\n`")
                .append(what)
                .append("`\n\n```")
                .append(language)
                .append('\n')
                .append(text)
                .append("\n```\n");
    }

    /** The page's head. */
    private static final class Page {
        static final String BEGIN = """
                # A night that goes wrong

                What an operator sees of it, by each way; played in a minute by `mvn verify -Pchannels -Dchannels.publish=true`, which
                writes this page. The job's nights are two seconds long, and it is overdue after one; in your application it is a minute
                (`connection-guard.overdue-after`).
                """;
    }
}
