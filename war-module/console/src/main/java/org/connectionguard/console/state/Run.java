/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.console.state;

/**
 * A run that is over. Immutable.
 *
 * @param start in milliseconds since 1970
 * @param millis how long it took
 * @param guardedMillis how much of that passed before its body began, or was refused
 * @param evicted how many dead connections were destroyed on its way
 * @param reason why it did not end well; empty where it did
 */
public record Run(long start, long millis, long guardedMillis, int evicted, Outcome outcome, String reason) {
    public long end() {
        return start + millis;
    }
}
