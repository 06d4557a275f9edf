/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.bench.told;

import jakarta.interceptor.InvocationContext;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import jdk.jfr.Recording;
import org.connectionguard.GuardEvent.Validated;
import org.connectionguard.TimerReport;
import org.connectionguard.TimerReport.Protection;
import org.connectionguard.call.Runs;
import org.connectionguard.engine.Guard;
import org.connectionguard.engine.GuardListener;
import org.connectionguard.engine.Time;
import org.connectionguard.observability.CdiChannel;
import org.connectionguard.observability.Channels;
import org.connectionguard.observability.LoggingListener;
import org.connectionguard.observability.health.GuardHealth;
import org.connectionguard.observability.jfr.JfrChannel;
import org.connectionguard.observability.jmx.JmxChannel;
import org.connectionguard.observability.jmx.Operations;
import org.connectionguard.observability.metrics.Lookup;
import org.connectionguard.observability.metrics.MicrometerChannel;
import org.connectionguard.observability.metrics.OpenTelemetryChannel;
import org.connectionguard.statistics.Overview;
import org.connectionguard.statistics.Statistics;

/**
 * A deployment of which one job runs, and is told of as in a server; its pool is asked nothing. For any thread.
 */
final class ToldDeployment implements AutoCloseable {
    private static final int JOBS = 20;
    private static final String NAME = "shop";
    private static final String JOB = "Job0.run";
    private static final String DATA_SOURCE = "java:/Defects";
    private static final Duration ROUND_TRIP = Duration.ofNanos(123_456);

    /** A recording need not hold all that is measured. */
    private static final long BYTES = 32 << 20;

    private final Statistics statistics = new Statistics(Time.SYSTEM);
    private final Channels channels = new Channels();
    private final Optional<Recording> recording;
    private final Guard guard;
    private final Runs runs;

    ToldDeployment(Ways ways) {
        recording = ways.areRecorded() ? Optional.of(recording()) : Optional.empty();
        List<GuardListener> listeners =
                ways.areListened() ? List.of(new LoggingListener(), statistics, channels) : List.of();
        guard = new Guard(listeners, Time.SYSTEM);
        runs = new Runs(guard, Optional.empty());
        for (int job = 0; job < JOBS; job++) {
            statistics.register("Job" + job + ".run", timer());
        }
        statistics.register(DATA_SOURCE);
        statistics.register("java:/Reports");
        if (ways.haveChannels()) {
            open(ways);
        }
    }

    private static Recording recording() {
        Recording recording = new Recording();
        recording.setMaxSize(BYTES);
        recording.start();
        return recording;
    }

    private static TimerReport timer() {
        return new TimerReport(Object.class, "run", "daily at 02:00:00", "REQUIRED", List.of(), Protection.GUARDED, "");
    }

    private void open(Ways ways) {
        Overview overview = new Overview(NAME, statistics, guard, job -> Optional.empty());
        channels.add(new CdiChannel(NAME, event -> {}));
        channels.add(JmxChannel.open(overview, new NoOperations()));
        channels.add(JfrChannel.open(NAME, true));
        Lookup beans = ways.beans();
        MicrometerChannel.open(beans, overview)
                .or(() -> OpenTelemetryChannel.open(beans, overview))
                .ifPresent(channels::add);
        channels.add(new GuardHealth(() -> NAME).open(overview, dataSource -> Optional.empty()));
    }

    /** A call of the job. */
    Object run(InvocationContext call) throws Exception {
        return runs.unguarded(call, JOB, Optional.empty());
    }

    /** What its gate tells meanwhile. */
    void validated() {
        guard.tell(new Validated(guard.now(), DATA_SOURCE, Validated.Result.ALIVE, ROUND_TRIP));
    }

    @Override
    public void close() {
        channels.close();
        guard.close();
        recording.ifPresent(Recording::close);
    }

    /** Nobody operates it. */
    private record NoOperations() implements Operations {
        @Override
        public String validate(String dataSource) {
            return "";
        }

        @Override
        public String sweep(String dataSource) {
            return "";
        }

        @Override
        public String run(String job) {
            return "";
        }

        @Override
        public String examine() {
            return "";
        }

        @Override
        public String reset() {
            return "";
        }
    }
}
