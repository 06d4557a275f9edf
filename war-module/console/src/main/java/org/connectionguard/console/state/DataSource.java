/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.console.state;

import java.util.List;
import java.util.Map;

/**
 * A data source of one deployment. Immutable. Times in milliseconds since 1970.
 *
 * @param id its MBean's name
 * @param state {@code HEALTHY}, {@code SUSPECT}, {@code UNAVAILABLE} or {@code BACK}
 * @param waiting how many jobs wait for it now
 * @param stuck how many questions have not come back
 * @param validations how many connections were asked, by what came of it
 * @param evictions how many were destroyed, by cause
 * @param lastOutages the newest at the end
 */
public record DataSource(
        String id,
        String deployment,
        String name,
        String state,
        long stateSince,
        int waiting,
        int stuck,
        Map<String, Long> validations,
        long validationMillis,
        Map<String, Long> evictions,
        long waits,
        long waitMillis,
        long outages,
        long outageMillis,
        List<Outage> lastOutages) {

    /** What a validation can come to. */
    public static final List<String> RESULTS = List.of("alive", "dead", "silent", "unfit");

    /** Why a connection is destroyed. */
    public static final List<String> CAUSES = List.of("dead", "silent", "aged", "unfit", "sibling");

    /** In which states it can be. */
    public static final List<String> STATES = List.of("healthy", "suspect", "unavailable", "back");

    /** It gave a dead connection or none, and is being asked again. */
    public boolean isSuspect() {
        return state.equals("SUSPECT");
    }

    public boolean isAway() {
        return state.equals("UNAVAILABLE");
    }

    /** The last part of its JNDI name, which people use when they speak of it. */
    public String shortName() {
        return name.substring(name.lastIndexOf('/') + 1);
    }
}
