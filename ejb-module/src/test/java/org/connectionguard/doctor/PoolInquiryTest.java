/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import org.connectionguard.message.AgroalPlace;
import org.connectionguard.message.HikariPlace;
import org.connectionguard.pool.Pools;
import org.connectionguard.testing.Stub;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Of a real pool, before a driver that says it is MySQL's. */
class PoolInquiryTest {
    private static final String URL = "jdbc:mysql://db:3307/defects?user=me&password=secret&socketTimeout=4000";

    /** One that no real driver takes. */
    private static final String OURS = "jdbc:ours:";

    private final PoolInquiry inquiry = new PoolInquiry(new Pools());
    private boolean mute;

    private final Driver driver = Stub.of(Driver.class, (method, arguments) -> switch (method) {
        case "acceptsURL" -> arguments[0].equals(OURS);
        case "connect" -> connection();
        default -> throw new UnsupportedOperationException(method);
    });

    private Connection connection() {
        return Stub.of(Connection.class, (method, arguments) -> switch (method) {
            case "isValid", "getAutoCommit" -> true;
            case "isClosed", "isReadOnly" -> false;
            case "getNetworkTimeout", "getTransactionIsolation" -> Connection.TRANSACTION_READ_COMMITTED;
            case "getMetaData" -> metaData();
            default -> null;
        });
    }

    private DatabaseMetaData metaData() {
        return Stub.of(DatabaseMetaData.class, (method, arguments) -> {
            if (mute) {
                throw new SQLException(method);
            }
            return URL;
        });
    }

    @BeforeEach
    void register() throws SQLException {
        DriverManager.registerDriver(driver);
    }

    @AfterEach
    void deregister() throws SQLException {
        DriverManager.deregisterDriver(driver);
    }

    private Optional<PoolFacts> ask() throws SQLException {
        HikariConfig setup = new HikariConfig();
        setup.setJdbcUrl(OURS);
        setup.setPoolName("Defects");
        setup.setMaximumPoolSize(3);
        setup.addDataSourceProperty("connectTimeout", "5000");
        try (HikariDataSource pool = new HikariDataSource(setup);
                Connection handle = pool.getConnection()) {
            return inquiry.ask(handle, Optional::empty);
        }
    }

    @Test
    void aPoolIsKnownByOneOfItsConnectionsAndThePasswordInItsUrlIsForgotten() throws SQLException {
        PoolFacts told = ask().orElseThrow();
        assertThat(told.place()).isEqualTo(new HikariPlace("Defects"));
        assertThat(told.settings().largestSize()).hasValue(3);
        assertThat(told.options().driver()).contains(org.connectionguard.doctor.Driver.MYSQL);
        assertThat(told.options().server()).isEqualTo("db:3307");
        assertThat(told.options().connectTimeout()).contains(Duration.ofSeconds(5));
        assertThat(told.options().socketTimeout()).contains(Duration.ofSeconds(4));
        assertThat(told.toString()).doesNotContain("secret");
    }

    @Test
    void agroalsPoolsAreKnownWhereWildFlyTellsThatTheyAreItsOwn() throws SQLException {
        AgroalDataSourceConfigurationSupplier setup = new AgroalDataSourceConfigurationSupplier();
        setup.connectionPoolConfiguration()
                .maxSize(3)
                .connectionFactoryConfiguration()
                .jdbcUrl(OURS);
        ManagedFacts managed = new ManagedFacts(new AgroalPlace("datasource", "Defects"), true, Optional.of(false));
        try (AgroalDataSource pool = AgroalDataSource.from(setup);
                Connection handle = pool.getConnection()) {
            PoolFacts told = inquiry.ask(handle, () -> Optional.of(managed)).orElseThrow();
            assertThat(told.place()).isEqualTo(managed.place());
            assertThat(told.managed()).contains(managed);
            assertThat(told.settings().largestSize()).hasValue(3);
            assertThat(told.options().socketTimeout()).contains(Duration.ofSeconds(4));

            assertThat(inquiry.ask(handle, Optional::empty)).isEmpty();
        }
    }

    @Test
    void aDriverThatFailsLeavesItUnknown() throws SQLException {
        mute = true;
        assertThat(ask()).isEmpty();
    }

    @Test
    void aPoolThatTellsNothingIsNotKnown() throws SQLException {
        assertThat(inquiry.ask(connection(), Optional::empty)).isEmpty();
    }
}
