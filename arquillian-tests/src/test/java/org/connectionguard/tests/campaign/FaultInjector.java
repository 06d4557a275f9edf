/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests.campaign;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.connectionguard.server.DatabaseServer;
import org.connectionguard.server.TcpProxy;
import org.connectionguard.tests.server.Client;
import org.connectionguard.tests.server.Management;
import org.connectionguard.tests.server.Sessions;
import org.connectionguard.tests.server.TestApplication;
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

    /**
     * A time in which nothing is out of order that the injector has to do with.
     *
     * @param from milliseconds of the machine's clock
     * @param outage milliseconds that the longest of the faults before it lasted
     */
    record Truce(long from, long to, long outage) {}

    /** Something that is done to a database. */
    private interface Deed {
        void happens() throws SQLException;
    }

    /** Somebody takes all connections of its pool; what he takes may be silent for ever. */
    static final String DRAINED_JOB = "ScheduleJob";

    private static final int POOL = 20;

    /** So many timers of the same moment. */
    private static final int TOGETHER = 10;

    /** Milliseconds between two such moments. */
    private static final long BETWEEN = 1_000;

    /** Of the network's delay and of its jitter, milliseconds. */
    private static final int SLOWEST = 50;

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    /** Milliseconds: two cores carry everything. */
    private static final long AFTER_EFFECT = 500;

    private final List<Client> applications;
    private final DatabaseServer database = TestServers.database();
    private final TcpProxy proxy = TestServers.proxy();
    private final Consumer<List<String>> expire;
    private final Queue<Window> windows = new ConcurrentLinkedQueue<>();
    private final Queue<Truce> truces = new ConcurrentLinkedQueue<>();
    private final AtomicLong longest = new AtomicLong();

    /** @param expire lets timers of one pool expire in all applications, which carry these keys; from any thread */
    FaultInjector(List<Client> applications, Consumer<List<String>> expire) {
        this.applications = applications;
        this.expire = expire;
    }

    /** When bodies may have lost the connections that they started with. */
    List<Window> windows() {
        return List.copyOf(windows);
    }

    /** The times after the rounds. */
    List<Truce> truces() {
        return List.copyOf(truces);
    }

    /** Returns when all is over and in order again. */
    void carryOut(FaultPlan plan) throws Exception {
        ExecutorService lanes = Executors.newFixedThreadPool(Fault.Lane.values().length);
        try {
            for (FaultPlan.Round round : plan.rounds()) {
                long start = System.currentTimeMillis();
                longest.set(0);
                List<Future<?>> running = new ArrayList<>();
                for (Fault.Lane lane : Fault.Lane.values()) {
                    running.add(lanes.submit(() -> {
                        for (FaultPlan.Step step : round.of(lane)) {
                            waitUntil(start + step.at());
                            happenAndBeTimed(step);
                        }
                        return null;
                    }));
                }
                for (Future<?> lane : running) {
                    lane.get();
                }
                truce();
                endSilence();
            }
        } finally {
            lanes.shutdownNow();
        }
    }

    /** Nobody helps the guarded application. The pools of the other are emptied, as an operator would: so it is a measure. */
    private void truce() throws Exception {
        try {
            CompletableFuture.runAsync(() -> Management.flushIdle(TestApplication.UNGUARDED + "-"))
                    .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            // The pool hangs in a silent connection: then there is no measure this time.
        }
        long from = System.currentTimeMillis();
        long to = from + FaultPlan.TRUCE.toMillis();
        waitUntil(to);
        truces.add(new Truce(from, to, longest.get()));
    }

    /** What is silent for ever is told its end after all: else what it has caught would stay there in the next round too. */
    private void endSilence() {
        proxy.recover();
    }

    private void happenAndBeTimed(FaultPlan.Step step) {
        long start = System.currentTimeMillis();
        happen(step);
        longest.accumulateAndGet(System.currentTimeMillis() - start, Math::max);
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
                case SILENCE_PRESENT -> silence(step, proxy::silencePresentConnections, proxy::recover);
                case SILENCE_ALL -> silence(step, proxy::silenceAll, proxy::recover);
                case SILENCE_PRESENT_FOR_EVER ->
                    silence(step, proxy::silencePresentConnections, proxy::recoverLeavingSilentOnes);
                case SILENCE_ALL_FOR_EVER -> silence(step, proxy::silenceAll, proxy::recoverLeavingSilentOnes);
                case RESET -> harm(step, proxy::reset);
                case SLOW_NETWORK -> slowDown(step);
                case POOL_EXHAUSTED -> exhaustPools(step);
                case LOST_IN_BODY -> loseInBody(step);
                case JOBS_TOGETHER -> fireTogether(step);
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

    private void silence(FaultPlan.Step step, Deed deed, Runnable end) throws SQLException {
        harm(step, deed);
        last(step);
        end.run();
    }

    private void slowDown(FaultPlan.Step step) {
        Random random = new Random(step.at());
        proxy.slowDown(Duration.ofMillis(random.nextInt(SLOWEST)), Duration.ofMillis(random.nextInt(SLOWEST)));
        last(step);
        proxy.slowDown(Duration.ZERO, Duration.ZERO);
    }

    private void fireTogether(FaultPlan.Step step) {
        long start = System.currentTimeMillis();
        for (long moment = 0; moment <= step.lasts(); moment += BETWEEN) {
            waitUntil(start + moment);
            String key = start + "-" + moment + "-";
            expire.accept(IntStream.range(0, TOGETHER).mapToObj(i -> key + i).toList());
        }
    }

    /**
     * Sets a variable of the server, and sets it back, in the same session: a new one may find none left for as long as silent
     * ones last.
     */
    private static void globally(String variable, String value, String usual, FaultPlan.Step step) throws SQLException {
        String setBack = "set global " + variable + " = " + usual;
        try (Connection root = TestServers.database().connectAsRoot();
                Statement statement = root.createStatement()) {
            statement.execute("set global " + variable + " = " + value);
            last(step);
            try {
                statement.execute(setBack);
            } catch (SQLException e) {
                // The server was killed meanwhile; it may take its time.
                Awaitility.await()
                        .ignoreExceptions()
                        .atMost(1, TimeUnit.MINUTES)
                        .until(() -> {
                            Sessions.execute(setBack);
                            return true;
                        });
            }
        }
    }

    /** Somebody takes all connections of one job's pool. */
    private void exhaustPools(FaultPlan.Step step) {
        for (int i = 0; i < POOL; i++) {
            applications.forEach(application -> application.take(DRAINED_JOB));
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
