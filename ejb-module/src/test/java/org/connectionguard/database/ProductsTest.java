/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.database;

import static org.assertj.core.api.Assertions.assertThat;

import com.mysql.cj.jdbc.exceptions.CommunicationsException;
import com.mysql.cj.jdbc.exceptions.SQLError;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProductsTest {
    @ParameterizedTest
    @ValueSource(strings = {"MySQL", "MariaDB"})
    void aConnectionsProductIsToldByWhatItsDriverKnows(String name) throws SQLException {
        assertThat(Products.of(FakeConnection.to(name, "9", 9))).containsInstanceOf(MySql.class);
    }

    @Test
    void postgreSqlIsKnown() throws SQLException {
        assertThat(Products.of(FakeConnection.to("PostgreSQL", "17.2", 17))).containsInstanceOf(PostgreSql.class);
    }

    @Test
    void aProductThatNobodyKnowsIsNone() throws SQLException {
        assertThat(Products.of(FakeConnection.to("H2", "2.3.232", 2))).isEmpty();
    }

    @Test
    void anExceptionsProductIsToldByItsClass() {
        SQLException thrown = new CommunicationsException("link failure", new IllegalStateException());
        thrown.setStackTrace(new StackTraceElement[0]);
        assertThat(Products.thatThrew(thrown)).containsInstanceOf(MySql.class);
    }

    @Test
    void anExceptionsProductIsToldByWhereItWasMade() {
        SQLException thrown = SQLError.createSQLException("too many", "HY000", null);
        assertThat(Products.thatThrew(thrown)).containsInstanceOf(MySql.class);
        assertThat(Products.thatThrew(new SQLException("somebody else's"))).isEmpty();
    }
}
