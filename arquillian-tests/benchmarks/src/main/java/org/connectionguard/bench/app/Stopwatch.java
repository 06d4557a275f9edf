/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.bench.app;

import com.sun.management.ThreadMXBean;
import jakarta.enterprise.context.ApplicationScoped;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;

/** Times calls. For one thread. */
@ApplicationScoped
public class Stopwatch {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /** Something to be timed. */
    interface Call {
        void run() throws Exception;
    }

    private record Block(long[] nanos, long bytes) {}

    /** Lets so many threads call at the same time, each so often. */
    Measurement measure(Call call, int threads, int times) throws Exception {
        ExecutorService callers = Executors.newFixedThreadPool(threads);
        try {
            long before = bytesOfHelpers();
            Callable<Block> block = () -> block(call, times);
            List<Long> nanos = new ArrayList<>();
            long bytes = 0;
            for (Future<Block> each : callers.invokeAll(Collections.nCopies(threads, block))) {
                bytes += each.get().bytes();
                Arrays.stream(each.get().nanos()).forEach(nanos::add);
            }
            return new Measurement(nanos, bytes + bytesOfHelpers() - before);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception exception ? exception : e;
        } finally {
            callers.shutdown();
        }
    }

    private static Block block(Call call, int times) throws Exception {
        long[] nanos = new long[times];
        long before = THREADS.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < times; i++) {
            long start = System.nanoTime();
            call.run();
            nanos[i] = System.nanoTime() - start;
        }
        return new Block(nanos, THREADS.getCurrentThreadAllocatedBytes() - before);
    }

    /** Of the threads that work for the callers: they live longer than a block. */
    private static long bytesOfHelpers() {
        long[] helpers = Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("connection-guard ")
                        || thread.getName().equals("hand-off"))
                .mapToLong(Thread::getId)
                .toArray();
        return LongStream.of(THREADS.getThreadAllocatedBytes(helpers)).sum();
    }
}
