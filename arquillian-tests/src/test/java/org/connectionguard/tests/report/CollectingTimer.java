/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests.report;

import jakarta.annotation.Resource;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import javax.sql.DataSource;

/** What its generic superclass injects says nothing of data sources. */
@Singleton
public class CollectingTimer extends Collector<Collector.Part> {
    @Resource(lookup = "java:jboss/datasources/Defects")
    private DataSource dataSource;

    /** Expires when nobody waits for it any more. */
    @Schedule(year = "2100", persistent = false)
    public void run() {
        throw new IllegalStateException(dataSource + ", and parts: " + !isEmpty());
    }
}
