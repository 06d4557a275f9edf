/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.bench.app;

import jakarta.ejb.Stateless;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/** A job that asks before it starts, as one finds it in applications: a dead connection goes back, and the job fails. */
@Stateless
public class ByHandJob extends Job {
    @Override
    void before(DataSource dataSource) throws SQLException {
        ask(dataSource);
    }

    static void ask(DataSource dataSource) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            if (!connection.isValid(2)) {
                throw new SQLException("The connection is dead");
            }
        }
    }
}
