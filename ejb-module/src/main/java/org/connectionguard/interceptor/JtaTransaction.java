/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.interceptor;

import jakarta.transaction.Status;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.util.HashSet;
import java.util.Set;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import javax.sql.DataSource;

/** The transaction of the calling thread, as far as the guard needs it. Stateless but for the registry; for any thread. */
final class JtaTransaction {
    private static final Object MEMO = JtaTransaction.class;

    private final TransactionSynchronizationRegistry registry;

    private JtaTransaction(TransactionSynchronizationRegistry registry) {
        this.registry = registry;
    }

    /** By the name that Jakarta Transactions, chapter 7, gives it in every component's naming context. */
    static JtaTransaction lookUp() {
        try {
            return new JtaTransaction(InitialContext.doLookup("java:comp/TransactionSynchronizationRegistry"));
        } catch (NamingException e) {
            throw new IllegalStateException("The server offers no TransactionSynchronizationRegistry", e);
        }
    }

    boolean isActive() {
        return registry.getTransactionStatus() == Status.STATUS_ACTIVE;
    }

    /** The status as a word, for a message. */
    String status() {
        return switch (registry.getTransactionStatus()) {
            case Status.STATUS_ACTIVE -> "active";
            case Status.STATUS_MARKED_ROLLBACK -> "marked for rollback";
            case Status.STATUS_ROLLING_BACK, Status.STATUS_ROLLEDBACK -> "rolled back";
            case Status.STATUS_NO_TRANSACTION -> "gone";
            default -> "status " + registry.getTransactionStatus();
        };
    }

    /** The data sources guarded in this transaction so far; to be added to. Only while it is active. */
    @SuppressWarnings("unchecked")
    Set<DataSource> guarded() {
        Set<DataSource> guarded = (Set<DataSource>) registry.getResource(MEMO);
        if (guarded == null) {
            guarded = new HashSet<>();
            registry.putResource(MEMO, guarded);
        }
        return guarded;
    }

    void rollBackOnly() {
        registry.setRollbackOnly();
    }
}
