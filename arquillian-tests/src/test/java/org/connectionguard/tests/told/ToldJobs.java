/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests.told;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import javax.sql.DataSource;
import org.connectionguard.OnUnavailable;
import org.connectionguard.ValidConnections;

/** Jobs of every policy. For any thread. */
@ApplicationScoped
public class ToldJobs {
    /** Their data source. */
    public static final String DATA_SOURCE = "java:jboss/datasources/Told";

    @ValidConnections(value = DATA_SOURCE, maxWait = "PT0.3S")
    public void failing() throws NamingException, SQLException {
        use();
    }

    @ValidConnections(value = DATA_SOURCE, maxWait = "PT0.3S", onUnavailable = OnUnavailable.SKIP)
    public void skipping() throws NamingException, SQLException {
        use();
    }

    @ValidConnections(value = DATA_SOURCE, maxWait = "PT0.3S", onUnavailable = OnUnavailable.PROCEED)
    public void proceeding() {
        // It has something to do without a database, too.
    }

    @ValidConnections(value = DATA_SOURCE, maxWait = "PT30S")
    public void waiting() throws NamingException, SQLException {
        use();
    }

    @ValidConnections(DATA_SOURCE)
    public void throwing() {
        throw new IllegalStateException("by itself; jdbc:mysql://told:s3cret@db:3306/told?password=s3cret");
    }

    private static void use() throws NamingException, SQLException {
        DataSource dataSource = InitialContext.doLookup(DATA_SOURCE);
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("select 1");
        }
    }
}
