/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests.app;

import jakarta.annotation.Resource;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.inject.Inject;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.connectionguard.ValidConnections;

/** Data sources: named, and used by plain JDBC. */
@Singleton
public class NamedJob {
    @Resource(name = "jdbc/named")
    private DataSource dataSource;

    @Inject
    private Work work;

    @Schedule(hour = "*", minute = "*", second = "*/2", persistent = false)
    @ValidConnections("java:comp/env/jdbc/named")
    public void run() throws SQLException {
        work.run(this, dataSource);
    }
}
