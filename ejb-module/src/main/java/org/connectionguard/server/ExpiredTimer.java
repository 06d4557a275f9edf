/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.server;

import jakarta.ejb.NoMoreTimeoutsException;
import jakarta.ejb.ScheduleExpression;
import jakarta.ejb.Timer;
import jakarta.ejb.TimerHandle;
import java.io.Serializable;
import java.util.Date;

/**
 * What a timer that expires once has said of itself within its call; after that it says nothing any more. Immutable, for any
 * thread.
 */
public final class ExpiredTimer implements Timer {
    private final Serializable info;
    private final boolean persistent;

    private ExpiredTimer(Serializable info, boolean persistent) {
        this.info = info;
        this.persistent = persistent;
    }

    /**
     * To be asked for within the call. That it is one of these is nobody's concern: who held it as such could not be loaded where
     * there are no timers.
     */
    public static Timer of(Timer timer) {
        return new ExpiredTimer(timer.getInfo(), timer.isPersistent());
    }

    /** It will not expire any more anyway. */
    @Override
    public void cancel() {}

    @Override
    public long getTimeRemaining() {
        throw new NoMoreTimeoutsException();
    }

    @Override
    public Date getNextTimeout() {
        throw new NoMoreTimeoutsException();
    }

    @Override
    public ScheduleExpression getSchedule() {
        throw new IllegalStateException();
    }

    @Override
    public boolean isPersistent() {
        return persistent;
    }

    @Override
    public boolean isCalendarTimer() {
        return false;
    }

    @Override
    public Serializable getInfo() {
        return info;
    }

    /** Of what is over there is none. */
    @Override
    public TimerHandle getHandle() {
        throw new IllegalStateException();
    }
}
