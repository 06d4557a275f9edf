/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests.server;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.connectionguard.server.CliScript;
import org.connectionguard.server.DatabaseServer;
import org.connectionguard.server.Demo;
import org.connectionguard.server.Directories;
import org.connectionguard.server.MariaDb;
import org.connectionguard.server.MySql;
import org.connectionguard.server.Ports;
import org.connectionguard.server.TcpProxy;
import org.connectionguard.server.WildFly;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/**
 * Before the first test: a database, and a WildFly configured by the scripts that users run, which Arquillian then starts.
 * After the last one the database ends.
 */
public final class TestServers implements LauncherSessionListener {
    private static final Set<String> PROXIED_UNITS = Set.of("Writable", "Herd", "TimerHerd");

    /** Then everything goes through the proxy. */
    private static final boolean CAMPAIGN = Boolean.getBoolean("test.campaign");

    private static DatabaseServer database;
    private static TcpProxy proxy;

    /** Whether there is a database for this test run. */
    static boolean areThere() {
        return database != null;
    }

    /** The database server of this test run. */
    public static DatabaseServer database() {
        return database;
    }

    /** A second server of the same kind, started; to be closed by the caller. */
    public static DatabaseServer another() {
        DatabaseServer another = install(database.directory()).orElseThrow();
        another.start();
        return another;
    }

    /** Name and version of the database. */
    public static String product() {
        try (Connection connection = database.connect()) {
            return (isMySql() ? "MySQL " : "MariaDB ")
                    + connection.getMetaData().getDatabaseProductVersion().replaceAll("-.*", "");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Whether the tests run on a genuine MySQL. */
    public static boolean isMySql() {
        return database instanceof MySql;
    }

    /** What the data sources Proxied, Impatient, Writable, Herd and TimerHerd reach the database through. */
    public static TcpProxy proxy() {
        return proxy;
    }

    /** The address of WildFly's HTTP listener. */
    public static String http() {
        return "http://127.0.0.1:" + System.getProperty("test.http.port");
    }

    @Override
    public void launcherSessionOpened(LauncherSession session) {
        Path directory = Path.of(System.getProperty("work.directory"));
        Directories.empty(directory);
        Optional<? extends DatabaseServer> installed = install(directory.resolve("database"));
        if (installed.isEmpty()) {
            return;
        }
        database = installed.get();
        database.start();
        proxy = new TcpProxy(database.port());
        WildFly wildFly = WildFly.unpack(Path.of(System.getProperty("wildfly.zip")), directory.resolve("server"));
        List<CliScript> scripts = new ArrayList<>();
        scripts.add(new CliScript("driver.cli", Map.of("driver.jar", Demo.driverJar())));
        for (String application : TestApplication.NAMES) {
            TestApplication.units().forEach(unit -> scripts.add(dataSource(application + "/" + unit)));
            scripts.add(dataSource(application + "/WrongPassword", Map.of("ds.password", "wrong")));
            scripts.add(dataSource(application + "/ForbiddenSchema", Map.of("ds.url", nowhere())));
            scripts.add(dataSource(
                    application + "/NoSchema",
                    Map.of("ds.url", nowhere(), "ds.user", "everywhere", "ds.password", "everywhere")));
            scripts.add(dataSource(application + "/Proxied", Map.of("ds.url", proxied())));
            scripts.add(dataSource(application + "/Impatient", Map.of("ds.url", proxied())));
            scripts.add(dataSource(
                    application + "/ProxiedPlain",
                    Map.of("ds.url", proxied() + "?sslMode=DISABLED&allowPublicKeyRetrieval=true")));
        }
        if (!CAMPAIGN) {
            LegacyDeployment.dataSources().forEach(name -> scripts.add(dataSource(name)));
        }
        scripts.add(dataSource("Defects"));
        scripts.add(dataSource("DefectsUnguarded"));
        // The unguarded jobs fail on purpose, many times, with long stack traces.
        wildFly.configure(
                scripts,
                // Unguarded bodies that hang must not keep the guarded ones from running.
                CAMPAIGN ? "/subsystem=ejb3/thread-pool=default:write-attribute(name=max-threads, value=100)" : "",
                "/subsystem=logging/logger=org.jboss.as.ejb3:add(level=OFF)",
                "/subsystem=logging/logger=org.hibernate:add(level=OFF)",
                "/subsystem=logging/logger=org.jboss.jca:add(level=OFF)",
                "/subsystem=logging/logger=org.connectionguard:add(level=DEBUG)");
        System.setProperty("test.wildfly.home", wildFly.home().toString());
        for (String port : List.of("test.http.port", "test.https.port", "test.management.port")) {
            System.setProperty(port, Integer.toString(Ports.free()));
        }
    }

    /** The embedded MariaDB, or with the profile mysql a genuine MySQL, where there is one. */
    private static Optional<? extends DatabaseServer> install(Path directory) {
        return System.getProperty("test.database", "mariadb").equals("mysql")
                ? MySql.install(Path.of("../server-config/mysql/install-mysql.sh"), directory, Ports.free())
                : Optional.of(MariaDb.install(directory, Ports.free()));
    }

    @Override
    public void launcherSessionClosed(LauncherSession session) {
        if (database != null) {
            database.close();
        }
    }

    private static String nowhere() {
        return database.url().replace("/defects", "/nowhere");
    }

    private static String proxied() {
        return database.url().replace(":" + database.port(), ":" + proxy.port());
    }

    private static CliScript dataSource(String name) {
        boolean throughProxy = CAMPAIGN || PROXIED_UNITS.contains(name.substring(name.indexOf('/') + 1));
        return dataSource(name, throughProxy ? Map.of("ds.url", proxied()) : Map.of());
    }

    /**
     * @param name as in JNDI, below java:jboss/datasources
     * @param others parameters that are not as usual
     */
    private static CliScript dataSource(String name, Map<String, String> others) {
        String unit = name.substring(name.indexOf('/') + 1);
        Map<String, String> parameters = new HashMap<>(Map.of(
                "ds.name", name.replace('/', '-'),
                "ds.jndi", "java:jboss/datasources/" + name,
                "ds.url", database.url(),
                "ds.user", database.user(),
                "ds.password", database.password(),
                "ds.pool", unit.startsWith("Small") ? "1" : "20"));
        parameters.putAll(others);
        return new CliScript(unit.startsWith("Xa") ? "xa-data-source.cli" : "data-source.cli", parameters);
    }
}
