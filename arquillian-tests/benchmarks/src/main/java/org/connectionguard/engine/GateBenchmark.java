/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.engine;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
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
    private final Target target = new Target("java:steady", pool.dataSource, SETTINGS);
    private final Target bypass = new Target("java:steady", pool.dataSource, BYPASS);
    private Threads threads;
    private Gate inline;
    private Gate handingOver;

    /** Makes the gates, and lets them learn their pool. */
    @Setup
    public void makeGates() {
        threads = Threads.named("connection-guard steady");
        inline = gate(Runnable::run);
        handingOver = gate(threads);
        pass(inline, target);
        pass(handingOver, target);
    }

    /** Ends their threads. */
    @TearDown
    public void stop() {
        threads.close();
    }

    private Gate gate(Threads asking) {
        return new Gate(
                "java:steady",
                asking,
                Runnable::run,
                () -> false,
                Time.SYSTEM,
                new Pools(List.of(pool)),
                List.of(new LoggingListener()));
    }

    private static Verdict pass(Gate gate, Target target) {
        return gate.admit(
                target,
                Deadline.after(target.settings().maxWait(), Time.SYSTEM),
                Optional.empty(),
                OptionalLong.empty());
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
        return pass(inline, target);
    }

    /** The same, by as many jobs at once as a gate lets ask. */
    @Benchmark
    @org.openjdk.jmh.annotations.Threads(Gate.WIDTH)
    public Verdict withoutHandOffTogether() {
        return pass(inline, target);
    }

    /** As in a server. */
    @Benchmark
    public Verdict withHandOff() {
        return pass(handingOver, target);
    }

    /** The same, by as many jobs at once as a gate lets ask. */
    @Benchmark
    @org.openjdk.jmh.annotations.Threads(Gate.WIDTH)
    public Verdict withHandOffTogether() {
        return pass(handingOver, target);
    }

    /** A validation is fresh enough. */
    @Benchmark
    public Verdict insideBypassWindow() {
        return pass(inline, bypass);
    }
}
