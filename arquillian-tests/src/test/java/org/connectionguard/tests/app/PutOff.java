/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests.app;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.EnumMap;
import java.util.Map;
import org.connectionguard.GuardEvent.DeferralEnded;
import org.connectionguard.GuardEvent.DeferralEnded.End;

/** What became of runs that were put off. For any thread. */
@ApplicationScoped
public class PutOff {
    private final Map<End, Integer> ends = new EnumMap<>(End.class);

    synchronized void hear(@Observes DeferralEnded ended) {
        ends.merge(ended.end(), 1, Integer::sum);
    }

    /** How many, by their end. */
    synchronized Map<End, Integer> ends() {
        return new EnumMap<>(ends);
    }
}
