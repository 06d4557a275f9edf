/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.observability.jmx;

import java.time.Instant;
import java.util.Optional;
import org.connectionguard.JobStatus;
import org.connectionguard.RunOutcome;
import org.connectionguard.statistics.Overview;

/** A job as JMX shows it. For any thread. */
record JobView(Overview overview, Operations operations, String name) implements JobMXBean {
    /** Nothing takes it out of the statistics again. */
    private JobStatus status() {
        return overview.job(name).orElseThrow();
    }

    @Override
    public String getName() {
        return name;
    }

    @Override
    public String getSchedule() {
        return status().schedule();
    }

    @Override
    public String getProtection() {
        return status().protection().name();
    }

    @Override
    public String getProtectionReason() {
        return status().protectionReason();
    }

    @Override
    public int getActive() {
        return status().active();
    }

    @Override
    public long getLastStart() {
        return status().lastStart().map(Instant::toEpochMilli).orElse(0L);
    }

    @Override
    public String getLastStartText() {
        return text(status().lastStart());
    }

    @Override
    public long getLastSuccess() {
        return status().lastSuccess().map(Instant::toEpochMilli).orElse(0L);
    }

    @Override
    public String getLastSuccessText() {
        return text(status().lastSuccess());
    }

    @Override
    public long getNext() {
        JobStatus status = status();
        return status.next().map(Instant::toEpochMilli).orElse(status.ended() ? 0L : -1L);
    }

    @Override
    public String getNextText() {
        return text(status().next());
    }

    private static String text(Optional<Instant> instant) {
        return instant.map(Instant::toString).orElse("");
    }

    @Override
    public boolean isOverdue() {
        return status().overdue();
    }

    @Override
    public boolean isEnded() {
        return status().ended();
    }

    @Override
    public long getPutOffSince() {
        return status().putOffSince().map(Instant::toEpochMilli).orElse(0L);
    }

    @Override
    public String getPutOffSinceText() {
        return text(status().putOffSince());
    }

    @Override
    public long getRan() {
        return status().runs().get(RunOutcome.RAN);
    }

    @Override
    public long getHealed() {
        return status().runs().get(RunOutcome.HEALED);
    }

    @Override
    public long getWaited() {
        return status().runs().get(RunOutcome.WAITED);
    }

    @Override
    public long getProceeded() {
        return status().runs().get(RunOutcome.PROCEEDED);
    }

    @Override
    public long getMadeUp() {
        return status().runs().get(RunOutcome.MADE_UP);
    }

    @Override
    public long getDeferred() {
        return status().runs().get(RunOutcome.DEFERRED);
    }

    @Override
    public long getSkipped() {
        return status().runs().get(RunOutcome.SKIPPED);
    }

    @Override
    public long getRefused() {
        return status().runs().get(RunOutcome.REFUSED);
    }

    @Override
    public long getFailed() {
        return status().runs().get(RunOutcome.FAILED);
    }

    @Override
    public long getRunMillis() {
        return status().time().toMillis();
    }

    @Override
    public String getLastOutcome() {
        return lastRun().map(run -> run.outcome().name()).orElse("");
    }

    @Override
    public String getLastReason() {
        return lastRun().map(JobStatus.PastRun::reason).orElse("");
    }

    private Optional<JobStatus.PastRun> lastRun() {
        return status().lastRuns().stream().reduce((earlier, later) -> later);
    }

    @Override
    public PastRun[] getHistory() {
        return status().lastRuns().stream().map(PastRunView::new).toArray(PastRun[]::new);
    }

    @Override
    public String run() {
        return operations.run(name);
    }

    private record PastRunView(JobStatus.PastRun run) implements PastRun {
        @Override
        public long getStart() {
            return run.start().toEpochMilli();
        }

        @Override
        public String getStartText() {
            return run.start().toString();
        }

        @Override
        public long getMillis() {
            return run.duration().toMillis();
        }

        @Override
        public long getGuardedMillis() {
            return run.guarded().toMillis();
        }

        @Override
        public int getEvicted() {
            return run.evicted();
        }

        @Override
        public String getOutcome() {
            return run.outcome().name();
        }

        @Override
        public String getReason() {
            return run.reason();
        }
    }
}
