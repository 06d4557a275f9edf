/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * What can be done to a database, and the way there, so that people see what becomes of their jobs: by names, in words. To a
 * database that is not ours only what its user may do; to one of ours more, and applications reach it through a proxy. For any
 * thread: one thing is done at a time.
 */
public final class Faults implements AutoCloseable {
    private enum Trouble {
        STOPPED("The database is stopped."),
        FROZEN("The database is frozen: it answers nothing."),
        SILENT("The network is silent: nothing comes through."),
        READ_ONLY("The database takes no writes.");

        final String words;

        Trouble(String words) {
            this.words = words;
        }
    }

    private interface Deed {
        String happens() throws SQLException;
    }

    private static final String WELL = "All is well.";

    private final Database database;
    private final Optional<TcpProxy> proxy;
    private final String url;
    private final Map<String, Deed> deeds = new ConcurrentSkipListMap<>();
    private volatile Set<Trouble> troubles = Set.of();

    public Faults(Database database) {
        this.database = database;
        deeds.put("drop-idle-connections", this::dropIdleConnections);
        if (database instanceof DatabaseServer server) {
            TcpProxy between = new TcpProxy(server.port());
            proxy = Optional.of(between);
            url = server.url(between.port());
            addThoseOf(server);
            addThoseOf(between);
        } else {
            proxy = Optional.empty();
            url = database.url();
        }
    }

    private void addThoseOf(DatabaseServer server) {
        deeds.put("stop-database", () -> stop(server));
        deeds.put("start-database", () -> start(server));
        if (DatabaseServer.canFreeze()) {
            deeds.put("freeze-database", () -> freeze(server));
            deeds.put("thaw-database", () -> thaw(server));
        }
        deeds.put("read-only-on", () -> readOnly(server, true));
        deeds.put("read-only-off", () -> readOnly(server, false));
    }

    private void addThoseOf(TcpProxy between) {
        deeds.put("silence-network", () -> {
            between.silenceAll();
            return begun(Trouble.SILENT);
        });
        deeds.put("recover-network", () -> {
            between.recover();
            return over(Trouble.SILENT);
        });
    }

    /** One more thing that can be done; it gives a sentence. */
    public void add(String name, Supplier<String> deed) {
        deeds.put(name, deed::get);
    }

    /** The JDBC URL by which applications are to reach the database. */
    public String url() {
        return url;
    }

    /** The names of what can be done here. */
    List<String> names() {
        return List.copyOf(deeds.keySet());
    }

    /** What is out of order now, in a sentence or more. */
    String now() {
        Set<Trouble> present = troubles;
        return present.isEmpty()
                ? WELL
                : present.stream().map(trouble -> trouble.words).collect(Collectors.joining(" "));
    }

    /**
     * Does it.
     *
     * @return what came of it, in a sentence; empty where there is nothing of that name
     */
    synchronized Optional<String> happen(String name) {
        Deed deed = deeds.get(name);
        if (deed == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(deed.happens());
        } catch (SQLException e) {
            return Optional.of("The database refuses: " + e.getMessage());
        }
    }

    /** Everything is as it was, but for a database that is stopped: nobody can end what does not answer. */
    synchronized void undo() {
        if (database instanceof DatabaseServer server && troubles.contains(Trouble.FROZEN)) {
            thaw(server);
        }
        proxy.ifPresent(TcpProxy::recover);
    }

    /** Who is stopped or frozen cannot be told anything. */
    private boolean isDeaf() {
        return troubles.contains(Trouble.STOPPED) || troubles.contains(Trouble.FROZEN);
    }

    private String begun(Trouble trouble) {
        Set<Trouble> all = EnumSet.of(trouble);
        all.addAll(troubles);
        troubles = all;
        return now();
    }

    private String over(Trouble trouble) {
        Set<Trouble> left = EnumSet.noneOf(Trouble.class);
        left.addAll(troubles);
        left.remove(trouble);
        troubles = left;
        return now();
    }

    private String stop(DatabaseServer server) {
        thaw(server);
        if (server.isRunning()) {
            server.stop();
        }
        // It forgets what it was told of that.
        over(Trouble.READ_ONLY);
        return begun(Trouble.STOPPED);
    }

    private String start(DatabaseServer server) {
        if (!server.isRunning()) {
            server.start();
        }
        return over(Trouble.STOPPED);
    }

    private String freeze(DatabaseServer server) {
        if (isDeaf()) {
            return now();
        }
        server.freeze();
        return begun(Trouble.FROZEN);
    }

    private String thaw(DatabaseServer server) {
        if (troubles.contains(Trouble.FROZEN)) {
            server.thaw();
        }
        return over(Trouble.FROZEN);
    }

    /** As the database does it by itself when wait_timeout has passed. */
    private String dropIdleConnections() throws SQLException {
        if (isDeaf()) {
            return now();
        }
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            List<Long> idle = new ArrayList<>();
            try (ResultSet sessions =
                    statement.executeQuery("select id from information_schema.processlist where command = 'Sleep'"
                            + " and user = substring_index(current_user(), '@', 1) and id <> connection_id()")) {
                while (sessions.next()) {
                    idle.add(sessions.getLong(1));
                }
            }
            for (long session : idle) {
                DatabaseServer.kill(statement, session);
            }
            return idle.size() == 1 ? "1 idle connection dropped." : idle.size() + " idle connections dropped.";
        }
    }

    private String readOnly(DatabaseServer server, boolean on) throws SQLException {
        if (isDeaf()) {
            return now();
        }
        try (Connection connection = server.connectAsRoot();
                Statement statement = connection.createStatement()) {
            statement.execute("set global read_only = " + on);
        }
        return on ? begun(Trouble.READ_ONLY) : over(Trouble.READ_ONLY);
    }

    @Override
    public void close() {
        try {
            if (proxy.isPresent()) {
                proxy.get().close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
