/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.console.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.connectionguard.console.Sample;
import org.connectionguard.console.state.Job;
import org.connectionguard.console.state.Outcome;
import org.connectionguard.console.state.ServerState;
import org.junit.jupiter.api.Test;

class ExpositionTest {
    private static final Pattern SAMPLE = Pattern.compile(
            "connection_guard_\\w+(\\{\\w+=\"([^\"\\\\]|\\\\.)*\"(,\\w+=\"([^\"\\\\]|\\\\.)*\")*})? \\S+");

    private static final ServerState STATE =
            Sample.state(List.of(Sample.overdue(Sample.job("a", Outcome.RAN))), Sample.dataSource("BACK", 3));

    @Test
    void theNamesAreThoseThatTheRulesAndTheDashboardKnow() throws IOException {
        String exporter = Files.readString(Path.of("../../server-config/prometheus/jmx-exporter.yaml"));
        String text = Exposition.of(STATE, 0, false);
        List<String> names = Pattern.compile("name: (connection_guard_\\w+)")
                .matcher(exporter)
                .results()
                .map(match -> match.group(1))
                .toList();
        assertThat(names).isNotEmpty().allSatisfy(name -> assertThat(text).contains("\n" + name + "{"));
    }

    @Test
    void everyLineIsACommentOrASample() {
        assertThat(Exposition.of(STATE, 2, false).lines())
                .allMatch(line -> line.startsWith("# ") || SAMPLE.matcher(line).matches())
                .contains(
                        "connection_guard_jobs{deployment=\"shop\",protection=\"unprotected\"} 1.0",
                        "connection_guard_run_overdue{deployment=\"shop\",job_name=\"a\"} 1.0",
                        "connection_guard_runs_seconds_count{deployment=\"shop\",job_name=\"a\",outcome=\"ran\"} 3.0",
                        "connection_guard_run_next_seconds{deployment=\"shop\",job_name=\"a\"} 90.0",
                        "connection_guard_state{data_source=\"java:jboss/datasources/Orders\",deployment=\"shop\",state=\"back\"} 1.0",
                        "connection_guard_state{data_source=\"java:jboss/datasources/Orders\",deployment=\"shop\",state=\"healthy\"} 0.0",
                        "# TYPE connection_guard_evictions_total counter",
                        "connection_guard_console_watching 2.0")
                .doesNotContain("# EOF");
    }

    @Test
    void openMetricsIsGivenToWhoAsksForIt() {
        String accept = "application/openmetrics-text;version=1.0.0;q=0.8,text/plain;version=0.0.4;q=0.5";
        assertThat(Exposition.isOpenMetrics(accept)).isTrue();
        assertThat(Exposition.isOpenMetrics("text/plain")).isFalse();
        assertThat(Exposition.of(STATE, 0, true))
                .endsWith("# EOF\n")
                .contains("# TYPE connection_guard_evictions counter\n", "\nconnection_guard_evictions_total{");
    }

    @Test
    void whatIsNotKnownIsNoTimeAndANameMayHoldAnything() {
        Job job = Sample.job("a");
        Job odd = new Job(
                "id",
                "sh\"op",
                "a\\b\nc",
                "",
                job.protection(),
                "",
                0,
                0,
                0,
                -1,
                false,
                false,
                0,
                0,
                Map.of(),
                List.of());
        assertThat(Exposition.of(Sample.state(List.of(odd)), 0, false).lines())
                .contains("connection_guard_run_next_seconds{deployment=\"sh\\\"op\",job_name=\"a\\\\b\\nc\"} NaN");
    }
}
