/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.testing;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import org.connectionguard.DataSourceState;
import org.connectionguard.GuardEvent;
import org.connectionguard.GuardEvent.RunEnded;
import org.connectionguard.GuardEvent.RunStarted;
import org.connectionguard.GuardEvent.StateChanged;
import org.connectionguard.RunOutcome;
import org.connectionguard.TimerReport;
import org.connectionguard.TimerReport.Protection;
import org.connectionguard.engine.Guard;
import org.connectionguard.engine.Time;
import org.connectionguard.observability.Channels;
import org.connectionguard.statistics.Overview;
import org.connectionguard.statistics.Statistics;

/** A deployment with two timers and a data source, to which things happen when a test says so. For one thread. */
public final class SmallDeployment {
    public static final String NAME = "shop";
    public static final String JOB = "Trend.gather";
    public static final String UNPROTECTED = "Legacy.run";
    public static final String SOURCE = "java:/Defects";
    public static final Instant START = Instant.parse("2026-11-27T02:00:00Z");

    private final Clock clock = new Clock();
    private final Statistics statistics = new Statistics(clock);
    private final Channels channels = new Channels();
    private final Guard guard = new Guard(List.of(statistics, channels), clock);
    private final Overview overview = new Overview(NAME, statistics, guard, job -> Optional.empty());

    public SmallDeployment() {
        register(JOB, Protection.GUARDED);
        register(UNPROTECTED, Protection.UNPROTECTED);
        statistics.register(SOURCE);
    }

    private void register(String job, Protection protection) {
        statistics.register(
                job, new TimerReport(Object.class, "m", "daily at 02:00:00", "REQUIRED", List.of(), protection, ""));
    }

    public Overview overview() {
        return overview;
    }

    public Statistics statistics() {
        return statistics;
    }

    public Channels channels() {
        return channels;
    }

    public Instant now() {
        return clock.now();
    }

    public void pass(Duration duration) {
        clock.passed = clock.passed.plus(duration);
    }

    public void tell(GuardEvent event) {
        guard.tell(event);
    }

    public void started(String job) {
        tell(new RunStarted(now(), job, 1));
    }

    public void run(String job, Duration duration, RunOutcome outcome) {
        started(job);
        pass(duration);
        tell(new RunEnded(now(), job, 1, duration, Duration.ZERO, 0, outcome, ""));
    }

    public void becomes(DataSourceState state) {
        tell(new StateChanged(now(), SOURCE, state));
    }

    private static final class Clock implements Time {
        private Duration passed = Duration.ZERO;

        @Override
        public long nanos() {
            return passed.toNanos();
        }

        @Override
        public Instant now() {
            return START.plus(passed);
        }

        @Override
        public void await(Condition condition, long nanos) {
            throw new IllegalStateException("nobody waits here");
        }

        @Override
        public double random() {
            return 0;
        }
    }
}
