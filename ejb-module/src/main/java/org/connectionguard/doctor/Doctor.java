/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.doctor;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.connectionguard.Finding;
import org.connectionguard.engine.Target;
import org.connectionguard.message.Diagnoses;
import org.connectionguard.pool.Pools;

/**
 * Gathers the facts of data sources, one after another, and makes findings of them. At most one thread is left to a data
 * source that does not let go of it; who asks while it is still held waits for the same answer. For any thread.
 */
public final class Doctor implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration LONGEST_START = Duration.ofMinutes(10);
    private static final Duration POLL = Duration.ofMillis(200);

    private final WildFlyModel model = new WildFlyModel();
    private final Pools pools = new Pools();
    private final Map<DataSource, Interview> interviews = new ConcurrentHashMap<>();
    private final Duration patience;
    private volatile boolean closed;

    /** A doctor that has not begun. */
    public Doctor() {
        this(PATIENCE);
    }

    /** One that waits so long for each data source. */
    Doctor(Duration patience) {
        this.patience = patience;
    }

    /**
     * Returns when the server has started, at the latest after ten minutes. Applications come up with it, when WildFly shows
     * nothing of its configuration yet, and has enough to do.
     */
    public void awaitStart() {
        long end = System.nanoTime() + LONGEST_START.toNanos();
        while (!closed && model.isStarting() && System.nanoTime() - end < 0) {
            LockSupport.parkNanos(POLL.toNanos());
        }
    }

    /** Examines the data sources; five seconds each at most. */
    public List<Finding> examine(Collection<Target> targets) {
        ContainerFacts container = model.container();
        return new Examination(
                        targets.stream().map(target -> facts(target, container)).toList())
                .findings();
    }

    private Facts facts(Target target, ContainerFacts container) {
        Interview.Answer answer =
                closed ? Interview.Answer.none(Diagnoses.interrupted()) : ask(target.name(), target.dataSource());
        return new Facts(
                target.name(), target.settings(), answer.server(), answer.noAnswer(), model.pool(target), container);
    }

    private Interview.Answer ask(String name, DataSource dataSource) {
        Interview interview = interviews.computeIfAbsent(
                dataSource, key -> Interview.begin(name, key, pools, () -> interviews.remove(key)));
        // Closed while it began, it may not have been among those that were ended.
        return closed ? interview.end(Diagnoses.interrupted()) : interview.await(patience);
    }

    /** Ends what is under way; from now on nobody is asked. */
    @Override
    public void close() {
        closed = true;
        interviews.values().forEach(interview -> interview.end(Diagnoses.interrupted()));
    }
}
