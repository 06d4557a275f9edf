/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.observability.jfr;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import jdk.jfr.Event;
import jdk.jfr.FlightRecorder;
import org.connectionguard.GuardEvent;
import org.connectionguard.GuardEvent.DeferralEnded;
import org.connectionguard.GuardEvent.Evicted;
import org.connectionguard.GuardEvent.OutageBegan;
import org.connectionguard.GuardEvent.OutageEnded;
import org.connectionguard.GuardEvent.Overdue;
import org.connectionguard.GuardEvent.RunEnded;
import org.connectionguard.GuardEvent.RunStarted;
import org.connectionguard.GuardEvent.ScheduleEnded;
import org.connectionguard.GuardEvent.Stuck;
import org.connectionguard.GuardEvent.TurnedAway;
import org.connectionguard.GuardEvent.Validated;
import org.connectionguard.message.Messages;
import org.connectionguard.observability.Channel;

/**
 * The JDK's flight recorder: events {@code org.connectionguard.Run} and so on, in each recording that wants them. Where there
 * is none, nothing is made. For any thread.
 */
public final class JfrChannel implements Channel {
    private static final Logger LOG = System.getLogger("org.connectionguard");

    /** All that there are. */
    static final List<Class<? extends Event>> EVENTS = List.of(
            RunEvent.class,
            RunStartEvent.class,
            RefusalEvent.class,
            OverdueEvent.class,
            ScheduleEndedEvent.class,
            DeferralEndedEvent.class,
            ValidationEvent.class,
            EvictionEvent.class,
            OutageEvent.class,
            StuckEvent.class);

    private final String deployment;
    private final boolean own;
    private final Begun<Long, RunEvent> begunRuns = new Begun<>();
    private final Begun<String, OutageEvent> begunOutages = new Begun<>();
    private volatile boolean closed;

    // One of each, never written: it knows whether anybody wants its like, so that none is made to ask.
    private final RunEvent runs = new RunEvent();
    private final RunStartEvent runStarts = new RunStartEvent();
    private final RefusalEvent refusals = new RefusalEvent();
    private final OverdueEvent overdues = new OverdueEvent();
    private final ScheduleEndedEvent endedSchedules = new ScheduleEndedEvent();
    private final DeferralEndedEvent endedDeferrals = new DeferralEndedEvent();
    private final ValidationEvent validations = new ValidationEvent();
    private final EvictionEvent evictions = new EvictionEvent();
    private final OutageEvent outages = new OutageEvent();
    private final StuckEvent stuck = new StuckEvent();

    private JfrChannel(String deployment, boolean own) {
        this.deployment = deployment;
        this.own = own;
    }

    /**
     * Writes from now on.
     *
     * @param own whether this library is the deployment's own, whose kinds of events go with it; else other deployments have
     *     them too
     */
    public static JfrChannel open(String deployment, boolean own) {
        // Where no recording was ever begun, that is left to the first one: it knows all classes of events.
        if (FlightRecorder.isInitialized()) {
            EVENTS.forEach(FlightRecorder::register);
        }
        return new JfrChannel(deployment, own);
    }

    @Override
    public void heard(GuardEvent event) {
        if (closed) {
            return;
        }
        if (event instanceof RunStarted started) {
            started(started);
        } else if (event instanceof RunEnded ended) {
            over(ended);
        } else if (event instanceof Validated validated) {
            if (validations.isEnabled()) {
                new ValidationEvent().write(deployment, validated);
            }
        } else if (event instanceof Evicted evicted) {
            if (evictions.isEnabled()) {
                new EvictionEvent().write(deployment, evicted);
            }
        } else if (event instanceof OutageBegan began) {
            if (outages.isEnabled()) {
                begunOutages.begin(began.dataSource(), new OutageEvent());
            }
        } else if (event instanceof OutageEnded ended) {
            over(ended);
        } else if (event instanceof TurnedAway turnedAway) {
            if (refusals.isEnabled()) {
                new RefusalEvent().write(deployment, turnedAway);
            }
        } else if (event instanceof Stuck left) {
            if (stuck.isEnabled()) {
                new StuckEvent().write(deployment, left);
            }
        } else if (event instanceof Overdue overdue) {
            if (overdues.isEnabled()) {
                new OverdueEvent().write(deployment, overdue);
            }
        } else if (event instanceof ScheduleEnded ended) {
            if (endedSchedules.isEnabled()) {
                new ScheduleEndedEvent().write(deployment, ended);
            }
        } else if (event instanceof DeferralEnded ended && endedDeferrals.isEnabled()) {
            new DeferralEndedEvent().write(deployment, ended);
        }
    }

    private void started(RunStarted started) {
        if (runStarts.isEnabled()) {
            new RunStartEvent().write(deployment, started);
        }
        if (runs.isEnabled()) {
            begunRuns.begin(started.run(), new RunEvent());
        }
    }

    /** What began is taken away also where the recording is over meanwhile. */
    private void over(RunEnded ended) {
        if (runs.isEnabled() || !begunRuns.isEmpty()) {
            begunRuns.end(ended.run()).orElseGet(RunEvent::new).write(deployment, ended);
        }
    }

    private void over(OutageEnded ended) {
        if (outages.isEnabled() || !begunOutages.isEmpty()) {
            begunOutages.end(ended.dataSource()).orElseGet(OutageEvent::new).write(deployment, ended);
        }
    }

    @Override
    public void close() {
        closed = true;
        begunRuns.clear();
        begunOutages.clear();
        if (own && FlightRecorder.isInitialized()) {
            unregister();
        }
    }

    private static void unregister() {
        try {
            EVENTS.forEach(FlightRecorder::unregister);
        } catch (RuntimeException e) {
            // The recorder forgets them with their class loader, if it may not do so at our word.
            LOG.log(Level.DEBUG, Messages.notTold(e));
        }
    }
}
