/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.servers;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.connectionguard.server.DatabaseServer;

/**
 * A data source that a server is to have. Immutable.
 *
 * @param owner whose it is: a guard that heals a pool heals it for all that share it, and one that nobody heals stays as it is
 * @param unit the persistence unit that uses it
 * @param port by which it comes to its database: the database's own, or that of a proxy before it
 * @param recommended whether it is made as we recommend, not as the server makes it when nothing else is said
 */
record DataSourceSetup(String owner, String unit, DatabaseServer database, int port, boolean recommended) {
    /** How many connections it has at most. */
    static final int CONNECTIONS = 12;

    /** What the server calls it. */
    String name() {
        return owner + "-" + unit;
    }

    /**
     * The file in {@code server-config} that makes it.
     *
     * @param plain the one that makes it as the server does
     */
    String file(String plain) {
        return recommended ? plain.replace("data-source", "data-source-recommended") : plain;
    }

    /** The parameters of the files in {@code server-config}. */
    Map<String, String> parameters(String jndiName) {
        Map<String, String> parameters = new HashMap<>(DatabaseChoice.chosen().parameters());
        parameters.putAll(Map.of(
                "ds.name", name(),
                "ds.jndi", jndiName,
                "ds.url", DatabaseChoice.chosen().url(database, port),
                "ds.host", "127.0.0.1",
                "ds.port", Integer.toString(port),
                "ds.schema", database.url().replaceFirst(".*/", ""),
                "ds.pool", Integer.toString(CONNECTIONS),
                "ds.user", database.user(),
                "ds.password", database.password(),
                "ds.driver", driver().toString()));
        return parameters;
    }

    /** The driver's jar. */
    static Path driver() {
        return DatabaseChoice.chosen().driver();
    }
}
