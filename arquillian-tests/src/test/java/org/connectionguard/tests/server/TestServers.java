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
import java.util.stream.Stream;
import org.connectionguard.server.CliScript;
import org.connectionguard.server.DatabaseServer;
import org.connectionguard.server.Demo;
import org.connectionguard.server.Directories;
import org.connectionguard.server.MariaDb;
import org.connectionguard.server.MySql;
import org.connectionguard.server.Ports;
import org.connectionguard.server.StartException;
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

    /** How many connections a pool may have, where it is not as usual. */
    private static final Map<String, String> POOLS = Map.of("SmallPoolJob", "1", "SmallImpatient", "1", "HeldJob", "4");

    /** Then everything goes through the proxy. */
    private static final boolean CAMPAIGN = Boolean.getBoolean("test.campaign");

    /** Then there is the database only: the tests start servers of their own. */
    private static final boolean OWN_SERVERS = Boolean.getBoolean("test.own.servers");

    /** In the campaign: unguarded bodies that hang for ever must leave some. */
    private static final Map<String, String> POOLS_OF_CAMPAIGN = Map.of("BurstJob", "100");

    /** XA recovery's user, and its password. */
    private static final String RECOVERY = "recovery";

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
        if (OWN_SERVERS) {
            return;
        }
        createRecoveryUser();
        proxy = new TcpProxy(database.port());
        WildFly wildFly = WildFly.unpack(Path.of(System.getProperty("wildfly.zip")), directory.resolve("server"));
        List<CliScript> scripts = new ArrayList<>();
        List<String> further = new ArrayList<>();
        scripts.add(new CliScript("driver.cli", Map.of("driver.jar", Demo.driverJar())));
        further.addAll(FaultyDriverModule.install(directory));
        for (String application : TestApplication.NAMES) {
            TestApplication.units().forEach(unit -> scripts.add(dataSource(application + "/" + unit)));
            Stream.concat(TestApplication.units().stream(), Stream.of("Proxied", "Impatient"))
                    .forEach(unit -> further.add(statistics(application + "-" + unit)));
            further.addAll(recoveryBySomebodyElse(application + "-XaJob"));
            further.addAll(FaultyDriverModule.use(application, TestApplication.FAULTY_JOB, database.url()));
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
        if (CAMPAIGN) {
            // Unguarded bodies that hang must not keep the guarded ones from running.
            further.add("/subsystem=ejb3/thread-pool=default:write-attribute(name=max-threads, value=400)");
        }
        // The unguarded jobs fail on purpose, many times, with long stack traces.
        for (String logger : List.of("org.jboss.as.ejb3", "org.hibernate", "org.jboss.jca")) {
            further.add("/subsystem=logging/logger=" + logger + ":add(level=OFF)");
        }
        further.add("/subsystem=logging/logger=org.connectionguard:add(level=DEBUG)");
        wildFly.configure(scripts, further.toArray(String[]::new));
        System.setProperty("test.wildfly.home", wildFly.home().toString());
        for (String port : List.of("test.http.port", "test.https.port", "test.management.port")) {
            System.setProperty(port, Integer.toString(Ports.free()));
        }
    }

    /** Who looks for transactions to recover. */
    private static void createRecoveryUser() {
        try {
            Sessions.execute(
                    "create user if not exists '" + RECOVERY + "'@'%' identified by '" + RECOVERY + "'",
                    "grant all privileges on defects.* to '" + RECOVERY + "'@'%'");
            if (isMySql()) {
                Sessions.execute("grant XA_RECOVER_ADMIN on *.* to '" + RECOVERY + "'@'%'");
            }
        } catch (SQLException e) {
            throw new StartException("The database has no user for XA recovery: " + e.getMessage(), e);
        }
    }

    /** XA recovery comes every two minutes, and for ten seconds: it is none of the sessions that tests count and limit. */
    private static List<String> recoveryBySomebodyElse(String dataSource) {
        String address = "/subsystem=datasources/xa-data-source=" + dataSource;
        return List.of(
                address + ":write-attribute(name=recovery-username, value=" + RECOVERY + ")",
                address + ":write-attribute(name=recovery-password, value=" + RECOVERY + ")");
    }

    /** Else the pool says of its connections that none is in use. */
    private static String statistics(String dataSource) {
        return "/subsystem=datasources/" + (dataSource.endsWith("-XaJob") ? "xa-data-source=" : "data-source=")
                + dataSource + ":write-attribute(name=statistics-enabled, value=true)";
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
        return database.url(proxy.port());
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
                "ds.pool", (CAMPAIGN ? POOLS_OF_CAMPAIGN : POOLS).getOrDefault(unit, "20")));
        parameters.putAll(others);
        return new CliScript(unit.startsWith("Xa") ? "xa-data-source.cli" : "data-source.cli", parameters);
    }
}
