/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.observability.metrics;

import java.util.function.ToDoubleFunction;
import org.connectionguard.DataSourceStatus;
import org.connectionguard.statistics.Overview;

/** What stands of a data source now. */
enum DataSourceGauge {
    /** Jobs that wait for it. */
    WAITING("waiting", "{job}", DataSourceStatus::waiting),
    /** Questions that do not come back. */
    STUCK("stuck", "{question}", DataSourceStatus::stuck);

    private final String meter;
    private final String unit;
    private final ToDoubleFunction<DataSourceStatus> value;

    DataSourceGauge(String meter, String unit, ToDoubleFunction<DataSourceStatus> value) {
        this.meter = Meters.PREFIX + meter;
        this.unit = unit;
        this.value = value;
    }

    String meter() {
        return meter;
    }

    /** In the notation of UCUM, for the API that has units. */
    String unit() {
        return unit;
    }

    double of(DataSourceStatus dataSource) {
        return value.applyAsDouble(dataSource);
    }

    double of(Overview overview, String dataSource) {
        return overview.dataSource(dataSource).map(this::of).orElse(Double.NaN);
    }
}
