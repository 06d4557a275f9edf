/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.observability.metrics;

import java.util.Locale;
import org.connectionguard.TimerReport.Protection;
import org.connectionguard.statistics.Overview;

/** What the meters and their tags are called, by whichever API they are made. Stateless. */
final class Meters {
    static final String RUNS = "connection.guard.runs";
    /** How long what was put off was put off, by what became of it. */
    static final String DEFERRALS = "connection.guard.deferrals";

    static final String END = "end";
    static final String VALIDATION = "connection.guard.validation";
    static final String EVICTIONS = "connection.guard.evictions";
    static final String WAIT = "connection.guard.wait";
    static final String STATE = "connection.guard.state";
    static final String OUTAGES = "connection.guard.outages";
    static final String JOBS = "connection.guard.jobs";

    /** What all of them begin with. */
    static final String PREFIX = "connection.guard.";

    /** On each: without it, two deployments of a server would be one series. */
    static final String DEPLOYMENT = "deployment";

    /** Not job: that is what Prometheus calls what it scrapes. */
    static final String JOB = "job.name";

    static final String OUTCOME = "outcome";
    static final String DATA_SOURCE = "data.source";
    static final String RESULT = "result";
    static final String CAUSE = "cause";
    static final String STATE_TAG = "state";
    static final String PROTECTION = "protection";

    /** The cause of an eviction that is a sweep. */
    static final String SIBLING = "sibling";

    private Meters() {}

    /** A tag's value. */
    static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    /** How many of the timers are protected in this way. */
    static long timers(Overview overview, Protection protection) {
        return overview.jobs().stream()
                .filter(job -> !job.schedule().isEmpty() && job.protection() == protection)
                .count();
    }
}
