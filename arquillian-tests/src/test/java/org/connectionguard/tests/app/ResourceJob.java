/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests.app;

import jakarta.annotation.Resource;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.inject.Inject;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.connectionguard.ValidConnections;

/** Data sources: inferred from {@code @Resource} on a setter. */
@Singleton
public class ResourceJob {
    private DataSource dataSource;

    @Inject
    private Work work;

    @Resource(name = "jdbc/resource")
    public void setDataSource(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    @Schedule(hour = "*", minute = "*", second = "*/2", persistent = false)
    @ValidConnections
    public void run() throws SQLException {
        work.run(this, dataSource);
    }
}
