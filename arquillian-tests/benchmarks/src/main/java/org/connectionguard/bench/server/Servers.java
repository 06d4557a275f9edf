/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.bench.server;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.connectionguard.server.Directories;
import org.connectionguard.server.MariaDb;
import org.connectionguard.server.Ports;
import org.connectionguard.server.TcpProxy;
import org.connectionguard.server.WildFly;

/** The database, the proxies before it and the WildFly of a run. For one thread. */
public final class Servers implements AutoCloseable {
    private final MariaDb database;
    private final WildFly wildFly;
    private final TcpProxy healing;
    private final TcpProxy guardedSick;
    private final TcpProxy unguardedSick;
    private final TcpProxy network;
    private final Client client;
    private final int managementPort = Ports.free();

    /** Starts everything. */
    public Servers(Path distribution, Path library, Path directory) {
        Directories.empty(directory);
        database = MariaDb.install(directory.resolve("database"), Ports.free());
        start();
        healing = new TcpProxy(database.port());
        guardedSick = new TcpProxy(database.port());
        unguardedSick = new TcpProxy(database.port());
        network = new TcpProxy(database.port());
        wildFly = WildFly.unpack(distribution, directory.resolve("server"));
        wildFly.configure(
                Configuration.scripts(
                        database,
                        Map.of("GUARD", guardedSick.port(), "UNGUARDED", unguardedSick.port()),
                        healing.port(),
                        network.port()),
                Configuration.lines(database, healing.port(), network.port()));
        int http = Ports.free();
        wildFly.start(http, managementPort, List.of(Archives.application(library, directory)));
        client = new Client(http);
    }

    private void start() {
        // All pools may be full at the same time.
        database.start("--max-connections=3000");
    }

    /** Starts the database again, after a stop. */
    public void startDatabase() {
        start();
    }

    public MariaDb database() {
        return database;
    }

    /** Between the database and those that it is taken away from. */
    public TcpProxy healing() {
        return healing;
    }

    /** Between the database and the guarded ones that cannot reach it. */
    public TcpProxy guardedSick() {
        return guardedSick;
    }

    /** Between the database and the unguarded ones that cannot reach it. */
    public TcpProxy unguardedSick() {
        return unguardedSick;
    }

    /** Between the database and those that fire together: as far away as it is told to be. */
    public TcpProxy network() {
        return network;
    }

    public Client client() {
        return client;
    }

    /** The server's log. */
    public Path log() {
        return wildFly.log();
    }

    public Management management() throws IOException {
        return new Management(managementPort);
    }

    public Counters counters() throws SQLException {
        return new Counters(database);
    }

    @Override
    public void close() throws IOException {
        wildFly.close();
        healing.close();
        guardedSick.close();
        unguardedSick.close();
        network.close();
        database.close();
    }
}
