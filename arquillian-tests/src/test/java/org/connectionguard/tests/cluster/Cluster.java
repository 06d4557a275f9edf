/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.connectionguard.server.CliScript;
import org.connectionguard.server.Demo;
import org.connectionguard.server.Ports;
import org.connectionguard.server.WildFly;
import org.connectionguard.tests.cluster.app.Runs;
import org.connectionguard.tests.server.TestServers;

/** Two servers of {@code standalone-ha.xml} that find each other without multicast. For one thread. */
final class Cluster implements AutoCloseable {
    private static final int SIZE = 2;

    private static final String TIMERS = "java:jboss/datasources/Timers";

    private final List<Node> nodes = new ArrayList<>();

    /** Starts it; the applications are deployed on both nodes. */
    Cluster(Path directory) throws IOException {
        WildFly wildFly = WildFly.unpack(Path.of(System.getProperty("wildfly.zip")), directory.resolve("wildfly"));
        Path standalone = wildFly.home().resolve("standalone");
        Path configuration = standalone.resolve("configuration");
        Files.copy(
                configuration.resolve("standalone-ha.xml"),
                configuration.resolve("standalone.xml"),
                StandardCopyOption.REPLACE_EXISTING);
        wildFly.configure(
                List.of(new CliScript("driver.cli", Map.of("driver.jar", Demo.driverJar())), timerStore()),
                configuration().toArray(String[]::new));
        for (int i = 0; i < SIZE; i++) {
            String name = "node" + i;
            nodes.add(new Node(name, wildFly.home(), copy(standalone, directory.resolve(name)), Ports.free()));
        }
        for (Node node : nodes) {
            node.start(nodes);
            // Two that put their timers into the table at the same time would put each timer there twice.
            node.awaitDeployed();
        }
    }

    private static Path copy(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path path : all.toList()) {
                Path copy = to.resolve(from.relativize(path).toString());
                if (Files.isDirectory(path)) {
                    Files.createDirectories(copy);
                } else {
                    Files.copy(path, copy);
                }
            }
        }
        return to.toAbsolutePath();
    }

    private static List<String> configuration() {
        List<String> lines = new ArrayList<>();
        lines.add(dataSource("Work", Runs.WORK, "${test.work.port}", true));
        lines.add("/subsystem=datasources/data-source=Timers:write-attribute(name=transaction-isolation,"
                + " value=TRANSACTION_READ_COMMITTED)");
        lines.add(dataSource(
                "Ledger",
                "java:jboss/datasources/Ledger",
                Integer.toString(TestServers.database().port()),
                false));
        lines.addAll(withoutMulticast());
        // The unguarded jobs fail on purpose, and so does the timer service.
        for (String logger : List.of("org.jboss.as.ejb3", "org.jboss.jca", "org.wildfly.clustering.ejb")) {
            lines.add("/subsystem=logging/logger=" + logger + ":add(level=OFF)");
        }
        lines.addAll(timersInTheDatabase());
        return lines;
    }

    private static String dataSource(String name, String jndiName, String port, boolean jta) {
        return "data-source add --name=" + name + " --jndi-name=" + jndiName
                + " --driver-name=mysql --connection-url=\"" + url(port) + "?connectTimeout=1000&socketTimeout=5000\""
                + " --user-name=" + TestServers.database().user() + " --password="
                + TestServers.database().password() + " --max-pool-size=10 --jta=" + jta;
    }

    private static String url(String port) {
        return TestServers.database().url().replace(":" + TestServers.database().port(), ":" + port);
    }

    /** As it is recommended: no guard stands before the timer service's own statements. */
    private static CliScript timerStore() {
        return new CliScript(
                "data-source-recommended.cli",
                Map.of(
                        "ds.name", "Timers",
                        "ds.jndi", TIMERS,
                        "ds.url", url("${test.timers.port}").replace("/defects", "/" + Ledger.TIMERS),
                        "ds.user", TestServers.database().user(),
                        "ds.password", TestServers.database().password()));
    }

    /** The nodes know each other's ports, and nothing else is opened that other servers on this machine have too. */
    private static List<String> withoutMulticast() {
        String sockets = "/socket-binding-group=standard-sockets";
        List<String> lines = new ArrayList<>(List.of(
                sockets + "/socket-binding=jgroups-tcp:write-attribute(name=port, value=\"${test.cluster.port}\")",
                "/subsystem=jgroups/channel=ee:write-attribute(name=stack, value=tcp)",
                "/subsystem=jgroups/stack=tcp/protocol=MPING:remove",
                "/subsystem=modcluster:remove",
                "/subsystem=undertow/server=default-server/ajp-listener=ajp:remove"));
        List<String> names = new ArrayList<>();
        for (int i = 0; i < SIZE; i++) {
            names.add("node" + i);
            lines.add(sockets + "/remote-destination-outbound-socket-binding=node" + i
                    + ":add(host=127.0.0.1, port=\"${test.cluster.port." + i + "}\")");
        }
        lines.add("/subsystem=jgroups/stack=tcp/protocol=TCPPING:add(add-index=1, socket-bindings=["
                + String.join(", ", names) + "])");
        return lines;
    }

    /** Unless an application asks for distributed ones. */
    private static List<String> timersInTheDatabase() {
        String service = "/subsystem=ejb3/service=timer-service";
        return List.of(
                "batch",
                service + "/database-data-store=database:add(datasource-jndi-name=" + TIMERS + ","
                        + " database=mysql, partition=cluster, refresh-interval=1000, allow-execution=true)",
                service + ":undefine-attribute(name=default-persistent-timer-management)",
                service + ":undefine-attribute(name=default-transient-timer-management)",
                service + ":write-attribute(name=thread-pool-name, value=default)",
                service + ":write-attribute(name=default-data-store, value=database)",
                "run-batch");
    }

    List<Node> nodes() {
        return nodes;
    }

    /** The node of that name. */
    Node node(String name) {
        return nodes.stream()
                .filter(node -> node.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** The other one. */
    Node otherThan(Node node) {
        return nodes.stream().filter(other -> other != node).findFirst().orElseThrow();
    }

    /** Every way to the database is well, and every node is there. */
    void heal() throws IOException {
        for (Node node : nodes) {
            node.work().recover();
            node.timers().recover();
            if (!node.isAlive()) {
                node.start(nodes);
                node.awaitDeployed();
            }
        }
    }

    @Override
    public void close() throws IOException {
        for (Node node : nodes) {
            node.close();
        }
    }
}
