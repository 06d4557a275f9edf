/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DriverOptionsTest {
    @ParameterizedTest
    @CsvSource({
        "jdbc:mysql://db:3306/defects, mysql, db:3306",
        "jdbc:mysql://me:secret@db:3306/defects?user=me&password=secret, mysql, db:3306",
        "'jdbc:mysql:loadbalance://one,two/defects', mysql, 'one,two'",
        "jdbc:mysql://me:sec@ret@db:3306/defects, mysql, db:3306",
        "jdbc:mysql://me:sec?ret@db:3306/defects, mysql, ''",
        "jdbc:mysql://address=(host=db)(user=me)(password=secret)/defects, mysql, address=(host=db)(user=***)(password=***)",
        "jdbc:mysql://db, mysql, db",
        "jdbc:mariadb://db/defects, mariadb, db",
        "jdbc:h2:mem:test;DB_CLOSE_DELAY=-1, '', ''",
        "'', '', ''",
    })
    void productAndServerAreReadAndNoCredentials(String url, String product, String server) {
        DriverOptions options = DriverOptions.of(url, Map.of());
        assertThat(options.product()).isEqualTo(product);
        assertThat(options.server()).isEqualTo(server);
        assertThat(options.toString()).doesNotContain("sec", "ret", "me:", "=me");
    }

    @Test
    void timeOutsAreMillisecondsAndZeroIsNone() {
        DriverOptions options = DriverOptions.of(
                "jdbc:mysql://db/defects?connectTimeout=0&socketTimeout=3000&autoReconnect=TRUE", Map.of());
        assertThat(options.timeout("connectTimeout")).isEmpty();
        assertThat(options.timeout("socketTimeout")).contains(Duration.ofSeconds(3));
        assertThat(options.isOn("autoReconnect")).isTrue();
        assertThat(options.isOn("interactiveClient")).isFalse();
    }

    @Test
    void thePoolsPropertyWinsOverTheUrl() {
        DriverOptions options =
                DriverOptions.of("jdbc:mysql://db/defects?socketTimeout=3000", Map.of("socketTimeout", "4000"));
        assertThat(options.timeout("socketTimeout")).contains(Duration.ofSeconds(4));
    }
}
