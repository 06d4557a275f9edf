/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests.corpus;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.connectionguard.server.WildFly;
import org.connectionguard.tests.server.Management;
import org.connectionguard.tests.server.OwnServer;
import org.connectionguard.tests.server.TestApplication;
import org.connectionguard.tests.server.TestServers;

/** A running WildFly that nobody has configured but the corpus. For one thread. */
final class CorpusServer implements AutoCloseable {
    /** Some shapes use what the server says is the default; they cannot have one each. */
    static final Pool DEFAULT = new Pool("Default", "java:jboss/datasources/corpus/Default");

    /** Nobody answers there. */
    static final Pool DOWN = new Pool("Down", "java:jboss/datasources/corpus/Down");

    private final ServerConfiguration configuration;
    private final OwnServer server;
    private boolean guarding;

    /**
     * Starts it.
     *
     * @param wildFly unpacked; several may run in it, one after the other
     * @param directory for what is passing
     */
    CorpusServer(WildFly wildFly, ServerConfiguration configuration, Path directory) throws IOException {
        this.configuration = configuration;
        this.server = new OwnServer(wildFly, configuration.toString(), directory);
    }

    /**
     * Gives it what the shapes want of a server.
     *
     * @param pools its data sources
     */
    void configure(Collection<Pool> pools) throws IOException, InterruptedException {
        List<String> lines = new ArrayList<>(OwnServer.driver());
        lines.add("batch");
        Stream.concat(Stream.of(DEFAULT, DOWN), pools.stream())
                .distinct()
                .map(CorpusServer::dataSource)
                .forEach(lines::add);
        lines.add("run-batch");
        lines.add("/subsystem=ee/service=default-bindings:write-attribute(name=datasource, value=" + DEFAULT.jndiName()
                + ")");
        lines.addAll(configuration.lines());
        // Many fail on purpose, many times, with long stack traces.
        lines.addAll(OwnServer.quiet("org.jboss.as.ejb3", "org.hibernate", "org.jboss.jca", "com.arjuna"));
        server.type(lines);
    }

    private static String dataSource(Pool pool) {
        return "data-source add --name=corpus-" + pool.name() + " --jndi-name=" + pool.jndiName()
                + " --driver-name=mysql --connection-url="
                + (pool.equals(DOWN)
                        ? "jdbc:mysql://127.0.0.1:1/defects"
                        : TestServers.database().url()) + " --user-name="
                + TestServers.database().user() + " --password="
                + TestServers.database().password() + " --min-pool-size=0 --max-pool-size=5";
    }

    /** A data source of the server. */
    record Pool(String name, String jndiName) {}

    /** Whether applications can be deployed so here. */
    boolean allows(Way way) {
        return configuration.allows(way);
    }

    /** Makes the guard the server's, or no longer so. */
    void guard(boolean all) throws IOException, InterruptedException {
        if (guarding != all) {
            install(all);
            Management.reload();
        }
    }

    private void install(boolean all) throws IOException, InterruptedException {
        server.script(
                all ? "server-wide.cli" : "server-wide-remove.cli",
                Map.of("library.jar", TestApplication.library().toString()));
        guarding = all;
    }

    @Override
    public void close() throws IOException {
        try {
            if (guarding) {
                // Its module is there for all servers of the directory.
                install(false);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            server.close();
        }
    }
}
