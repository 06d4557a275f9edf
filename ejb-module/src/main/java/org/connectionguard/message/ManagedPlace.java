/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.message;

/** Where a pool is set up that WildFly manages. */
public sealed interface ManagedPlace extends PoolPlace permits WildFlyPlace, AgroalPlace {
    /** How connections take part in transactions. */
    String joinTransactions();

    /** How the pool counts. */
    String count();

    /** A name as the CLI reads it. */
    static String quoted(String name) {
        return name.matches("[\\w.-]+") ? name : '"' + name + '"';
    }
}
