/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.Set;
import org.connectionguard.engine.Verdict.Effort;
import org.connectionguard.message.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a verdict lets a policy do, and how the efforts of a tour add up. */
class VerdictTest {
    private static Verdict.Unavailable verdict(Reason reason, boolean doomed) {
        return new Verdict.Unavailable(reason, "message", Optional.empty(), doomed, Effort.NONE);
    }

    @ParameterizedTest
    @EnumSource(Reason.class)
    void theBodyMayRunAllTheSameUnlessEverythingEndsOrItsTransactionIsDoomed(Reason reason) {
        boolean ends = Set.of(Reason.INTERRUPTED, Reason.STOPPED).contains(reason);
        assertThat(verdict(reason, false).allowsProceeding()).isEqualTo(!ends);
        assertThat(verdict(reason, true).allowsProceeding()).isFalse();
    }

    @Test
    void whatWasDestroyedAddsUpAndWhoWaitedAnywhereHasWaited() {
        Effort waited = new Effort(true, 2);
        Effort passed = new Effort(false, 3);
        assertThat(waited.and(passed)).isEqualTo(new Effort(true, 5));
        assertThat(passed.and(waited)).isEqualTo(new Effort(true, 5));
        assertThat(passed.and(Effort.NONE)).isEqualTo(passed);
        assertThat(waited.and(waited)).isEqualTo(new Effort(true, 4));
    }
}
