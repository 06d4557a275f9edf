/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.bench.question;

import java.util.Collection;
import java.util.stream.Stream;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs benchmarks of JMH's, each in a JVM of its own. Stateless. */
final class Jmh {
    private static final String BYTES = "gc.alloc.rate.norm";

    private Jmh() {}

    /**
     * All of a class.
     *
     * @param warmUps iterations that do not count
     * @param iterations that do
     * @param time that one takes
     */
    static Collection<RunResult> run(Class<?> benchmarks, int warmUps, int iterations, TimeValue time)
            throws RunnerException {
        return new Runner(new OptionsBuilder()
                        .include(benchmarks.getName())
                        .addProfiler(GCProfiler.class)
                        .verbosity(VerboseMode.SILENT)
                        .shouldFailOnError(true)
                        .forks(1)
                        .warmupIterations(warmUps)
                        .warmupTime(time)
                        .measurementIterations(iterations)
                        .measurementTime(time)
                        .build())
                .run();
    }

    /** Per operation. */
    static double nanos(RunResult result) {
        return result.getPrimaryResult().getScore();
    }

    /** Per operation, allocated by all threads. */
    static double bytes(RunResult result) {
        // By its full name and by its short one, depending on JMH's version.
        return Stream.of(BYTES, "\u00b7" + BYTES)
                .filter(result.getSecondaryResults()::containsKey)
                .mapToDouble(key -> result.getSecondaryResults().get(key).getScore())
                .findFirst()
                .orElseThrow();
    }
}
