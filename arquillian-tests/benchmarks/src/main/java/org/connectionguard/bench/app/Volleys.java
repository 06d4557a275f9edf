/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.bench.app;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;

/** Fires many jobs at the same instant. One contender at a time. */
@ApplicationScoped
public class Volleys {
    @Inject
    private TogetherGuardedJob guarded;

    @Inject
    private InlineJob inline;

    @Inject
    private PlainJob plain;

    @Inject
    private ByHandJob byHand;

    /** So many jobs at once, each on a thread of its own, with bodies that take the database so long; and again, so often. */
    List<Volley> fire(Contender contender, boolean inTransaction, int jobs, int millis, int times) throws Exception {
        DataSource dataSource = DataSources.of("together/" + contender);
        Job job = job(contender);
        Callable<Long> call =
                inTransaction ? () -> job.work(dataSource, millis) : () -> job.workOutside(dataSource, millis);
        AtomicLong start = new AtomicLong();
        CyclicBarrier together = new CyclicBarrier(jobs, () -> start.set(System.nanoTime()));
        ExecutorService threads = Executors.newFixedThreadPool(jobs);
        try {
            Callable<List<OptionalLong>> each = () -> runs(call, together, start, times);
            List<List<OptionalLong>> all = new ArrayList<>();
            for (Future<List<OptionalLong>> runs : threads.invokeAll(Collections.nCopies(jobs, each))) {
                all.add(runs.get());
            }
            List<Volley> volleys = new ArrayList<>();
            for (int i = 0; i < times; i++) {
                int which = i;
                List<Long> nanos = all.stream()
                        .flatMapToLong(runs -> runs.get(which).stream())
                        .boxed()
                        .toList();
                volleys.add(new Volley(nanos, jobs - nanos.size()));
            }
            return volleys;
        } finally {
            threads.shutdown();
        }
    }

    /** One job's runs, each at the same time as the others'. Empty: it did not run. */
    private static List<OptionalLong> runs(Callable<Long> call, CyclicBarrier together, AtomicLong start, int times)
            throws Exception {
        List<OptionalLong> runs = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            together.await();
            try {
                runs.add(OptionalLong.of(call.call() - start.get()));
            } catch (Exception e) {
                // Counted as lost.
                runs.add(OptionalLong.empty());
            }
        }
        return runs;
    }

    private Job job(Contender contender) {
        return switch (contender) {
            case GUARD -> guarded;
            case INLINE -> inline;
            case BY_HAND -> byHand;
            default -> plain;
        };
    }
}
