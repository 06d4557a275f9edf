/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests.ownpools;

import com.mysql.cj.jdbc.MysqlDataSource;
import java.io.Serial;
import java.sql.Connection;
import java.sql.SQLException;

/** The database of the tests, whose address no annotation can know. */
public final class OwnDatabase extends MysqlDataSource {
    /** System properties of the server: where it is, and whose. */
    public static final String URL = "ownpools.url";

    public static final String USER = "ownpools.user";
    public static final String PASSWORD = "ownpools.password";

    @Serial
    private static final long serialVersionUID = 1L;

    public OwnDatabase() {
        setURL(System.getProperty(URL));
        setUser(System.getProperty(USER));
        setPassword(System.getProperty(PASSWORD));
    }

    /** So the server's pool asks, of whose configuration the database's user is no part. */
    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        return super.getConnection(System.getProperty(USER), System.getProperty(PASSWORD));
    }
}
