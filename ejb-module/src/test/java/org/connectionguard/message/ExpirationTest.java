/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ExpirationTest {
    @Test
    void aTimeOfDayIsToldInWords() {
        assertThat(Expiration.of(Map.of(), false)).isEqualTo("daily at 00:00:00");
        assertThat(Expiration.of(Map.of("hour", "2", "second", "05", "month", "*"), true))
                .isEqualTo("daily at 02:00:05, persistent");
    }

    @Test
    void anythingElseIsToldAsItWasDeclaredWithoutWhatIsUsual() {
        assertThat(Expiration.of(Map.of("second", "*/5", "minute", "*", "hour", "*", "year", "*"), false))
                .isEqualTo("second=*/5 minute=* hour=*");
        assertThat(Expiration.of(Map.of("hour", "2,14", "minute", "0"), false)).isEqualTo("hour=2,14");
        assertThat(Expiration.of(Map.of("hour", "2", "timezone", "UTC"), true))
                .isEqualTo("hour=2 timezone=UTC, persistent");
        assertThat(Expiration.of(Map.of("dayOfWeek", "Mon"), false)).isEqualTo("dayOfWeek=Mon");
    }
}
