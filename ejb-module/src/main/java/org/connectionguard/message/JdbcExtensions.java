/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.message;

/** The classes by which WildFly's pools know a vendor's database: what sorts its errors, and what checks its connections. */
public enum JdbcExtensions {
    /** MySQL's, which serve MariaDB too. */
    MYSQL("mysql.MySQL"),
    POSTGRESQL("postgres.PostgreSQL");

    private final String prefix;

    JdbcExtensions(String prefix) {
        this.prefix = "org.jboss.jca.adapters.jdbc.extensions." + prefix;
    }

    String sorter() {
        return prefix + "ExceptionSorter";
    }

    String checker() {
        return prefix + "ValidConnectionChecker";
    }
}
