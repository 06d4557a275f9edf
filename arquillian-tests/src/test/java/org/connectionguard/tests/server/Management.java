/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests.server;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.jboss.as.controller.client.ModelControllerClient;
import org.jboss.as.controller.client.OperationBuilder;
import org.jboss.as.controller.client.helpers.standalone.ServerDeploymentHelper;
import org.jboss.as.controller.client.helpers.standalone.ServerDeploymentHelper.ServerDeploymentException;
import org.jboss.dmr.ModelNode;
import org.jboss.dmr.Property;
import org.jboss.shrinkwrap.api.Archive;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** WildFly's management interface. For any thread. */
public final class Management {
    private static final String[] TIMER_SERVICE = {"subsystem", "ejb3", "service", "timer-service"};

    private Management() {}

    /** Empties every pool, so that also the unguarded ones are healthy again. */
    public static void flushAllPools() {
        inPools("", "flush-all-connection-in-pool");
    }

    /**
     * The pools of data sources whose names begin so lose their idle connections. Those in use are left alone: the pool
     * would wait for who hangs in one, and all of the management with it.
     */
    public static void flushIdle(String prefix) {
        inPools(prefix, "flush-idle-connection-in-pool");
    }

    /** Every pool of data sources whose names begin so gets a connection. */
    public static void connectPools(String prefix) {
        inPools(prefix, "test-connection-in-pool");
    }

    /** In one operation: there are hundreds. */
    private static void inPools(String prefix, String operation) {
        Operation all = operation("composite");
        for (String type : new String[] {"data-source", "xa-data-source"}) {
            ModelNode sources =
                    execute(operation("read-children-names").set("child-type", type), "subsystem", "datasources");
            for (ModelNode name : sources.asList()) {
                if (name.asString().startsWith(prefix)) {
                    Operation one = operation(operation);
                    address(one, "subsystem", "datasources", type, name.asString());
                    all.node().get("steps").add(one.node());
                }
            }
        }
        execute(all);
    }

    /**
     * How many connections of a pool are lent or being made. The pool counts while its statistics are enabled; and when
     * several come and go at once it may count wrong until the next one comes alone.
     */
    static int inUse(String dataSource) {
        String[] pool = {"subsystem", "datasources", "data-source", dataSource, "statistics", "pool"};
        return execute(operation("read-attribute").set("name", "InUseCount"), pool)
                .asInt();
    }

    /** The feature release of the Java that the server runs on. */
    public static int javaVersion() {
        return Integer.parseInt(systemProperty("java.specification.version"));
    }

    /** The names of all data sources. */
    public static List<String> dataSources() {
        ModelNode names =
                execute(operation("read-children-names").set("child-type", "data-source"), "subsystem", "datasources");
        return names.asList().stream().map(ModelNode::asString).toList();
    }

    /** An attribute of a data source. */
    public static String attribute(String name, String dataSource) {
        return execute(
                        operation("read-attribute").set("name", name),
                        "subsystem",
                        "datasources",
                        "data-source",
                        dataSource)
                .asString();
    }

    /** Whether the data source gives a connection. */
    public static boolean connects(String dataSource) {
        return execute(operation("test-connection-in-pool"), "subsystem", "datasources", "data-source", dataSource)
                .get(0)
                .asBoolean();
    }

    /** Makes a data source of the driver mysql, bound to java:jboss/datasources/ and its name. */
    public static void addDataSource(String name, Map<String, String> attributes) {
        Operation add = operation("add")
                .set("jndi-name", "java:jboss/datasources/" + name)
                .set("driver-name", "mysql");
        attributes.forEach(add::set);
        execute(add, "subsystem", "datasources", "data-source", name);
    }

    /** Takes a data source away, with its connections. */
    public static void removeDataSource(String name) {
        remove("subsystem", "datasources", "data-source", name);
    }

    /** Takes something out of the server's configuration at once, also what others depend on. */
    public static void remove(String... address) {
        ModelNode remove = operation("remove").node();
        remove.get("operation-headers", "allow-resource-service-restart").set(true);
        execute(new Operation(remove), address);
    }

    /** The store of persistent timers. */
    public static String defaultTimerStore() {
        return execute(operation("read-attribute").set("name", "default-data-store"), TIMER_SERVICE)
                .asString();
    }

    /** Undoes timer-store.cli. */
    public static void removeDatabaseTimerStore() {
        execute(
                operation("write-attribute").set("name", "default-data-store").set("value", "default-file-store"),
                TIMER_SERVICE);
        execute(
                operation("remove"),
                "subsystem",
                "ejb3",
                "service",
                "timer-service",
                "database-data-store",
                "database");
    }

    /**
     * How long transactions may last that begin from now on. Only while no call is under way: WildFly's
     * {@code CMTTxInterceptor} puts the time-out that a call began with back at its end, and where that is not the default any
     * more, every later transaction of the thread has it.
     */
    public static void setTransactionTimeout(Duration timeout) {
        execute(
                operation("write-attribute")
                        .set("name", "default-timeout")
                        .set("value", Long.toString(timeout.toSeconds())),
                "subsystem",
                "transactions");
    }

    /** Sets a system property of the server. */
    public static void setSystemProperty(String name, String value) {
        removeSystemProperty(name);
        execute(operation("add").set("value", value), "system-property", name);
    }

    /** Takes a system property away that was set so; where there is none, nothing happens. */
    public static void removeSystemProperty(String name) {
        ModelNode known = execute(operation("read-children-names").set("child-type", "system-property"));
        if (known.asList().contains(new ModelNode(name))) {
            execute(operation("remove"), "system-property", name);
        }
    }

    /** How many lines of the server's log contain a message's id. */
    public static long logLines(String id) throws IOException {
        return log().stream().filter(line -> line.contains(" " + id + " ")).count();
    }

    /** The server's log. */
    public static List<String> log() throws IOException {
        return Files.readAllLines(Path.of(System.getProperty("test.wildfly.home"), "standalone/log/server.log"));
    }

    /** The newest message of the server's log that begins so, all of its lines; empty where there is none. */
    public static List<String> logged(String begin) throws IOException {
        List<String> found = new ArrayList<>();
        boolean inside = false;
        for (String line : log()) {
            int start = line.indexOf(" " + begin);
            if (start >= 0) {
                found.clear();
                found.add(line.substring(start + 1));
            } else if (inside && line.startsWith(" ")) {
                found.add(line);
            }
            inside = start >= 0 || inside && line.startsWith(" ");
        }
        return found;
    }

    /** A system property of the server as it is now, whoever has set it. */
    public static String systemProperty(String name) {
        return systemProperties().get(name).asString();
    }

    /** Whether the server has a system property now. */
    public static boolean hasSystemProperty(String name) {
        return systemProperties().has(name);
    }

    /** The server's system properties whose names begin so, by the rest of their names. */
    public static Map<String, String> systemProperties(String prefix) {
        Map<String, String> found = new HashMap<>();
        systemProperties().asPropertyList().stream()
                .filter(property -> property.getName().startsWith(prefix))
                .forEach(property -> found.put(
                        property.getName().substring(prefix.length()),
                        property.getValue().asString()));
        return found;
    }

    private static ModelNode systemProperties() {
        return execute(
                operation("read-attribute").set("name", "system-properties"),
                "core-service",
                "platform-mbean",
                "type",
                "runtime");
    }

    /** Asks the server to let nobody in any more, and to wait a minute for those who are inside; returns at once. */
    public static void suspend() {
        ModelNode operation = new ModelNode();
        operation.get("operation").set("suspend");
        operation.get("suspend-timeout").set(60);
        CompletableFuture.runAsync(() -> execute(new Operation(operation)));
    }

    public static void resume() {
        execute(operation("resume"));
    }

    /** Something done to the server or the database. */
    public interface Deed {
        void happens() throws SQLException;
    }

    /**
     * Does something while no timer is under way and none expires, so that it never hits a body. Gives the time after it: what
     * is counted from then on are whole calls.
     */
    public static Instant whileSuspended(Deed deed) throws SQLException {
        suspend();
        await().atMost(Duration.ofSeconds(90)).until(() -> suspendState().equals("SUSPENDED"));
        try {
            deed.happens();
            return Instant.now();
        } finally {
            resume();
        }
    }

    /** RUNNING, or how far the suspension has come. */
    public static String suspendState() {
        return execute(operation("read-attribute").set("name", "suspend-state")).asString();
    }

    /** Deploys the archive and takes it away again: why it could not be deployed; empty if it could. */
    public static String failureOfDeploying(WebArchive archive) {
        try {
            whileDeployed(archive, () -> {});
            return "";
        } catch (ServerDeploymentException e) {
            return String.valueOf(e.getMessage());
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** What is done while an archive is deployed. */
    public interface Work {
        void run() throws Exception;
    }

    /** Deploys the archive, does the work, and takes the archive away again. */
    public static void whileDeployed(WebArchive archive, Work work) throws Exception {
        try (ModelControllerClient client = client();
                InputStream content = archive.as(ZipExporter.class).exportAsInputStream()) {
            ServerDeploymentHelper deployments = new ServerDeploymentHelper(client);
            deployments.deploy(archive.getName(), content);
            try {
                work.run();
            } finally {
                deployments.undeploy(archive.getName());
            }
        }
    }

    /** Deploys the archive; one of its name that is there gives way to it. */
    public static void deploy(Archive<?> archive) {
        try (ModelControllerClient client = client();
                InputStream content = archive.as(ZipExporter.class).exportAsInputStream()) {
            new ServerDeploymentHelper(client).deploy(archive.getName(), content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ServerDeploymentException e) {
            throw new IllegalStateException(archive.getName() + ": " + e.getMessage(), e);
        }
    }

    /** Deploys all of them at once, which is quicker: why some could not be, by the names of these. */
    public static Map<String, String> deployAll(Collection<? extends Archive<?>> archives) {
        Operation all = operation("composite");
        // One that cannot be deployed must not cost the others.
        all.node().get("operation-headers", "rollback-on-runtime-failure").set(false);
        OperationBuilder builder = new OperationBuilder(all.node(), true);
        int index = 0;
        for (Archive<?> archive : archives) {
            builder.addInputStream(archive.as(ZipExporter.class).exportAsInputStream());
            Operation add = operation("add");
            address(add, "deployment", archive.getName());
            add.node().get("enabled").set(true);
            ModelNode content = new ModelNode();
            content.get("input-stream-index").set(index++);
            add.node().get("content").add(content);
            all.node().get("steps").add(add.node());
        }
        try (ModelControllerClient client = client()) {
            client.execute(builder.build());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        // Alone it says why.
        return archives.stream()
                .filter(archive -> !isDeployed(archive.getName()))
                .collect(Collectors.toMap(Archive::getName, archive -> {
                    undeployAll(List.of(archive.getName()));
                    return failureOfStayingDeployed(archive);
                }));
    }

    private static boolean isDeployed(String name) {
        return execute(operation("read-attribute").set("name", "status"), "deployment", name)
                .asString()
                .equals("OK");
    }

    private static String failureOfStayingDeployed(Archive<?> archive) {
        try {
            deploy(archive);
            return "";
        } catch (IllegalStateException e) {
            return String.valueOf(e.getMessage());
        }
    }

    /** Takes all of these away at once; there may be none. */
    public static void undeployAll(Collection<String> names) {
        if (names.isEmpty()) {
            return;
        }
        Operation all = operation("composite");
        for (String name : names) {
            for (String step : List.of("undeploy", "remove")) {
                Operation operation = operation(step);
                address(operation, "deployment", name);
                all.node().get("steps").add(operation.node());
            }
        }
        execute(all);
    }

    /** Takes an archive away again. */
    public static void undeploy(String name) {
        try (ModelControllerClient client = client()) {
            new ServerDeploymentHelper(client).undeploy(name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ServerDeploymentException e) {
            throw new IllegalStateException(name + ": " + e.getMessage(), e);
        }
    }

    /** Starts the server's services anew, which some of its configuration needs. */
    public static void reload() {
        try {
            execute(operation("reload"));
        } catch (UncheckedIOException e) {
            // It takes its services down, and its answer's way with them, before that has left.
            System.out.println("The server reloads without an answer: " + e.getMessage());
        }
        awaitRunning();
    }

    /** Returns when the server has started. */
    public static void awaitRunning() {
        await().atMost(Duration.ofMinutes(2))
                .ignoreExceptions()
                .until(() -> execute(operation("read-attribute").set("name", "server-state"))
                        .asString()
                        .equals("running"));
    }

    private static ModelControllerClient client() throws IOException {
        return ModelControllerClient.Factory.create("127.0.0.1", Integer.getInteger("test.management.port"));
    }

    /** An operation that is being put together. */
    private record Operation(ModelNode node) {
        Operation set(String name, String value) {
            node.get(name).set(value);
            return this;
        }
    }

    private static Operation operation(String name) {
        ModelNode node = new ModelNode();
        node.get("operation").set(name);
        return new Operation(node);
    }

    private static void address(Operation operation, String... address) {
        for (int i = 0; i < address.length; i += 2) {
            operation.node().get("address").add(new Property(address[i], new ModelNode(address[i + 1])));
        }
    }

    private static ModelNode execute(Operation operation, String... address) {
        address(operation, address);
        try (ModelControllerClient client = client()) {
            ModelNode answer = client.execute(operation.node());
            if (!answer.get("outcome").asString().equals("success")) {
                throw new IllegalStateException(answer.toString());
            }
            return answer.get("result");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
