/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.database;

import static org.assertj.core.api.Assertions.assertThat;

import com.mysql.cj.jdbc.ConnectionImpl;
import java.lang.reflect.Constructor;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MySqlTest {
    private final MySql mySql = new MySql();

    @ParameterizedTest
    @CsvSource({
        "MySQL, 9.7.0, 9, @@session.transaction_read_only",
        "MySQL, 8.0.3, 8, @@session.transaction_read_only",
        "MySQL, 5.7.44, 5, @@session.tx_read_only",
        "MySQL, 5.6.51, 5, @@session.tx_read_only",
        "MariaDB, 11.4.5-MariaDB, 11, @@session.tx_read_only",
        "MariaDB, 10.6.14-log, 10, @@session.tx_read_only",
        "MySQL, 5.5.5-10.11.6-MariaDB, 5, @@session.tx_read_only",
    })
    void theSessionsModeIsAskedByTheNameThatItHasInThisVersion(String product, String version, int major, String name)
            throws SQLException {
        assertThat(mySql.validationQuery(FakeConnection.to(product, version, major), true))
                .contains("SELECT @@global.read_only IN ('0', 'OFF') AND @@global.innodb_read_only = 0 AND " + name
                        + " = 0");
    }

    @Test
    void whetherAConnectionLivesIsAskedWithoutRows() throws SQLException {
        assertThat(mySql.validationQuery(FakeConnection.to("MySQL", "9.7.0", 9), false))
                .contains("DO 1");
    }

    @Test
    void theDriversOwnConnectionIsKnownWithoutItsMetadata() throws Exception {
        Constructor<ConnectionImpl> unconnected = ConnectionImpl.class.getDeclaredConstructor();
        unconnected.setAccessible(true);
        assertThat(mySql.serves(unconnected.newInstance())).isTrue();
    }

    private static Connection server(String version, List<List<?>> tls) {
        return FakeConnection.answering(Map.of(
                "SHOW SESSION STATUS", tls, "SELECT VERSION()", List.of(List.of(version, 60L, 28_800L, 151, true))));
    }

    @Test
    void whatAServerSaysOfItself() throws SQLException {
        assertThat(mySql.facts(server("9.7.0-log", List.of(List.of("Ssl_version", "TLSv1.3")))))
                .isEqualTo(new ServerFacts(
                        "MySQL 9.7.0",
                        Duration.ofSeconds(60),
                        Duration.ofSeconds(28_800),
                        151,
                        true,
                        Optional.of("TLSv1.3")));
        assertThat(mySql.facts(server("11.4.5-MariaDB", List.of())).product()).isEqualTo("MariaDB 11.4.5");
    }

    @Test
    void aSessionInTheClearHasNoVersionOfTls() throws SQLException {
        assertThat(mySql.facts(server("9.7.0", List.of(List.of("Ssl_version", ""))))
                        .tls())
                .isEmpty();
        assertThat(mySql.facts(server("9.7.0", List.of())).tls()).isEmpty();
    }
}
