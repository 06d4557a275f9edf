/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.observability.jmx;

import java.time.Duration;
import org.connectionguard.DataSourceStatus;
import org.connectionguard.GuardEvent.Evicted;
import org.connectionguard.GuardEvent.Validated;
import org.connectionguard.statistics.Overview;

/** A data source as JMX shows it. For any thread. */
record DataSourceView(Overview overview, Operations operations, String name) implements DataSourceMXBean {
    /** Nothing takes it out of the statistics again. */
    private DataSourceStatus status() {
        return overview.dataSource(name).orElseThrow();
    }

    @Override
    public String getName() {
        return name;
    }

    @Override
    public String getState() {
        return status().state().name();
    }

    @Override
    public long getStateSince() {
        return status().since().toEpochMilli();
    }

    @Override
    public String getStateSinceText() {
        return status().since().toString();
    }

    @Override
    public int getWaiting() {
        return status().waiting();
    }

    @Override
    public int getStuck() {
        return status().stuck();
    }

    @Override
    public long getValidationsAlive() {
        return status().validations().get(Validated.Result.ALIVE);
    }

    @Override
    public long getValidationsDead() {
        return status().validations().get(Validated.Result.DEAD);
    }

    @Override
    public long getValidationsSilent() {
        return status().validations().get(Validated.Result.SILENT);
    }

    @Override
    public long getValidationsUnfit() {
        return status().validations().get(Validated.Result.UNFIT);
    }

    @Override
    public long getValidationMillis() {
        return status().validationTime().toMillis();
    }

    @Override
    public long getEvictionsDead() {
        return status().evictions().get(Evicted.Cause.DEAD);
    }

    @Override
    public long getEvictionsSilent() {
        return status().evictions().get(Evicted.Cause.SILENT);
    }

    @Override
    public long getEvictionsAged() {
        return status().evictions().get(Evicted.Cause.AGED);
    }

    @Override
    public long getEvictionsUnfit() {
        return status().evictions().get(Evicted.Cause.UNFIT);
    }

    @Override
    public long getEvictionsSibling() {
        return status().sweeps();
    }

    @Override
    public long getWaits() {
        return status().waits();
    }

    @Override
    public long getWaitMillis() {
        return status().waitTime().toMillis();
    }

    @Override
    public long getOutages() {
        return status().outages();
    }

    @Override
    public long getOutageMillis() {
        return status().outageTime().toMillis();
    }

    @Override
    public String getLastOutageReason() {
        return status().lastOutages().stream()
                .reduce((earlier, later) -> later)
                .map(DataSourceStatus.Outage::reason)
                .orElse("");
    }

    @Override
    public Outage[] getLastOutages() {
        return status().lastOutages().stream().map(OutageView::new).toArray(Outage[]::new);
    }

    @Override
    public String validate() {
        return operations.validate(name);
    }

    @Override
    public String sweep() {
        return operations.sweep(name);
    }

    private record OutageView(DataSourceStatus.Outage outage) implements Outage {
        @Override
        public long getBegin() {
            return outage.begin().toEpochMilli();
        }

        @Override
        public String getBeginText() {
            return outage.begin().toString();
        }

        @Override
        public long getMillis() {
            return outage.duration().map(Duration::toMillis).orElse(-1L);
        }

        @Override
        public String getReason() {
            return outage.reason();
        }

        @Override
        public String getDetail() {
            return outage.detail();
        }
    }
}
