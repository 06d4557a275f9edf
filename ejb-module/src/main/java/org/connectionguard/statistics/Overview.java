/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.statistics;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.connectionguard.DataSourceStatus;
import org.connectionguard.JobStatus;
import org.connectionguard.engine.Guard;

/**
 * One deployment as it stands now: what happened, and what waits. Everything that is read of it outside is read here. Immutable
 * itself, for any thread; what it gives is a picture of the moment.
 *
 * @param deployment its name
 * @param putOff knows what is put off now
 */
public record Overview(String deployment, Statistics statistics, Guard guard, PutOff putOff) {
    /** Since when a run of a job is put off. */
    public interface PutOff {
        /** Empty: none is. */
        Optional<Instant> since(String job);
    }

    /** Since when there is a history. */
    public Instant since() {
        return statistics.since();
    }

    /** All jobs, in the order of their names. */
    public List<JobStatus> jobs() {
        return statistics.jobs().stream().map(this::complete).toList();
    }

    /** A job. */
    public Optional<JobStatus> job(String name) {
        return statistics.job(name).map(this::complete);
    }

    private JobStatus complete(JobStatus job) {
        return job.putOff(putOff.since(job.name()));
    }

    /** All data sources, in the order of their names. */
    public List<DataSourceStatus> dataSources() {
        return statistics.dataSources(guard::gate);
    }

    /** A data source. */
    public Optional<DataSourceStatus> dataSource(String name) {
        return statistics.dataSource(name, guard.gate(name));
    }
}
