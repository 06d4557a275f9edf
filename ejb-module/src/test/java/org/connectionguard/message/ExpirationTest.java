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

    @Test
    void aScheduleOfJakartaConcurrencyIsToldInTheSameWordsAndInItsOwn() {
        assertThat(Expiration.ofSchedule(Map.of())).isEqualTo("daily at 00:00:00");
        assertThat(Expiration.ofSchedule(Map.of("hours", "2", "seconds", "5", "months", "*", "zone", "", "cron", "")))
                .isEqualTo("daily at 02:00:05");
        assertThat(Expiration.ofSchedule(Map.of("hours", "2,14", "daysOfWeek", "MONDAY", "zone", "UTC")))
                .isEqualTo("hours=2,14 daysOfWeek=MONDAY zone=UTC");
        assertThat(Expiration.ofSchedule(Map.of("hours", "*"))).isEqualTo("hours=*");
        assertThat(Expiration.ofSchedule(Map.of("cron", "30 8 * * SAT", "hours", "2")))
                .isEqualTo("cron=30 8 * * SAT");
        assertThat(Expiration.ofSchedule(Map.of("cron", "30 8 * * SAT", "zone", "UTC")))
                .isEqualTo("cron=30 8 * * SAT zone=UTC");
    }
}
