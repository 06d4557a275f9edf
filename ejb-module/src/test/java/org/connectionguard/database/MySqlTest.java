/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
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
}
