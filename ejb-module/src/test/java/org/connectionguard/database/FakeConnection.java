/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.database;

import static org.assertj.core.api.Assertions.fail;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;
import java.util.Map;

/** A connection that knows its server's name and version, and asks it only what is foreseen. */
final class FakeConnection {
    private FakeConnection() {}

    /** Whose server is not asked anything. */
    static Connection to(String product, String version, int majorVersion) {
        DatabaseMetaData server =
                proxy(DatabaseMetaData.class, (proxy, method, arguments) -> switch (method.getName()) {
                    case "getDatabaseProductName" -> product;
                    case "getDatabaseProductVersion" -> version;
                    case "getDatabaseMajorVersion" -> majorVersion;
                    default -> fail(method.toString());
                });
        return proxy(
                Connection.class,
                (proxy, method, arguments) ->
                        method.getName().equals("getMetaData") ? server : fail(method.toString()));
    }

    /** Whose server is not asked anything, and which has autocommit on or off. */
    static Connection withAutocommit(boolean autocommit) {
        return proxy(
                Connection.class,
                (proxy, method, arguments) ->
                        method.getName().equals("getAutoCommit") ? autocommit : fail(method.toString()));
    }

    /**
     * Whose server is asked.
     *
     * @param answers by the beginning of the question, the rows
     */
    static Connection answering(Map<String, List<List<?>>> answers) {
        Statement statement = proxy(Statement.class, (proxy, method, arguments) -> switch (method.getName()) {
            case "executeQuery" ->
                answers.entrySet().stream()
                        .filter(answer -> ((String) arguments[0]).startsWith(answer.getKey()))
                        .map(answer -> rows(answer.getValue()))
                        .findFirst()
                        .orElseThrow();
            case "close" -> null;
            default -> fail(method.toString());
        });
        return proxy(
                Connection.class,
                (proxy, method, arguments) ->
                        method.getName().equals("createStatement") ? statement : fail(method.toString()));
    }

    private static ResultSet rows(List<List<?>> rows) {
        int[] row = {-1};
        return proxy(ResultSet.class, (proxy, method, arguments) -> switch (method.getName()) {
            case "next" -> ++row[0] < rows.size();
            case "close" -> null;
            default -> rows.get(row[0]).get((int) arguments[0] - 1);
        });
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }
}
