/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.call;

/**
 * What who calls makes of a call. Jakarta Concurrency ends a schedule at the first exception, and at the first result that is not
 * null (3.1, Asynchronous.runAt; 3.2, Schedule); some servers throw a timer away that has failed twice. No policy may do that, so
 * that what would fail is left out, unless the application wants it so.
 *
 * @param endsAtFailure whether it is the last call if it fails
 * @param endsAtResult whether it is the last call if it returns anything but null
 */
public record Caller(boolean endsAtFailure, boolean endsAtResult) {
    /** The next call comes as this one did, however it ends. */
    public static final Caller CALLS_AGAIN = new Caller(false, false);
}
