/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests.ownpools;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/** What a job does. Stateless. */
final class Body {
    private Body() {}

    /** Throws what JPA would. */
    static void use(DataSource dataSource) {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("select 1");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
