/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.bench.told;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;

/** What one healthy run tells: that it began, that a connection is alive, that it is over. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ToldBenchmark {
    /** Who hears of it; all of them in turn. */
    @Param
    public Ways ways;

    private ToldDeployment deployment;

    /** What belongs to one thread. */
    @State(Scope.Thread)
    public static class Caller {
        private HealthyCall call;

        /** Calls the deployment's job from now on. */
        @Setup
        public void call(ToldBenchmark benchmark) {
            call = new HealthyCall(benchmark.deployment);
        }
    }

    /** Deploys. */
    @Setup
    public void deploy() {
        deployment = new ToldDeployment(ways);
    }

    /** Undeploys. */
    @TearDown
    public void undeploy() {
        deployment.close();
    }

    /** By one thread. */
    @Benchmark
    public Object alone(Caller caller) throws Exception {
        return deployment.run(caller.call);
    }

    /** The same job by many at once. */
    @Benchmark
    @Threads(8)
    public Object together(Caller caller) throws Exception {
        return deployment.run(caller.call);
    }
}
