/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.engine;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.connectionguard.DataSourceState;
import org.connectionguard.GuardEvent;
import org.connectionguard.GuardEvent.Noted;
import org.connectionguard.GuardEvent.Validated;
import org.connectionguard.config.Settings;
import org.connectionguard.database.DatabaseProduct;
import org.connectionguard.engine.Health.Outage;
import org.connectionguard.engine.Outcome.Finding;
import org.connectionguard.engine.Outcome.Origin;
import org.connectionguard.message.Reason;
import org.connectionguard.pool.PoolControl;

/**
 * What one gate knows of its data source, and puts down to be told of it. What is found counts only if no bad news came since it
 * was asked for: they end an era. Called under the gate's lock, but for what is said to be read without it.
 */
final class Standing {
    private final String name;
    private final Health health;
    private final Announcements announcements;
    private final Time time;
    /** As it was told last; a gate that is new has told nothing, and may stand where another one was. */
    private Optional<DataSourceState> lastState = Optional.empty();

    private Optional<String> lastDoubt = Optional.empty();

    /** Since when nothing has answered jobs that wait, where that has been said. */
    private OptionalLong silentSince = OptionalLong.empty();

    // Read without the lock.
    private volatile long era;
    private volatile boolean learnt;
    private volatile Optional<PoolControl> control = Optional.empty();
    private volatile Optional<DatabaseProduct> product = Optional.empty();

    Standing(String name, Health health, Announcements announcements, Time time) {
        this.name = name;
        this.time = time;
        this.health = health;
        this.announcements = announcements;
    }

    /** By any thread. */
    long era() {
        return era;
    }

    /** Whether it is known where connections come from. */
    boolean isLearnt() {
        return learnt;
    }

    /** The pool, once a connection has told; by any thread. */
    Optional<PoolControl> control() {
        return control;
    }

    /** The database's product, once a connection has told; by any thread. */
    Optional<DatabaseProduct> product() {
        return product;
    }

    /** A connection is fit. */
    void fits(Probe probe, Outcome.Fit fit) {
        if (!fit.asked()) {
            return;
        }
        learn(fit.finding());
        if (probe.era() == era) {
            Optional<Outage> over = health.fit(probe.settings().writable());
            over.or(this::silence)
                    .ifPresent(outage -> announcements.add(new GuardEvent.OutageEnded(
                            time.now(), name, outage.reason().word(), outage.duration(), outage.failures())));
            silentSince = OptionalLong.empty();
        }
        tellState();
        tellResult(Validated.Result.ALIVE, fit.nanos());
    }

    private Optional<Outage> silence() {
        return silentSince.isPresent()
                ? Optional.of(new Outage(Reason.SILENT, Duration.ofNanos(time.nanos() - silentSince.getAsLong()), 0))
                : Optional.empty();
    }

    /** Jobs wait, and nothing has answered since then. */
    void waits(int jobs, long since) {
        if (silentSince.isEmpty() && !health.isUnavailable()) {
            silentSince = OptionalLong.of(since);
            Duration silence = Duration.ofNanos(time.nanos() - since);
            announcements.add(new GuardEvent.JobsWaiting(time.now(), name, jobs, silence));
        }
    }

    /** What was seen of a connection on the way. */
    void learn(Finding finding) {
        if (finding.product().isPresent()) {
            product = finding.product();
        }
        if (finding.flawless()) {
            health.withoutOwnFault();
        }
        if (finding.doubt().isPresent() && !finding.doubt().equals(lastDoubt)) {
            String doubt = finding.doubt().get();
            note(Noted.Kind.DOUBTED, doubt);
        }
        lastDoubt = finding.doubt();
        if (finding.origin().isPresent() && !learnt) {
            Origin origin = finding.origin().get();
            learnt = true;
            control = origin.control();
            if (!origin.known()) {
                note(Noted.Kind.UNKNOWN_POOL, origin.handle());
            }
        }
    }

    /** A connection is unfit, and destroyed. */
    void isUnfit(Probe probe, Outcome.Unfit unfit) {
        Outcome.Fault fault = unfit.fault();
        fault.kind().answer().ifPresent(result -> tellResult(result, unfit.nanos()));
        announcements.add(
                new GuardEvent.Evicted(time.now(), name, fault.kind().cause(), fault.why(), unfit.siblings()));
        if (!fault.kind().isShared()) {
            health.ownFault();
        } else if (probe.countsIn(era)) {
            endEra(probe);
            if (health.unfit(unfit.siblings())) {
                unavailable(Trouble.of(Reason.UNFIT, fault.why()), probe.settings());
            }
            tellState();
        }
    }

    /** So is one that came back though it was left behind: that is news, whenever it was asked. */
    void cameBackUnfit(Probe probe, Outcome.Unfit unfit) {
        isUnfit(probe, unfit);
        if (unfit.fault().kind().isShared()) {
            suspect();
        }
    }

    /** No connection can be had. */
    void fails(Probe probe, Trouble trouble) {
        if (probe.era() == era) {
            era++;
            unavailable(trouble, probe.settings());
        }
    }

    private void unavailable(Trouble trouble, Settings settings) {
        if (health.failed(trouble, settings)) {
            announcements.add(new GuardEvent.OutageBegan(
                    time.now(), name, trouble.reason().word(), trouble.detail()));
        }
        tellState();
    }

    /** From now on one prober; whether it is an outage, only time will tell. */
    void slows() {
        health.suspect();
        tellState();
    }

    /** Bad news by this probe, unless others came since it was asked. */
    void endEra(Probe probe) {
        if (probe.era() == era) {
            suspect();
            probe.endsEra();
        }
    }

    /** Whatever was asked before says nothing of the data source any more. */
    void suspect() {
        era++;
        health.suspect();
        tellState();
    }

    private void tellState() {
        DataSourceState state = health.state();
        if (!lastState.equals(Optional.of(state))) {
            lastState = Optional.of(state);
            announcements.add(new GuardEvent.StateChanged(time.now(), name, state));
        }
    }

    private void tellResult(Validated.Result result, long nanos) {
        announcements.add(new Validated(time.now(), name, result, Duration.ofNanos(nanos)));
    }

    private void note(Noted.Kind kind, String detail) {
        announcements.add(new Noted(time.now(), name, kind, detail));
    }
}
