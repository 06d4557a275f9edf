/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests.report;

import jakarta.annotation.Resource;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import javax.sql.DataSource;

/** Knows of no guard. */
@Singleton
public class PlainTimer {
    @Resource(lookup = "java:jboss/datasources/Defects")
    private DataSource dataSource;

    @Schedule(year = "2100", hour = "2", persistent = false)
    private void run() {
        throw new IllegalStateException(String.valueOf(dataSource));
    }
}
