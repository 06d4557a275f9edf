/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests.legacy;

import jakarta.annotation.Resource;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.inject.Inject;
import javax.sql.DataSource;

/** Persistence: none, plain JDBC on {@code @Resource}. */
@Singleton
public class ResourceJob {
    @Resource(name = "jdbc/resource")
    private DataSource dataSource;

    @Inject
    private Routine routine;

    @Schedule(hour = "*", minute = "*", second = "*/2", persistent = false)
    public void run() {
        routine.ask(this, dataSource);
    }
}
