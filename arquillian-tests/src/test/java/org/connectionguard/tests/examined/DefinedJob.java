/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests.examined;

import jakarta.annotation.sql.DataSourceDefinition;
import jakarta.ejb.Stateless;
import org.connectionguard.ValidConnections;

/** A job on a data source that it defines itself; there is no database behind it. */
@Stateless
@DataSourceDefinition(
        name = "java:app/jdbc/Defined",
        className = "com.mysql.cj.jdbc.MysqlDataSource",
        url = "jdbc:mysql://127.0.0.1:1/defects?connectTimeout=1000")
public class DefinedJob {
    @ValidConnections("java:app/jdbc/Defined")
    public void gather() {}
}
