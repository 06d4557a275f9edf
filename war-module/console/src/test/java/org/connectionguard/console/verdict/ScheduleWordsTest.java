/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.console.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScheduleWordsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "'';no timer: it runs when it is called",
                "programmatic;as the application sets its timer",
                "daily at 02:00:00;every day at 02:00",
                "daily at 02:00:05, persistent;every day at 02:00:05, kept over restarts",
                "second=*/5 minute=* hour=*;every 5 seconds",
                "second=* minute=* hour=*;every second",
                "minute=* hour=*;every minute",
                "minute=*/15 hour=*;every 15 minutes",
                "hour=*;every hour",
                "minute=10 hour=*/2;every 2 hours, 10 past",
                "hour=2 dayOfWeek=Mon;at 02:00, every Monday",
                "hour=2 dayOfMonth=Last;at 02:00, only on these days of the month: Last",
                "hour=9-17 minute=30;'when the hour is 9-17, the minute 30, the second 0'",
                "hour=3 year=2100 timezone=Europe/Berlin;at 03:00, only in 2100, by the clock of Europe/Berlin",
                "hours=3 daysOfWeek=SUN zone=UTC;at 03:00, every Sunday, by the clock of UTC",
                "cron=0 3 * * *;as its cron line says: 0 3 * * *",
                "daily at 02:00:00 | daily at 14:30:00, persistent;'every day at 02:00, and every day at 14:30, kept over restarts'",
            })
    void aScheduleIsSaidInWords(String declared, String words) {
        assertThat(ScheduleWords.of(declared)).isEqualTo(words);
    }
}
