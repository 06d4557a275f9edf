/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.statistics;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.connectionguard.DataSourceState;
import org.connectionguard.DataSourceStatus;
import org.connectionguard.DataSourceStatus.Outage;
import org.connectionguard.GuardEvent.Evicted;
import org.connectionguard.GuardEvent.OfDataSource;
import org.connectionguard.GuardEvent.OutageBegan;
import org.connectionguard.GuardEvent.OutageEnded;
import org.connectionguard.GuardEvent.StateChanged;
import org.connectionguard.GuardEvent.Validated;
import org.connectionguard.GuardEvent.Waited;

/** What happened to one data source. For any thread; its lock is its own, and held for some additions only. */
final class DataSourceHistory {
    static final int OUTAGES = 20;

    private final String name;

    // Guarded by this.
    private final Map<Validated.Result, Long> validations = new EnumMap<>(Validated.Result.class);
    private final Map<Evicted.Cause, Long> evictions = new EnumMap<>(Evicted.Cause.class);
    private final Deque<Outage> lastOutages = new ArrayDeque<>();
    private DataSourceState state = DataSourceState.HEALTHY;
    private Instant since;
    private Duration validationTime = Duration.ZERO;
    private long sweeps;
    private long waits;
    private Duration waitTime = Duration.ZERO;
    private long outages;
    private Duration outageTime = Duration.ZERO;

    DataSourceHistory(String name, Instant since) {
        this.name = name;
        this.since = since;
        reset();
    }

    synchronized void heard(OfDataSource event) {
        if (event instanceof Validated validated) {
            validations.merge(validated.result(), 1L, Long::sum);
            validationTime = validationTime.plus(validated.duration());
        } else if (event instanceof Evicted evicted) {
            evictions.merge(evicted.cause(), 1L, Long::sum);
            sweeps += evicted.siblings() ? 1 : 0;
        } else if (event instanceof Waited waited) {
            waits++;
            waitTime = waitTime.plus(waited.duration());
        } else if (event instanceof StateChanged changed) {
            state = changed.state();
            since = changed.at();
            if (state == DataSourceState.HEALTHY) {
                endedUntold(changed.at());
            }
        } else if (event instanceof OutageBegan began) {
            add(new Outage(began.at(), Optional.empty(), began.reason(), began.detail()));
        } else if (event instanceof OutageEnded ended) {
            over(ended);
        }
    }

    /** The data source was made anew in the middle of its outage: nobody else will tell the end. */
    private void endedUntold(Instant at) {
        Outage last = lastOutages.peekLast();
        if (last != null && last.duration().isEmpty()) {
            over(new OutageEnded(at, name, last.reason(), Duration.between(last.begin(), at), 0));
        }
    }

    private void over(OutageEnded ended) {
        Outage open = lastOutages.peekLast();
        boolean known = open != null && open.duration().isEmpty();
        if (known) {
            lastOutages.removeLast();
        }
        add(new Outage(
                known ? open.begin() : ended.at().minus(ended.duration()),
                Optional.of(ended.duration()),
                ended.reason(),
                known ? open.detail() : ""));
        outages++;
        outageTime = outageTime.plus(ended.duration());
    }

    private void add(Outage outage) {
        if (lastOutages.size() == OUTAGES) {
            lastOutages.removeFirst();
        }
        lastOutages.addLast(outage);
    }

    /** Counters begin anew; what holds now stays. */
    synchronized void reset() {
        for (Validated.Result result : Validated.Result.values()) {
            validations.put(result, 0L);
        }
        for (Evicted.Cause cause : Evicted.Cause.values()) {
            evictions.put(cause, 0L);
        }
        lastOutages.removeIf(outage -> outage.duration().isPresent());
        validationTime = Duration.ZERO;
        sweeps = 0;
        waits = 0;
        waitTime = Duration.ZERO;
        outages = 0;
        outageTime = Duration.ZERO;
    }

    synchronized DataSourceStatus status(int waiting, int stuck) {
        return new DataSourceStatus(
                name,
                state,
                since,
                waiting,
                stuck,
                Map.copyOf(validations),
                validationTime,
                Map.copyOf(evictions),
                sweeps,
                waits,
                waitTime,
                outages,
                outageTime,
                List.copyOf(lastOutages));
    }
}
