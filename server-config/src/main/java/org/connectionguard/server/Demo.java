/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.server;

import com.mysql.cj.jdbc.Driver;
import java.io.PrintStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * {@code mvn -Pdemo}: the sample application and the console on a WildFly and a database of their own, until Ctrl-C.
 *
 * <p>System properties: {@code demo.seconds} ends it after so long; {@code demo.http.port} and {@code demo.management.port}
 * choose ports; {@code demo.database.url}, {@code .user} and {@code .password} name a database to be used instead of the
 * embedded MariaDB.
 */
public final class Demo {
    private static final PrintStream OUT = System.out;
    private static final String OPERATOR = "operator";
    private static final long NEEDED_MEGABYTES = 1000;

    /** Only what nobody has: the pool would wait for who hangs in one. */
    private static final String FLUSH =
            "/subsystem=datasources/data-source=DefectsUnguarded:flush-idle-connection-in-pool";

    private Demo() {}

    /** Arguments: WildFly's distribution zip, the sample's WAR, the console's, a directory that is emptied and used. */
    public static void main(String[] arguments) throws InterruptedException {
        try {
            run(Path.of(arguments[0]), Path.of(arguments[1]), Path.of(arguments[2]), Path.of(arguments[3]));
        } catch (StartException e) {
            OUT.println();
            OUT.println("The demo cannot start. " + e.getMessage());
            throw e;
        }
    }

    private static void run(Path distribution, Path sample, Path console, Path directory) throws InterruptedException {
        Duration limit = limit();
        int http = Ports.chosenOrFree("demo.http.port");
        int management = Ports.chosenOrFree("demo.management.port");
        Directories.empty(directory);
        requireSpace(directory);
        OUT.println("Connection Guard demo");
        OUT.println("  1/3 database");
        try (Database database = database(directory.resolve("database"));
                Faults faults = new Faults(database);
                WildFly wildFly = WildFly.unpack(distribution, directory.resolve("server"));
                FaultServer buttons = new FaultServer(faults)) {
            OUT.println("      " + database.url());
            OUT.println("  2/3 WildFly: unpacked; driver and data sources");
            wildFly.configure(
                    List.of(
                            new CliScript("driver.cli", Map.of("driver.jar", driverJar())),
                            dataSource("Defects", database, faults.url()),
                            dataSource("DefectsUnguarded", database, faults.url())),
                    // So that the console can show what the pool counts.
                    "/subsystem=datasources/data-source=Defects:write-attribute(name=statistics-enabled, value=true)");
            String password = UUID.randomUUID().toString().substring(0, 8);
            wildFly.addUser(OPERATOR, password, "connection-guard-operator");
            OUT.println("  3/3 WildFly: start, deploy " + sample.getFileName() + " and " + console.getFileName());
            wildFly.start(
                    http,
                    management,
                    List.of(sample, console),
                    "-Ddefects.demo=" + buttons.address(),
                    "-Dconnection-guard-console.access=loopback");
            faults.add("flush-unguarded-pool", () -> {
                wildFly.execute(management, FLUSH);
                return "The unguarded job's pool is empty: it begins anew.";
            });
            OUT.println();
            OUT.println("  http://127.0.0.1:" + http + "/defects/");
            OUT.println();
            OUT.println("  The console, which says whether every job ran; to act there, sign in as " + OPERATOR
                    + " with " + password + ":");
            OUT.println("  http://127.0.0.1:" + http + "/connection-guard-console/");
            OUT.println();
            OUT.println("  Break something at the first, and watch both. Server log: " + wildFly.log());
            OUT.println(
                    limit.isZero() ? "  Ctrl-C ends it." : "  It ends by itself after " + limit.toSeconds() + " s.");
            await(limit, wildFly);
            OUT.println("  Stopping WildFly and the database");
        }
        OUT.println("  Stopped");
    }

    private static Database database(Path directory) {
        String url = System.getProperty("demo.database.url", "");
        if (!url.isEmpty()) {
            return Database.external(
                    url,
                    System.getProperty("demo.database.user", ""),
                    System.getProperty("demo.database.password", ""));
        }
        MariaDb server = MariaDb.install(directory, Ports.free());
        server.start();
        return server;
    }

    private static CliScript dataSource(String name, Database database, String url) {
        return new CliScript(
                "data-source.cli",
                Map.of(
                        "ds.name",
                        name,
                        "ds.jndi",
                        "java:jboss/datasources/" + name,
                        "ds.url",
                        url,
                        "ds.user",
                        database.user(),
                        "ds.password",
                        database.password()));
    }

    /** The driver that this class path has is the driver that WildFly gets. */
    public static String driverJar() {
        try {
            URI jar = Driver.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI();
            return Path.of(jar).toString();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Duration limit() {
        String seconds = System.getProperty("demo.seconds", "0");
        if (!seconds.matches("\\d{1,6}")) {
            throw new StartException("-Ddemo.seconds=" + seconds + " is not a number of seconds");
        }
        return Duration.ofSeconds(Long.parseLong(seconds));
    }

    private static void await(Duration limit, WildFly wildFly) throws InterruptedException {
        CountDownLatch never = new CountDownLatch(1);
        long end = System.nanoTime() + limit.toNanos();
        while (wildFly.isRunning() && (limit.isZero() || System.nanoTime() < end)) {
            if (never.await(200, TimeUnit.MILLISECONDS)) {
                return;
            }
        }
        if (!wildFly.isRunning()) {
            throw new StartException("WildFly has ended by itself; its log says why");
        }
    }

    private static void requireSpace(Path directory) {
        long megabytes = directory.toFile().getUsableSpace() >> 20;
        if (megabytes < NEEDED_MEGABYTES) {
            throw new StartException("Only " + megabytes + " MB are free at " + directory + "; the demo needs "
                    + NEEDED_MEGABYTES + " MB");
        }
    }
}
