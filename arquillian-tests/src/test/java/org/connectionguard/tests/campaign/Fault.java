/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests.campaign;

/** What can happen to a database. Faults of one lane exclude each other; those of different lanes come at once. */
enum Fault {
    RESTART(Lane.SERVER),
    SIGKILL(Lane.SERVER),
    FREEZE(Lane.SERVER),
    KILL_ONE(Lane.SESSIONS),
    KILL_ALL(Lane.SESSIONS),
    EXPIRE(Lane.SESSIONS),
    READ_ONLY(Lane.SESSIONS),
    NO_CONNECTION_LEFT(Lane.SESSIONS),
    SILENCE_PRESENT(Lane.NETWORK),
    SILENCE_ALL(Lane.NETWORK),
    /** Until the truce is over. */
    SILENCE_PRESENT_FOR_EVER(Lane.NETWORK),
    SILENCE_ALL_FOR_EVER(Lane.NETWORK),
    RESET(Lane.NETWORK),
    SLOW_NETWORK(Lane.NETWORK),
    POOL_EXHAUSTED(Lane.APPLICATION),
    LOST_IN_BODY(Lane.APPLICATION),
    JOBS_TOGETHER(Lane.APPLICATION);

    /** Where it happens. */
    enum Lane {
        SERVER,
        SESSIONS,
        NETWORK,
        APPLICATION
    }

    final Lane lane;

    Fault(Lane lane) {
        this.lane = lane;
    }

    /** Whether something of it is left afterwards, in which the lane's next fault would meddle. */
    boolean isForEver() {
        return this == SILENCE_PRESENT_FOR_EVER || this == SILENCE_ALL_FOR_EVER;
    }
}
