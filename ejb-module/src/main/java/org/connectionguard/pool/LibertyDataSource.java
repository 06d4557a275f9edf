/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.pool;

import java.sql.SQLException;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicReference;

/**
 * How a data source of Open Liberty's is set up. Read in 26.0.0.5. Immutable; the configuration in it is changed when the
 * server's is.
 *
 * @param configuration what holds it
 */
record LibertyDataSource(AtomicReference<?> configuration) {
    /** That of what the pool keeps of a connection, if it can be reached. */
    static Optional<LibertyDataSource> of(Object managed) {
        try {
            return Member.hiddenField(managed.getClass(), "dsConfig")
                    .find(AtomicReference.class, managed)
                    .map(LibertyDataSource::new);
        } catch (SQLException | ReflectiveOperationException | RuntimeException e) {
            return Optional.empty();
        }
    }

    /**
     * As it is written in the server's configuration.
     *
     * @throws SQLException also when it is an application that defines it
     */
    String id() throws SQLException {
        String whole = field(String.class, "id");
        if (!whole.matches("dataSource\\[.*]")) {
            throw new SQLException(whole + " is not in the server's configuration");
        }
        return whole.substring("dataSource[".length(), whole.length() - 1);
    }

    /** Whether each checkout asks the connection that it takes. */
    boolean validates() throws SQLException {
        return field(Integer.class, "validationTimeout") >= 0;
    }

    /** What it gives to the driver's data source, a password too. */
    Properties properties() throws SQLException {
        return field(Properties.class, "vendorProps");
    }

    private <T> T field(Class<T> type, String name) throws SQLException {
        Object current = configuration.get();
        return Foreign.ask("Looking for " + name, () -> Member.hiddenField(current.getClass(), name))
                .get(type, current);
    }
}
