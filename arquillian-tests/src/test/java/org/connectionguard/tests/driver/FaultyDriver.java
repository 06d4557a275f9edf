/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests.driver;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.logging.Logger;

/**
 * Connector/J, but for one Error when it is ordered: by the system property {@code faulty-driver.NAME.connect} or
 * {@code faulty-driver.NAME.ask}, which holds the Error's class. The next connect, or the next question on any connection,
 * takes the order away and throws it. URLs are {@code jdbc:faulty:NAME:} and Connector/J's. For any thread.
 */
public final class FaultyDriver implements Driver {
    private static final String PREFIX = "jdbc:faulty:";

    private static final Set<String> QUESTIONS = Set.of("isValid", "createStatement", "prepareStatement");

    private final Driver driver;

    public FaultyDriver() throws SQLException {
        driver = new com.mysql.cj.jdbc.Driver();
    }

    @Override
    public Connection connect(String url, Properties info) throws SQLException {
        if (!acceptsURL(url)) {
            // So says java.sql.Driver.
            return null;
        }
        String[] parts = url.substring(PREFIX.length()).split(":", 2);
        failIfOrdered(parts[0], "connect");
        Connection connection = driver.connect(parts[1], info);
        return (Connection) Proxy.newProxyInstance(
                FaultyDriver.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    if (QUESTIONS.contains(method.getName())) {
                        failIfOrdered(parts[0], "ask");
                    }
                    if (method.getName().equals("equals")) {
                        return proxy == arguments[0];
                    }
                    try {
                        return method.invoke(connection, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private static void failIfOrdered(String name, String when) {
        Optional<String> order = Optional.ofNullable(System.clearProperty("faulty-driver." + name + "." + when));
        if (order.isPresent()) {
            throw error(order.get());
        }
    }

    private static Error error(String type) {
        try {
            return (Error) Class.forName(type).getConstructor(String.class).newInstance("as ordered");
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException(type, e);
        }
    }

    @Override
    public boolean acceptsURL(String url) {
        return url.startsWith(PREFIX);
    }

    @Override
    public DriverPropertyInfo[] getPropertyInfo(String url, Properties info) {
        return new DriverPropertyInfo[0];
    }

    @Override
    public int getMajorVersion() {
        return driver.getMajorVersion();
    }

    @Override
    public int getMinorVersion() {
        return driver.getMinorVersion();
    }

    @Override
    public boolean jdbcCompliant() {
        return driver.jdbcCompliant();
    }

    @Override
    public Logger getParentLogger() {
        return Logger.getGlobal();
    }
}
