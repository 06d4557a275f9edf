/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.discovery;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.connectionguard.engine.MissingDataSourceException;
import org.connectionguard.message.Messages;

/**
 * Stands for a data source of which there is only a name yet: who asks it for a connection has the name looked up, and is told
 * that there is none, or gets one of what is there by now. So it is waited for like one whose database is away. For any thread.
 */
final class LateDataSource implements DataSource {
    private final String name;
    private final Supplier<Optional<Object>> lookUp;

    private volatile boolean missed;

    /** @param lookUp of the name, by any thread; empty: nothing is bound to it */
    LateDataSource(String name, Supplier<Optional<Object>> lookUp) {
        this.name = name;
        this.lookUp = lookUp;
    }

    /** Whether anything is bound to the name by now. */
    boolean isBound() {
        return lookUp.get().isPresent();
    }

    /** Whether somebody has been told that there is nothing. */
    boolean hasBeenMissed() {
        return missed;
    }

    /** Whether its name leads to this one now. */
    boolean leadsTo(DataSource dataSource) {
        return lookUp.get().filter(dataSource::equals).isPresent();
    }

    private DataSource find() throws SQLException {
        Optional<Object> found = lookUp.get();
        if (found.isPresent() && found.get() instanceof DataSource dataSource) {
            return dataSource;
        }
        missed = true;
        throw new MissingDataSourceException(found.map(other ->
                        Messages.boundToSomethingElse(name, other.getClass().getName()))
                .orElseGet(() -> Messages.nothingBound(name)));
    }

    @Override
    public Connection getConnection() throws SQLException {
        return find().getConnection();
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        return find().getConnection(user, password);
    }

    @Override
    public PrintWriter getLogWriter() throws SQLException {
        return find().getLogWriter();
    }

    @Override
    public void setLogWriter(PrintWriter out) throws SQLException {
        find().setLogWriter(out);
    }

    @Override
    public void setLoginTimeout(int seconds) throws SQLException {
        find().setLoginTimeout(seconds);
    }

    @Override
    public int getLoginTimeout() throws SQLException {
        return find().getLoginTimeout();
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        throw new SQLFeatureNotSupportedException();
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        return find().unwrap(type);
    }

    @Override
    public boolean isWrapperFor(Class<?> type) throws SQLException {
        return find().isWrapperFor(type);
    }
}
