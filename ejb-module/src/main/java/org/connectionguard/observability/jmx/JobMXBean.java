/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.observability.jmx;

/** What is known of a job since the deployment, by JMX. Times in milliseconds since 1970. For any thread. */
public interface JobMXBean {
    /** Class and method. */
    String getName();

    /** When it expires, as declared; empty where it is no timer. */
    String getSchedule();

    /** {@code GUARDED}, {@code UNPROTECTED} or {@code NOTHING_TO_GUARD}. */
    String getProtection();

    /** By which way it is protected, or why it is not. */
    String getProtectionReason();

    /** How many calls are under way. */
    int getActive();

    /** When it was called last; 0: never. */
    long getLastStart();

    /** The same, as ISO 8601 has it; empty: never. */
    String getLastStartText();

    /** When its body last came to its end; 0: never. */
    long getLastSuccess();

    /** The same, as ISO 8601 has it; empty: never. */
    String getLastSuccessText();

    /** When the server has promised the next run; 0: there is none any more, -1: that is not known. */
    long getNext();

    /** The same, as ISO 8601 has it; empty where there is none, or it is not known. */
    String getNextText();

    /** Whether a promised run has not started. */
    boolean isOverdue();

    /** Whether the server has no timer for it any more. */
    boolean isEnded();

    /** Since when a run is put off that is still to be made up; 0: none is. */
    long getPutOffSince();

    /** The same, as ISO 8601 has it; empty: none is. */
    String getPutOffSinceText();

    /** How many calls ran, with nothing to be done for them. */
    long getRan();

    /** How many ran after dead connections had been destroyed. */
    long getHealed();

    /** How many ran after they had waited for their database. */
    long getWaited();

    /** How many ran although the database gave no connection. */
    long getProceeded();

    /** How many ran for calls that had been put off. */
    long getMadeUp();

    /** How many were put off. */
    long getDeferred();

    /** How many were left out. */
    long getSkipped();

    /** How many did not start, and the container got the exception unless it would have ended the schedule. */
    long getRefused();

    /** How many threw. */
    long getFailed();

    /** How long all calls took together, in milliseconds. */
    long getRunMillis();

    /** How the last call ended; empty where none is known. */
    String getLastOutcome();

    /** Why it did not end well; empty where it did. */
    String getLastReason();

    /** The last hundred calls, the newest at the end. */
    PastRun[] getHistory();

    /** Has it run now, beside its schedule; returns at once. */
    String run();

    /** A call that is over. */
    interface PastRun {
        /** When it began. */
        long getStart();

        /** The same, as ISO 8601 has it. */
        String getStartText();

        /** How long the whole call took. */
        long getMillis();

        /** How much of that passed before the body began, or was refused. */
        long getGuardedMillis();

        /** How many dead connections were destroyed on its way. */
        int getEvicted();

        /** How it ended: {@code RAN}, {@code HEALED} and so on. */
        String getOutcome();

        /** Why it did not end well, with the id of the log's line; empty where it did. */
        String getReason();
    }
}
