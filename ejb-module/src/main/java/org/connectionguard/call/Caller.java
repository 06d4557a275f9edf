/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.call;

/** What who calls makes of a call that fails. */
public enum Caller {
    /** It is one failure: the next call comes as this one did. */
    CALLS_AGAIN,

    /**
     * It is the last call: Jakarta Concurrency (3.1, Asynchronous.runAt; 3.2, Schedule) ends a schedule at the first exception,
     * and at the first result that is not null. No policy may do that, so that what would fail is left out.
     */
    ENDS_ITS_SCHEDULE
}
