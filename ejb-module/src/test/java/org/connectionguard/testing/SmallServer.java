/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.testing;

import jakarta.transaction.TransactionManager;
import jakarta.transaction.TransactionSynchronizationRegistry;

/** The services of a server, under WildFly's names. Stateless. */
public final class SmallServer {
    private SmallServer() {}

    /** Transactions, of which none is ever active. */
    public static void bindTransactions(Jndi jndi) {
        jndi.bind("java:jboss/TransactionManager", Stub.of(TransactionManager.class, (method, arguments) -> null));
        jndi.bind(
                "java:jboss/TransactionSynchronizationRegistry",
                Stub.of(TransactionSynchronizationRegistry.class, (method, arguments) -> null));
    }
}
