/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.observability;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.Condition;
import java.util.stream.IntStream;
import org.connectionguard.GuardEvent;
import org.connectionguard.GuardEvent.DeferralEnded;
import org.connectionguard.GuardEvent.DeferralEnded.End;
import org.connectionguard.GuardEvent.Evicted;
import org.connectionguard.GuardEvent.TurnedAway;
import org.connectionguard.GuardEvent.TurnedAway.Decision;
import org.connectionguard.engine.Time;
import org.connectionguard.testing.Log;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class LoggingListenerTest {
    private static final Instant T = Instant.parse("2026-11-27T02:00:00Z");

    @RegisterExtension
    final Log log = new Log();

    private final Clock clock = new Clock();
    private final LoggingListener listener = new LoggingListener(clock);

    /** Stands still until it is moved. */
    private static final class Clock implements Time {
        private long now = Long.MAX_VALUE - 5;

        @Override
        public long nanos() {
            return now;
        }

        @Override
        public void await(Condition condition, long nanos) {
            throw new UnsupportedOperationException("A log waits for nothing");
        }

        @Override
        public double random() {
            throw new UnsupportedOperationException("A log throws no dice");
        }
    }

    private void evict(String dataSource, int times) {
        IntStream.range(0, times)
                .forEach(each -> listener.heard(new Evicted(T, dataSource, Evicted.Cause.DEAD, "it is dead", false)));
    }

    @Test
    void ofOneCauseTenLinesAreWrittenInAMinute() {
        evict("java:/x", 25);
        evict("java:/y", 1);
        assertThat(log.lines()).hasSize(RateLimit.LINES + 1);
        assertThat(log.lines().get(RateLimit.LINES)).contains("java:/y").doesNotContain("more such lines");
    }

    @Test
    void theNextMinuteSaysHowManyWereLeftAway() {
        evict("java:/x", 25);
        clock.now += Duration.ofMinutes(1).toNanos();
        log.clear();
        evict("java:/x", 2);
        assertThat(log.lines())
                .containsExactly(
                        "INFO CG0101 java:/x: destroyed a pooled connection: it is dead (and 15 more such lines before, in one minute)",
                        "INFO CG0101 java:/x: destroyed a pooled connection: it is dead");
    }

    @Test
    void whoIsRefusedHasAnExceptionAndOthersALine() {
        for (Decision decision : Decision.values()) {
            listener.heard(new TurnedAway(T, "Job.gather", 1, "java:/x", "down", "CG0201 why", decision));
        }
        assertThat(log.lines())
                .containsExactly(
                        "WARNING CG0108 Skipped Job.gather: CG0201 why",
                        "WARNING CG0124 A run of Job.gather failed without an exception, which would have ended its schedule"
                                + ", or held it up (connection-guard.keep-schedules): CG0201 why",
                        "WARNING CG0140 Job.gather is put off (on-unavailable LATER), and made up when java:/x gives a live"
                                + " connection again: CG0201 why",
                        "WARNING CG0109 Running Job.gather all the same (on-unavailable PROCEED): CG0201 why");
    }

    @Test
    void howeverARunEndsThatWasPutOffItIsSaid() {
        for (End end : End.values()) {
            listener.heard(new DeferralEnded(T.plusSeconds(60), "Job.gather", T.plusMillis(7), 3, end));
        }
        String job = " Job.gather, put off since 2026-11-27T02:00:00Z";
        String missed = job + " (3 expirations), ";
        assertThat(log.lines())
                .satisfiesExactly(
                        line -> assertThat(line).isEqualTo("INFO CG0141" + missed + "has been made up"),
                        line -> assertThat(line)
                                .startsWith("INFO CG0142" + missed + "is not made up: its timer's next"),
                        line -> assertThat(line)
                                .startsWith("WARNING CG0143" + missed + "was made up, and failed twice"),
                        line -> assertThat(line)
                                .startsWith("WARNING CG0144" + missed + "is dropped, for it has become"),
                        line -> assertThat(line)
                                .startsWith("WARNING CG0145" + missed + "is dropped, for its timer was"),
                        line -> assertThat(line).startsWith("INFO CG0146" + job + ", is left to the server"),
                        line -> assertThat(line)
                                .startsWith("WARNING CG0147" + missed + "is dropped, for the application"));
    }

    @Test
    void oneExpirationIsNotCounted() {
        listener.heard(new DeferralEnded(T, "Job.gather", T, 1, End.MADE_UP));
        assertThat(log.lines())
                .containsExactly("INFO CG0141 Job.gather, put off since 2026-11-27T02:00:00Z, has been made up");
    }

    @Test
    void whatDoesNotRunIsSaid() {
        listener.heard(new GuardEvent.Overdue(T, "Job.gather", T));
        listener.heard(new GuardEvent.ScheduleEnded(T, "Job.gather", false));
        listener.heard(new GuardEvent.ScheduleEnded(T, "Job.other", true));
        assertThat(log.lines())
                .satisfiesExactly(
                        line -> assertThat(line)
                                .startsWith("WARNING CG0130 Job.gather has not run: the server had promised it for"
                                        + " 2026-11-27T02:00:00Z"),
                        line -> assertThat(line).startsWith("WARNING CG0131 Job.gather will not run again"),
                        line -> assertThat(line).startsWith("INFO CG0132 Job.other will not run again"));
    }
}
