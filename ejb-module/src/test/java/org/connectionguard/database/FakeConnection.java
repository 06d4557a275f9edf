/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.database;

import static org.assertj.core.api.Assertions.fail;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DatabaseMetaData;

/** A connection that knows its server's name and version, and does nothing else: whoever asks the server fails. */
final class FakeConnection {
    private FakeConnection() {}

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

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }
}
