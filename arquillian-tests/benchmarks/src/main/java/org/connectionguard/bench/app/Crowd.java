/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.bench.app;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.concurrent.locks.LockSupport;
import javax.naming.NamingException;
import javax.sql.DataSource;

/** Many jobs whose database is not there: guarded ones, which wait in the guard, and such as try again by themselves. */
@ApplicationScoped
public class Crowd {
    private static final long RETRY_NANOS = 100_000_000;

    @Inject
    private SickGuardedJob guarded;

    @Inject
    private PlainJob plain;

    private volatile boolean dispersed;

    /** So many of each kind, each with a thread of its own. */
    void gather(int jobs) throws NamingException {
        dispersed = false;
        for (int i = 0; i < jobs; i++) {
            start(guarded, DataSources.of("sick/GUARD"));
            start(plain, DataSources.of("sick/UNGUARDED"));
        }
    }

    /** They try no more. */
    void disperse() {
        dispersed = true;
    }

    private void start(Job job, DataSource dataSource) {
        Thread thread = new Thread(() -> insist(job, dataSource), "crowd");
        thread.setDaemon(true);
        thread.start();
    }

    private void insist(Job job, DataSource dataSource) {
        while (!dispersed) {
            try {
                job.work(dataSource, 1);
                return;
            } catch (Exception e) {
                LockSupport.parkNanos(RETRY_NANOS);
            }
        }
    }
}
