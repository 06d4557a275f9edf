/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** By the names that Open Liberty's own classes have. */
class LibertyDataSourceTest {
    /** A data source's configuration. */
    @SuppressWarnings("unused")
    private static final class Configuration {
        private final String id;
        private final int validationTimeout;
        private final Properties vendorProps = new Properties();

        Configuration(String id, int validationTimeout) {
            this.id = id;
            this.validationTimeout = validationTimeout;
            vendorProps.setProperty("socketTimeout", "4000");
        }
    }

    /** What the pool keeps of a connection. */
    @SuppressWarnings("unused")
    private static final class Managed {
        private final AtomicReference<Configuration> dsConfig;

        Managed(Configuration configuration) {
            this.dsConfig = new AtomicReference<>(configuration);
        }
    }

    private static LibertyDataSource of(String id, int validationTimeout) {
        return LibertyDataSource.of(new Managed(new Configuration(id, validationTimeout)))
                .orElseThrow();
    }

    @Test
    void itsIdIsTheOneThatTheConfigurationHas() throws SQLException {
        assertThat(of("dataSource[Defects]", -1).id()).isEqualTo("Defects");
        LibertyDataSource defined = of("application[a]/dataSource[java:app/Defects]", -1);
        assertThatThrownBy(defined::id).isInstanceOf(SQLException.class);
    }

    @Test
    void itValidatesWhereThereIsATimeForIt() throws SQLException {
        assertThat(of("Defects", -1).validates()).isFalse();
        assertThat(of("Defects", 0).validates()).isTrue();
        assertThat(of("Defects", 5).properties()).containsEntry("socketTimeout", "4000");
    }

    @Test
    void anotherGenerationOfTheServerIsNotKnown() {
        assertThat(LibertyDataSource.of(new Object())).isEmpty();
        assertThatThrownBy(() -> new LibertyDataSource(new AtomicReference<>("another")).id())
                .isInstanceOf(SQLException.class);
    }
}
