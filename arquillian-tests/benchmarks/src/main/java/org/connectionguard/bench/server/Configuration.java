/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.bench.server;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.connectionguard.bench.app.Contender;
import org.connectionguard.server.CliScript;
import org.connectionguard.server.DatabaseServer;
import org.connectionguard.server.Demo;

/** The contenders' data sources, as CLI lines. Each as the documentation of its product recommends. Stateless. */
final class Configuration {
    /** How often idle connections are validated, in milliseconds, where that is done in the background. */
    static final int BACKGROUND = 10_000;

    private static final String EXTENSIONS = "org.jboss.jca.adapters.jdbc.extensions.mysql.";
    private static final String SORTER = " --exception-sorter-class-name=" + EXTENSIONS + "MySQLExceptionSorter";
    private static final String CHECKER =
            " --valid-connection-checker-class-name=" + EXTENSIONS + "MySQLValidConnectionChecker";

    private Configuration() {}

    /** Scripts that users run too. */
    static List<CliScript> scripts(DatabaseServer database, Map<String, Integer> sick, int healing, int network) {
        List<CliScript> scripts = new ArrayList<>();
        scripts.add(new CliScript("driver.cli", Map.of("driver.jar", Demo.driverJar())));
        for (Contender each : jobs().filter(Configuration::isPlain).toList()) {
            scripts.add(plain(database, "bench/" + each, database.port(), 20));
        }
        for (Contender each : healing().filter(Configuration::isPlain).toList()) {
            scripts.add(plain(database, "heal/" + each, healing, 200));
        }
        for (Contender each : jobs().filter(Contender::firesTogether)
                .filter(Configuration::isPlain)
                .toList()) {
            scripts.add(plain(database, "together/" + each, network, 20));
        }
        scripts.add(plain(database, "sweep/GUARD", database.port(), 200));
        sick.forEach((name, port) -> scripts.add(plain(database, "sick/" + name, port, 200)));
        return scripts;
    }

    /** The rivals' data sources, and what else is to be set. */
    static String[] lines(DatabaseServer database, int healing, int network) {
        List<String> lines = new ArrayList<>();
        lines.add("/extension=org.wildfly.extension.datasources-agroal:add");
        lines.add("/subsystem=datasources-agroal:add");
        lines.add("/subsystem=datasources-agroal/driver=agroal-mysql:add(module=com.mysql)");
        rivals(lines, database, "bench", database.port(), 20);
        rivals(lines, database, "heal", healing, 200);
        lines.add(onMatch(database, "sweep/MATCH", database.port(), 200));
        lines.add(onMatch(database, "together/MATCH", network, 20));
        // The contenders fail on purpose, often, with long stack traces, which would be what is measured.
        lines.add("/subsystem=logging/logger=org.jboss.as.ejb3:add(level=OFF)");
        return lines.toArray(String[]::new);
    }

    private static void rivals(List<String> lines, DatabaseServer database, String group, int port, int pool) {
        lines.add(ironJacamar(database, group + "/MATCH", port, pool) + CHECKER + SORTER + " --validate-on-match=true"
                + " --background-validation=false");
        lines.add(ironJacamar(database, group + "/BACKGROUND", port, pool) + CHECKER + SORTER
                + " --validate-on-match=false --background-validation=true --background-validation-millis="
                + BACKGROUND);
        lines.add(
                "/subsystem=datasources-agroal/datasource=" + group + "-AGROAL:add(jndi-name=" + jndi(group + "/AGROAL")
                        + ",connection-factory={driver=agroal-mysql,url=" + url(database, port) + ",username="
                        + database.user() + ",password=" + database.password() + "},connection-pool={max-size=" + pool
                        + ",blocking-timeout=30000,background-validation=" + BACKGROUND + "})");
    }

    private static String onMatch(DatabaseServer database, String name, int port, int pool) {
        return ironJacamar(database, name, port, pool) + CHECKER + SORTER
                + " --validate-on-match=true --background-validation=false";
    }

    private static String ironJacamar(DatabaseServer database, String name, int port, int pool) {
        return "data-source add --name=" + name.replace('/', '-') + " --jndi-name=" + jndi(name)
                + " --driver-name=mysql --connection-url=" + url(database, port) + " --user-name=" + database.user()
                + " --password=" + database.password() + " --max-pool-size=" + pool;
    }

    private static CliScript plain(DatabaseServer database, String name, int port, int pool) {
        return new CliScript(
                "data-source.cli",
                Map.of(
                        "ds.name", name.replace('/', '-'),
                        "ds.jndi", jndi(name),
                        "ds.url", url(database, port),
                        "ds.user", database.user(),
                        "ds.password", database.password(),
                        "ds.pool", Integer.toString(pool)));
    }

    private static String jndi(String name) {
        return "java:jboss/datasources/" + name;
    }

    private static String url(DatabaseServer database, int port) {
        return database.url().replace(":" + database.port(), ":" + port);
    }

    private static Stream<Contender> jobs() {
        return Stream.of(Contender.values()).filter(Contender::isJob);
    }

    private static Stream<Contender> healing() {
        return jobs().filter(Contender::heals);
    }

    private static boolean isPlain(Contender contender) {
        return switch (contender) {
            case MATCH, BACKGROUND, AGROAL -> false;
            default -> true;
        };
    }
}
