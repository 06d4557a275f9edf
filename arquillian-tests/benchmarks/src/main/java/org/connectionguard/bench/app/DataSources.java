/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.bench.app;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import javax.sql.DataSource;

/** The data sources of the contenders. Stateless. */
final class DataSources {
    private DataSources() {}

    /** By the name below {@code java:jboss/datasources/}. */
    static DataSource of(String name) throws NamingException {
        return InitialContext.doLookup("java:jboss/datasources/" + name);
    }

    /** So many connections are taken at once and given back: the pool then holds them. */
    static void fill(String name, int connections) throws NamingException, SQLException {
        DataSource dataSource = of(name);
        List<Connection> taken = new ArrayList<>();
        try {
            for (int i = 0; i < connections; i++) {
                taken.add(dataSource.getConnection());
            }
        } finally {
            for (Connection connection : taken) {
                connection.close();
            }
        }
    }
}
