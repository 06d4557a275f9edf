/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.console.output;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.connectionguard.console.state.DataSource;
import org.connectionguard.console.state.Deployment;
import org.connectionguard.console.state.Job;
import org.connectionguard.console.state.Job.Protection;
import org.connectionguard.console.state.Outcome;
import org.connectionguard.console.state.ServerState;

/**
 * Metrics by the names that Micrometer gives them, so that the same rules and dashboards fit. In Prometheus' text format 0.0.4, or
 * OpenMetrics 1.0. For one thread, once.
 */
public final class Exposition {
    private static final String PREFIX = "connection_guard_";

    private final boolean openMetrics;
    private final StringBuilder text = new StringBuilder();

    private Exposition(boolean openMetrics) {
        this.openMetrics = openMetrics;
    }

    /** Whether somebody who accepts this is given OpenMetrics. */
    public static boolean isOpenMetrics(String accept) {
        return accept.contains("application/openmetrics-text");
    }

    /** The type of what is sent then. */
    public static String contentType(boolean openMetrics) {
        return openMetrics
                ? "application/openmetrics-text; version=1.0.0; charset=utf-8"
                : "text/plain; version=0.0.4; charset=utf-8";
    }

    /**
     * The text.
     *
     * @param watching how many browsers watch this console
     */
    public static String of(ServerState state, int watching, boolean openMetrics) {
        Exposition exposition = new Exposition(openMetrics);
        exposition.deployments(state.deployments());
        exposition.jobs(state.jobs());
        exposition.dataSources(state.dataSources());
        exposition.family("console_watching", "gauge", "Browsers that watch the console.");
        exposition.sample("console_watching", Map.of(), watching);
        if (openMetrics) {
            exposition.text.append("# EOF\n");
        }
        return exposition.text.toString();
    }

    private void deployments(List<Deployment> deployments) {
        family("jobs", "gauge", "Timers by how they are protected.");
        for (Deployment deployment : deployments) {
            Map.of(
                            Protection.GUARDED, deployment.guarded(),
                            Protection.UNPROTECTED, deployment.unprotected(),
                            Protection.NOTHING_TO_GUARD, deployment.nothingToGuard())
                    .forEach((protection, count) -> sample(
                            "jobs",
                            Map.of(
                                    "deployment", deployment.name(),
                                    "protection", protection.name().toLowerCase(Locale.ROOT)),
                            count));
        }
    }

    private void jobs(List<Job> jobs) {
        gauge(jobs, "run_active", "Calls that are under way.", Job::active);
        gauge(jobs, "run_overdue", "Whether a promised run has not started.", job -> job.overdue() ? 1 : 0);
        gauge(jobs, "run_last_start_seconds", "When it was called last.", job -> seconds(job.lastStart()));
        gauge(
                jobs,
                "run_last_success_seconds",
                "When its body last came to its end.",
                job -> seconds(job.lastSuccess()));
        gauge(
                jobs,
                "run_next_seconds",
                "When the next run is promised; 0: none, NaN: not known.",
                job -> job.next() < 0 ? Double.NaN : seconds(job.next()));
        gauge(
                jobs,
                "run_deferred_since_seconds",
                "Since when a run is put off; 0: none is.",
                job -> seconds(job.putOffSince()));
        family("runs_seconds", "summary", "Runs by how they ended, and how long all took.");
        for (Job job : jobs) {
            job.counts().forEach((outcome, count) -> sample("runs_seconds_count", labels(job, outcome), count));
            sample("runs_seconds_sum", labels(job), seconds(job.runMillis()));
        }
    }

    private void dataSources(List<DataSource> sources) {
        family("state", "gauge", "In which state it is.");
        for (DataSource source : sources) {
            for (String state : DataSource.STATES) {
                sample("state", labels(source, "state", state), source.state().equalsIgnoreCase(state) ? 1 : 0);
            }
        }
        family("waiting", "gauge", "Jobs that wait for it.");
        sources.forEach(source -> sample("waiting", labels(source), source.waiting()));
        family("stuck", "gauge", "Questions that have not come back.");
        sources.forEach(source -> sample("stuck", labels(source), source.stuck()));
        family("validation_seconds", "summary", "Connections that were asked, by what came of it.");
        for (DataSource source : sources) {
            source.validations()
                    .forEach((result, count) ->
                            sample("validation_seconds_count", labels(source, "result", result), count));
            sample("validation_seconds_sum", labels(source), seconds(source.validationMillis()));
        }
        family(openMetrics ? "evictions" : "evictions_total", "counter", "Connections that were destroyed, by cause.");
        for (DataSource source : sources) {
            source.evictions()
                    .forEach((cause, count) -> sample("evictions_total", labels(source, "cause", cause), count));
        }
        family("wait_seconds", "summary", "Jobs that have waited for it.");
        for (DataSource source : sources) {
            sample("wait_seconds_count", labels(source), source.waits());
            sample("wait_seconds_sum", labels(source), seconds(source.waitMillis()));
        }
        family("outages_seconds", "summary", "Outages that are over.");
        for (DataSource source : sources) {
            sample("outages_seconds_count", labels(source), source.outages());
            sample("outages_seconds_sum", labels(source), seconds(source.outageMillis()));
        }
    }

    private interface Reading {
        double of(Job job);
    }

    private void gauge(List<Job> jobs, String name, String help, Reading reading) {
        family(name, "gauge", help);
        jobs.forEach(job -> sample(name, labels(job), reading.of(job)));
    }

    private void family(String name, String type, String help) {
        text.append("# HELP ")
                .append(PREFIX)
                .append(name)
                .append(' ')
                .append(help)
                .append('\n');
        text.append("# TYPE ")
                .append(PREFIX)
                .append(name)
                .append(' ')
                .append(type)
                .append('\n');
    }

    private void sample(String name, Map<String, String> labels, double value) {
        text.append(PREFIX)
                .append(name)
                .append(new TreeMap<>(labels)
                        .entrySet().stream()
                                .map(label -> label.getKey() + "=\"" + escaped(label.getValue()) + "\"")
                                .collect(Collectors.joining(
                                        ",", labels.isEmpty() ? "" : "{", labels.isEmpty() ? "" : "}")))
                .append(' ')
                .append(value)
                .append('\n');
    }

    private static Map<String, String> labels(Job job) {
        return Map.of("deployment", job.deployment(), "job_name", job.name());
    }

    private static Map<String, String> labels(Job job, Outcome outcome) {
        return Map.of("deployment", job.deployment(), "job_name", job.name(), "outcome", outcome.word());
    }

    private static Map<String, String> labels(DataSource source) {
        return Map.of("deployment", source.deployment(), "data_source", source.name());
    }

    private static Map<String, String> labels(DataSource source, String name, String value) {
        return Map.of("deployment", source.deployment(), "data_source", source.name(), name, value);
    }

    private static String escaped(String value) {
        return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    }

    private static double seconds(long millis) {
        return millis / 1000.0;
    }
}
