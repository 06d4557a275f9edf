/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests.campaign;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.awaitility.Awaitility;
import org.connectionguard.server.DatabaseServer;
import org.connectionguard.server.TcpProxy;
import org.connectionguard.tests.server.Client;
import org.connectionguard.tests.server.Sessions;
import org.connectionguard.tests.server.TestServers;

/** Carries a plan out, one thread a lane, and remembers when anything was out of order. */
final class FaultInjector {
    /**
     * A time in which connections may be lost that were alive just before. What is dead, silent or away afterwards is the
     * guard's to find out.
     *
     * @param from milliseconds of the machine's clock
     */
    record Window(Fault fault, long from, long to) {}

    /** Something that is done to a database. */
    private interface Deed {
        void happens() throws SQLException;
    }

    private static final int POOL = 20;

    /** Milliseconds: two cores carry everything. */
    private static final long AFTER_EFFECT = 500;

    private final List<Client> applications;
    private final DatabaseServer database = TestServers.database();
    private final TcpProxy proxy = TestServers.proxy();
    private final Queue<Window> windows = new ConcurrentLinkedQueue<>();

    FaultInjector(List<Client> applications) {
        this.applications = applications;
    }

    /** When bodies may have lost the connections that they started with. */
    List<Window> windows() {
        return List.copyOf(windows);
    }

    /** Returns when all is over and in order again. */
    void carryOut(FaultPlan plan) throws Exception {
        long start = System.currentTimeMillis();
        ExecutorService lanes = Executors.newFixedThreadPool(Fault.Lane.values().length);
        try {
            List<Future<?>> running = new ArrayList<>();
            for (Fault.Lane lane : Fault.Lane.values()) {
                running.add(lanes.submit(() -> {
                    for (FaultPlan.Step step : plan.of(lane)) {
                        waitUntil(start + step.at());
                        happen(step);
                    }
                    return null;
                }));
            }
            for (Future<?> lane : running) {
                lane.get();
            }
        } finally {
            lanes.shutdownNow();
        }
    }

    private void happen(FaultPlan.Step step) {
        try {
            switch (step.fault()) {
                case RESTART -> {
                    harm(step, this::beginStop);
                    database.stop();
                    last(step);
                    database.start();
                }
                case SIGKILL -> {
                    harm(step, database::kill);
                    last(step);
                    database.start();
                }
                case FREEZE -> {
                    harm(step, database::freeze);
                    last(step);
                    database.thaw();
                }
                case KILL_ONE -> harm(step, () -> Sessions.killOne(step.lasts()));
                case KILL_ALL -> harm(step, Sessions::killAll);
                case EXPIRE -> globally("wait_timeout", "1", "28800", step);
                // A body fails all the while whose job does not demand a server that takes writes.
                case READ_ONLY -> harm(step, () -> globally("read_only", "on", "off", step));
                case NO_CONNECTION_LEFT -> globally("max_connections", "10", "400", step);
                case SILENCE_PRESENT -> silence(step, proxy::silencePresentConnections);
                case SILENCE_ALL -> silence(step, proxy::silenceAll);
                case RESET -> harm(step, proxy::reset);
                case POOL_EXHAUSTED -> exhaustPools(step);
                case LOST_IN_BODY -> loseInBody(step);
            }
        } catch (SQLException e) {
            // The server is away by another lane's doing: then this one has nothing to do.
        }
    }

    /** Does what takes validated connections away, and notes when. */
    private void harm(FaultPlan.Step step, Deed deed) throws SQLException {
        long from = System.currentTimeMillis();
        try {
            deed.happens();
        } finally {
            windows.add(new Window(step.fault(), from, System.currentTimeMillis() + AFTER_EFFECT));
        }
    }

    /** Returns when the server lets nobody in any more: its sessions are doomed then, too. */
    private void beginStop() {
        database.beginStop();
        Awaitility.await().pollInterval(20, TimeUnit.MILLISECONDS).until(() -> {
            try (Connection connection = database.connectAsRoot()) {
                return connection.isClosed();
            } catch (SQLException e) {
                return true;
            }
        });
    }

    private void silence(FaultPlan.Step step, Deed deed) throws SQLException {
        harm(step, deed);
        last(step);
        proxy.recover();
    }

    /** Sets a variable of the server, and sets it back, however long the server cannot be reached meanwhile. */
    private static void globally(String variable, String value, String usual, FaultPlan.Step step) throws SQLException {
        Sessions.execute("set global " + variable + " = " + value);
        last(step);
        Awaitility.await().ignoreExceptions().atMost(1, TimeUnit.MINUTES).until(() -> {
            Sessions.execute("set global " + variable + " = " + usual);
            return true;
        });
    }

    /** Somebody takes all connections of one job's pool. */
    private void exhaustPools(FaultPlan.Step step) {
        for (int i = 0; i < POOL; i++) {
            applications.forEach(application -> application.take("ScheduleJob"));
        }
        last(step);
        for (int i = 0; i < POOL; i++) {
            applications.forEach(Client::giveBack);
        }
    }

    private void loseInBody(FaultPlan.Step step) throws SQLException {
        applications.forEach(application -> application.stopInBody(false));
        last(step);
        try {
            harm(step, Sessions::killAll);
        } finally {
            applications.forEach(Client::goOnInBody);
        }
    }

    private static void last(FaultPlan.Step step) {
        waitUntil(System.currentTimeMillis() + step.lasts());
    }

    /** Time has to pass here: that is what a fault is made of. */
    private static void waitUntil(long moment) {
        for (long left = moment - System.currentTimeMillis(); left > 0; left = moment - System.currentTimeMillis()) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(left));
        }
    }
}
