/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.engine;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.connectionguard.config.Settings;
import org.connectionguard.observability.LoggingListener;
import org.connectionguard.pool.Pools;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** One pass through a gate, on a pool that costs next to nothing. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class GateBenchmark {
    private static final Settings SETTINGS = Settings.DEFAULTS;
    private static final Settings BYPASS = SETTINGS.withSkipIfValidatedWithin(Duration.ofDays(1));

    private final SteadyPool pool = new SteadyPool();
    private ExecutorService helper;
    private Gate inline;
    private Gate handingOver;

    /** Makes the gates. */
    @Setup
    public void makeGates() {
        helper = Executors.newSingleThreadExecutor();
        inline = gate(Runnable::run);
        handingOver = gate(helper);
        pass(inline, SETTINGS);
    }

    /** Ends their thread. */
    @TearDown
    public void stop() {
        helper.shutdownNow();
    }

    private Gate gate(Executor executor) {
        return new Gate(
                "java:steady",
                pool.dataSource,
                executor,
                Runnable::run,
                () -> false,
                Gate.Shared.of(Time.SYSTEM, new Pools(List.of(pool))),
                new SafeListener(List.of(new LoggingListener())));
    }

    private static Verdict pass(Gate gate, Settings settings) {
        return gate.admit(
                settings, Deadline.after(settings.maxWait(), Time.SYSTEM), Optional.empty(), Optional.empty());
    }

    /** What the pool itself costs, to be taken off the others. */
    @Benchmark
    public boolean poolAlone() throws SQLException {
        try (Connection connection = pool.dataSource.getConnection()) {
            return connection.isValid(2);
        }
    }

    /** The gate's own work. */
    @Benchmark
    public Verdict withoutHandOff() {
        return pass(inline, SETTINGS);
    }

    /** As in a server. */
    @Benchmark
    public Verdict withHandOff() {
        return pass(handingOver, SETTINGS);
    }

    /** A validation is fresh enough. */
    @Benchmark
    public Verdict insideBypassWindow() {
        return pass(inline, BYPASS);
    }
}
