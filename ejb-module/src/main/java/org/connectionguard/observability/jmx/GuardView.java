/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.observability.jmx;

import org.connectionguard.TimerReport.Protection;
import org.connectionguard.statistics.Overview;

/** A guard as JMX shows it. For any thread. */
record GuardView(Overview overview, Operations operations) implements GuardMXBean {
    @Override
    public String getDeployment() {
        return overview.deployment();
    }

    @Override
    public long getSince() {
        return overview.since().toEpochMilli();
    }

    @Override
    public String getSinceText() {
        return overview.since().toString();
    }

    @Override
    public int getGuarded() {
        return timers(Protection.GUARDED);
    }

    @Override
    public int getUnprotected() {
        return timers(Protection.UNPROTECTED);
    }

    @Override
    public int getNothingToGuard() {
        return timers(Protection.NOTHING_TO_GUARD);
    }

    /** What has no schedule is no timer. */
    private int timers(Protection protection) {
        return (int) overview.jobs().stream()
                .filter(job -> !job.schedule().isEmpty() && job.protection() == protection)
                .count();
    }

    @Override
    public int getJobs() {
        return overview.jobs().size();
    }

    @Override
    public int getDataSources() {
        return overview.dataSources().size();
    }

    @Override
    public String validate(String dataSource) {
        return operations.validate(dataSource);
    }

    @Override
    public String sweep(String dataSource) {
        return operations.sweep(dataSource);
    }

    @Override
    public String run(String job) {
        return operations.run(job);
    }

    @Override
    public String examine() {
        return operations.examine();
    }

    @Override
    public String reset() {
        return operations.reset();
    }
}
