/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.engine;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.connectionguard.database.DatabaseProduct;
import org.connectionguard.database.Products;

/** What the connections of one data source are asked: the first one tells the product, which is kept. For any thread. */
final class Questions {
    private final Map<Boolean, Optional<String>> byWritable = new ConcurrentHashMap<>();

    /** The query; empty: {@link Connection#isValid}. */
    Optional<String> of(Connection connection, boolean writable) throws SQLException {
        Optional<String> known = byWritable.get(writable);
        if (known != null) {
            return known;
        }
        Optional<DatabaseProduct> product = Products.of(connection);
        Optional<String> query =
                product.isPresent() ? product.get().validationQuery(connection, writable) : Optional.empty();
        byWritable.put(writable, query);
        return query;
    }
}
