/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests.app;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** Many callers of one job, each on a thread of its own. */
@ApplicationScoped
public class Herd {
    /** Each calls so often, one call after the other. Returns at once; what comes of the calls is in the ledger. */
    void run(int callers, int times, Runnable job) {
        for (int i = 0; i < callers; i++) {
            new Thread(() -> call(times, job), "herd " + i).start();
        }
    }

    private static void call(int times, Runnable job) {
        for (int i = 0; i < times; i++) {
            try {
                job.run();
            } catch (RuntimeException e) {
                // CallRecorder has seen it.
            }
        }
    }

    /** Each calls once: what each got, or why it failed, when all are through. */
    List<String> outcomes(int callers, Callable<String> job) throws InterruptedException {
        List<FutureTask<String>> calls = new ArrayList<>();
        for (int i = 0; i < callers; i++) {
            FutureTask<String> call = new FutureTask<>(job);
            calls.add(call);
            new Thread(call, "herd " + i).start();
        }
        List<String> outcomes = new ArrayList<>();
        for (FutureTask<String> call : calls) {
            try {
                outcomes.add(call.get());
            } catch (ExecutionException e) {
                outcomes.add(String.valueOf(e.getCause()));
            }
        }
        return outcomes;
    }
}
