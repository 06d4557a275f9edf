/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.bench.app;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import javax.naming.NamingException;
import javax.sql.DataSource;

/** Runs the job of each contender again and again, all side by side, while things are done to their database. */
@ApplicationScoped
public class Pulse {
    private static final long PAUSE_NANOS = 100_000_000;

    @Inject
    private PlainJob plain;

    @Inject
    private ByHandJob byHand;

    @Inject
    private HealingGuardedJob guarded;

    private final Map<Contender, Loop> loops = new EnumMap<>(Contender.class);

    /** Begins. */
    synchronized void start(boolean inTransaction) throws NamingException {
        for (Contender contender : contenders()) {
            Loop loop = new Loop(job(contender), DataSources.of("heal/" + contender), inTransaction);
            loops.put(contender, loop);
            Thread thread = new Thread(loop, "pulse " + contender);
            thread.setDaemon(true);
            thread.start();
        }
    }

    /** Ends, and tells what ran; also what still does. */
    synchronized Map<Contender, List<Beat>> stop() {
        Map<Contender, List<Beat>> beats = new EnumMap<>(Contender.class);
        loops.forEach((contender, loop) -> beats.put(contender, loop.stop()));
        loops.clear();
        return beats;
    }

    static List<Contender> contenders() {
        return Stream.of(Contender.values()).filter(Contender::heals).toList();
    }

    private Job job(Contender contender) {
        return switch (contender) {
            case GUARD -> guarded;
            case BY_HAND -> byHand;
            default -> plain;
        };
    }

    /** One contender's runs. */
    private static final class Loop implements Runnable {
        private final Job job;
        private final DataSource dataSource;
        private final boolean inTransaction;
        private final List<Beat> beats = new ArrayList<>();
        private volatile boolean stopped;
        private long running;

        Loop(Job job, DataSource dataSource, boolean inTransaction) {
            this.job = job;
            this.dataSource = dataSource;
            this.inTransaction = inTransaction;
        }

        @Override
        public void run() {
            while (!stopped) {
                long start = begin();
                boolean succeeded = true;
                try {
                    if (inTransaction) {
                        job.work(dataSource, 1);
                    } else {
                        job.workOutside(dataSource, 1);
                    }
                } catch (Exception e) {
                    // It is told to the report, which is what it is for.
                    succeeded = false;
                }
                end(new Beat(start, System.currentTimeMillis(), succeeded));
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }

        private synchronized long begin() {
            running = System.currentTimeMillis();
            return running;
        }

        private synchronized void end(Beat beat) {
            beats.add(beat);
            running = 0;
        }

        synchronized List<Beat> stop() {
            stopped = true;
            List<Beat> all = new ArrayList<>(beats);
            if (running != 0) {
                all.add(new Beat(running, 0, false));
            }
            return all;
        }
    }
}
