/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.lang.reflect.Proxy;
import javax.sql.DataSource;
import org.connectionguard.testing.SmallDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ObjectAtHandTest {
    private final HikariConfig setup = new HikariConfig();

    ObjectAtHandTest() {
        setup.setDataSource(new SmallDatabase().dataSource());
        setup.setMinimumIdle(0);
        setup.setInitializationFailTimeout(-1);
        setup.setPoolName("Reports");
    }

    /** As a container makes one for a scoped bean of the interface's type. */
    private static DataSource proxy(DataSource behind) {
        return (DataSource) Proxy.newProxyInstance(
                ObjectAtHandTest.class.getClassLoader(),
                new Class<?>[] {DataSource.class},
                (self, method, arguments) -> method.invoke(behind, arguments));
    }

    @Test
    void aPoolIsCalledWhatItsMakerCallsIt() {
        try (HikariDataSource pool = new HikariDataSource(setup)) {
            assertThat(ObjectAtHand.name(pool)).isEqualTo("Reports");
        }
    }

    @Test
    void behindAProxyIsAPoolThatTells() {
        HikariDataSource pool = new HikariDataSource(setup);
        assertThat(ObjectAtHand.name(proxy(pool))).isEqualTo("Reports");
        assertThat(ObjectAtHand.isClosed(proxy(pool))).isFalse();
        pool.close();
        assertThat(ObjectAtHand.isClosed(proxy(pool))).isTrue();
        assertThat(ObjectAtHand.isClosed(pool)).isTrue();
    }

    @Test
    void oneThatTellsNothingIsCalledWhatItIs() {
        DataSource silent = new SmallDatabase().dataSource();
        assertThat(ObjectAtHand.name(silent)).isEqualTo("DataSource");
        assertThat(ObjectAtHand.isClosed(silent)).isFalse();
        // Its pool has not begun, and has no name yet.
        try (HikariDataSource pool = new HikariDataSource()) {
            assertThat(ObjectAtHand.name(pool)).isEqualTo("HikariDataSource");
        }
    }

    /** A container's proxy of a class is a subclass. */
    public static class Pool$$Proxy extends HikariDataSource {}

    @Test
    void aContainersSubclassIsCalledWhatItStandsFor() {
        try (HikariDataSource proxied = new Pool$$Proxy()) {
            assertThat(ObjectAtHand.name(proxied)).isEqualTo("HikariDataSource");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"jdbc:mariadb:db/x?password=hush", "mysql://joe:hush@db", "joe/hush@db", " "})
    void anAddressIsNoName(String name) {
        setup.setPoolName(name);
        try (HikariDataSource pool = new HikariDataSource(setup)) {
            assertThat(ObjectAtHand.name(pool)).isEqualTo("HikariDataSource");
        }
    }
}
