/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests.app;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** Many callers of one job, each on a thread of its own. */
@ApplicationScoped
public class Herd {
    @Inject
    private HerdJob job;

    void run(int callers) {
        for (int i = 0; i < callers; i++) {
            new Thread(this::call, "herd " + i).start();
        }
    }

    private void call() {
        try {
            job.run();
        } catch (RuntimeException e) {
            // CallRecorder has seen it.
        }
    }
}
