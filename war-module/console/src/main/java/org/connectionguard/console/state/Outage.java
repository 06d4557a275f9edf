/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.console.state;

/**
 * A time in which a data source gave no live connections. Immutable.
 *
 * @param begin in milliseconds since 1970
 * @param millis how long it took; -1 while it lasts
 * @param reason the kind of trouble in a word
 * @param detail in the driver's words
 */
public record Outage(long begin, long millis, String reason, String detail) {
    public boolean isOver() {
        return millis >= 0;
    }

    public long end() {
        return begin + millis;
    }
}
