/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.servers;

import static org.junit.jupiter.api.Assumptions.abort;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.connectionguard.server.DatabaseServer;
import org.connectionguard.server.MariaDb;
import org.connectionguard.server.MySql;
import org.connectionguard.server.Ports;

/** The database of the contract, and the driver that leads to it. */
enum DatabaseChoice {
    MARIADB("mysql", "com.mysql", "driver.cli", "MySQLDialect"),
    MARIADB_DRIVER("mariadb", "org.mariadb.jdbc", "driver-mariadb.cli", "MariaDBDialect"),
    MYSQL("mysql", "com.mysql", "driver.cli", "MySQLDialect"),
    POSTGRESQL("postgresql", "org.postgresql", "driver-postgresql.cli", "PostgreSQLDialect");

    private final String driverName;
    private final String module;
    private final String driverScript;
    private final String dialect;

    DatabaseChoice(String driverName, String module, String driverScript, String dialect) {
        this.driverName = driverName;
        this.module = module;
        this.driverScript = driverScript;
        this.dialect = dialect;
    }

    /** The one that is asked for. */
    static DatabaseChoice chosen() {
        return valueOf(System.getProperty("database").toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    /** Puts it there, not yet started; where there is none for this machine, no test runs. */
    DatabaseServer install(Path directory) {
        int port = Ports.free();
        Optional<? extends DatabaseServer> installed = switch (this) {
            case MARIADB, MARIADB_DRIVER -> Optional.of(MariaDb.install(directory, port));
            case MYSQL -> MySql.install(Path.of(System.getProperty("install.mysql")), directory, port);
            case POSTGRESQL -> PostgreSql.install(directory, port);
        };
        return installed.orElseGet(() -> abort("There is none for this machine"));
    }

    /**
     * The JDBC URL by this driver.
     *
     * @param port the server's own, or a proxy's before it
     */
    String url(DatabaseServer server, int port) {
        return server.url(port).replaceFirst("jdbc:\\w+:", "jdbc:" + driverName + ":");
    }

    /** Whether it is not MySQL's. */
    boolean hasOtherDriver() {
        return !driverName.equals("mysql");
    }

    /** The driver's jar. */
    Path driver() {
        return Path.of(System.getProperty(driverName + ".jar"));
    }

    /** What makes the driver known to WildFly. */
    String driverScript() {
        return driverScript;
    }

    /** What that script calls it, for those that come after it. */
    Map<String, String> parameters() {
        return Map.of("ds.driver.name", driverName, "ds.driver.module", module);
    }

    /** What the doctor gives the driver's {@code socketTimeout}, in its unit. */
    String socketTimeout() {
        return this == POSTGRESQL ? "60" : "60000";
    }

    /** Hibernate's. */
    String dialect() {
        return dialect;
    }
}
