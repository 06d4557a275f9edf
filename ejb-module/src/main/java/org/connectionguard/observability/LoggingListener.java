/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.observability;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;
import org.connectionguard.GuardEvent;
import org.connectionguard.GuardEvent.DeferralEnded;
import org.connectionguard.GuardEvent.Evicted;
import org.connectionguard.GuardEvent.JobsWaiting;
import org.connectionguard.GuardEvent.Noted;
import org.connectionguard.GuardEvent.OutageBegan;
import org.connectionguard.GuardEvent.OutageEnded;
import org.connectionguard.GuardEvent.Overdue;
import org.connectionguard.GuardEvent.ScheduleEnded;
import org.connectionguard.GuardEvent.Stuck;
import org.connectionguard.GuardEvent.TurnedAway;
import org.connectionguard.GuardEvent.Validated;
import org.connectionguard.engine.GuardListener;
import org.connectionguard.engine.Time;
import org.connectionguard.message.Messages;

/**
 * The log, category {@code org.connectionguard}: one line for each change of state, each eviction and each run that did not
 * start, as long as they are few; DEBUG for each validation and for each job that is refused, whose exception says the same.
 * For any thread.
 */
public final class LoggingListener implements GuardListener {
    private static final Logger LOG = System.getLogger("org.connectionguard");

    private final RateLimit limit;

    /** Writes. */
    public LoggingListener() {
        this(Time.SYSTEM);
    }

    LoggingListener(Time time) {
        this.limit = new RateLimit(time);
    }

    /** What is to be written; lines of one cause are limited together. */
    private record Line(Level level, String cause, String text) {}

    @Override
    public void heard(GuardEvent event) {
        if (event instanceof Validated validated) {
            if (validated.result() == Validated.Result.ALIVE && LOG.isLoggable(Level.DEBUG)) {
                LOG.log(Level.DEBUG, Messages.validated(validated.dataSource(), validated.duration()));
            }
            return;
        }
        line(event).ifPresent(this::write);
    }

    private void write(Line line) {
        if (line.level() == Level.DEBUG) {
            LOG.log(line.level(), line.text());
            return;
        }
        limit.admit(line.cause()).ifPresent(left -> LOG.log(line.level(), line.text() + Messages.leftAway(left)));
    }

    private static Optional<Line> line(GuardEvent event) {
        if (event instanceof Evicted evicted) {
            return line(
                    Level.INFO,
                    "evicted " + evicted.cause() + evicted.dataSource(),
                    Messages.evicted(evicted.dataSource(), evicted.why(), evicted.siblings()));
        }
        if (event instanceof TurnedAway turnedAway) {
            return Optional.of(turnedAway(turnedAway));
        }
        if (event instanceof OutageBegan began) {
            return line(
                    Level.WARNING,
                    "outage " + began.dataSource(),
                    Messages.noConnections(began.dataSource(), began.reason(), began.detail()));
        }
        if (event instanceof OutageEnded ended) {
            return line(
                    Level.INFO,
                    "back " + ended.dataSource(),
                    Messages.back(ended.dataSource(), ended.duration(), ended.attempts()));
        }
        if (event instanceof JobsWaiting waiting) {
            return line(
                    Level.WARNING,
                    "waiting " + waiting.dataSource(),
                    Messages.waiting(waiting.dataSource(), waiting.jobs(), waiting.silence()));
        }
        if (event instanceof Stuck stuck) {
            return line(
                    Level.WARNING,
                    "stuck " + stuck.dataSource(),
                    Messages.stuck(stuck.dataSource(), stuck.phase(), stuck.threads()));
        }
        if (event instanceof Overdue overdue) {
            return line(Level.WARNING, "overdue " + overdue.job(), Messages.overdue(overdue.job(), overdue.promised()));
        }
        if (event instanceof ScheduleEnded ended) {
            return line(
                    ended.expected() ? Level.INFO : Level.WARNING,
                    "ended " + ended.job(),
                    ended.expected() ? Messages.scheduleOver(ended.job()) : Messages.timerGone(ended.job()));
        }
        if (event instanceof DeferralEnded ended) {
            return Optional.of(ended(ended));
        }
        return event instanceof Noted noted ? Optional.of(noted(noted)) : Optional.empty();
    }

    private static Optional<Line> line(Level level, String cause, String text) {
        return Optional.of(new Line(level, cause, text));
    }

    private static Line turnedAway(TurnedAway event) {
        String cause = event.decision() + event.job();
        return switch (event.decision()) {
            case REFUSED -> new Line(Level.DEBUG, cause, event.message());
            case SKIPPED -> new Line(Level.WARNING, cause, Messages.skipped(event.job(), event.message()));
            case LEFT_OUT -> new Line(Level.WARNING, cause, Messages.leftOut(event.job(), event.message()));
            case PUT_OFF ->
                new Line(Level.WARNING, cause, Messages.putOff(event.job(), event.dataSource(), event.message()));
            case PROCEEDS -> new Line(Level.WARNING, cause, Messages.proceeding(event.job(), event.message()));
        };
    }

    private static Line ended(DeferralEnded event) {
        String job = event.job();
        String cause = "put off " + event.end() + job;
        return switch (event.end()) {
            case MADE_UP -> new Line(Level.INFO, cause, Messages.madeUp(job, event.since(), event.expirations()));
            case SUPERSEDED ->
                new Line(Level.INFO, cause, Messages.superseded(job, event.since(), event.expirations()));
            case FAILED ->
                new Line(Level.WARNING, cause, Messages.madeUpInVain(job, event.since(), event.expirations()));
            case EXPIRED ->
                new Line(Level.WARNING, cause, Messages.madeUpTooLate(job, event.since(), event.expirations()));
            case CANCELLED ->
                new Line(Level.WARNING, cause, Messages.timerCancelled(job, event.since(), event.expirations()));
            case KEPT_BY_SERVER -> new Line(Level.INFO, cause, Messages.keptByServer(job, event.since()));
            case STOPPED ->
                new Line(Level.WARNING, cause, Messages.droppedAtEnd(job, event.since(), event.expirations()));
        };
    }

    private static Line noted(Noted noted) {
        String dataSource = noted.dataSource();
        String cause = noted.kind() + dataSource;
        return switch (noted.kind()) {
            case BODY_LOST_CONNECTION -> new Line(Level.INFO, cause, Messages.bodyLostConnection(dataSource));
            case DOUBTED -> new Line(Level.WARNING, cause, Messages.doubted(dataSource, noted.detail()));
            case UNBOUND -> new Line(Level.INFO, cause, Messages.unbound(dataSource));
            case UNKNOWN_POOL -> new Line(Level.WARNING, cause, Messages.unknownPool(dataSource, noted.detail()));
        };
    }
}
