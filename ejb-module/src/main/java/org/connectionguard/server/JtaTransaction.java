/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.server;

import jakarta.transaction.InvalidTransactionException;
import jakarta.transaction.Status;
import jakarta.transaction.SystemException;
import jakarta.transaction.Transaction;
import jakarta.transaction.TransactionManager;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import org.connectionguard.GuardDefinitionException;
import org.connectionguard.engine.JobTransaction;
import org.connectionguard.message.Messages;

/**
 * The transaction of one call, as far as the guard needs it. {@link #isActive()} and {@link #within} are for any thread, the
 * rest for the call's own.
 */
public final class JtaTransaction implements JobTransaction {
    private final Server server;
    private final Transaction transaction;

    private JtaTransaction(Server server, Transaction transaction) {
        this.server = server;
        this.transaction = transaction;
    }

    /** The server's side of it. Immutable, for any thread. */
    public record Server(TransactionSynchronizationRegistry registry, TransactionManager manager) {
        /**
         * Jakarta Transactions names the registry for components only, and the manager nowhere; so servers' own names.
         *
         * @throws GuardDefinitionException where there is none
         */
        public static Server lookUp() {
            return new Server(
                    first(
                            TransactionSynchronizationRegistry.class,
                            "java:jboss/TransactionSynchronizationRegistry",
                            "java:appserver/TransactionSynchronizationRegistry",
                            "java:comp/TransactionSynchronizationRegistry"),
                    first(
                            TransactionManager.class,
                            "java:jboss/TransactionManager",
                            "java:appserver/TransactionManager",
                            "java:comp/TransactionManager"));
        }

        /** The transaction of the calling thread; empty where it is in none, or in one that is over or going to be. */
        public Optional<JtaTransaction> active() {
            try {
                Transaction transaction = manager.getTransaction();
                return Optional.ofNullable(transaction)
                        .map(present -> new JtaTransaction(this, present))
                        .filter(JtaTransaction::isActive);
            } catch (SystemException e) {
                return Optional.empty();
            }
        }

        private static <T> T first(Class<T> type, String... names) {
            for (String name : names) {
                try {
                    return type.cast(InitialContext.doLookup(name));
                } catch (NamingException | ClassCastException e) {
                    // Another server's name.
                }
            }
            throw new GuardDefinitionException(Messages.noTransactionService(type.getSimpleName(), List.of(names)));
        }
    }

    @Override
    public boolean isActive() {
        return statusCode() == Status.STATUS_ACTIVE;
    }

    @Override
    public <T> T within(Work<T> work) throws SQLException {
        try {
            server.manager().resume(transaction);
        } catch (InvalidTransactionException | SystemException e) {
            throw new SQLException("The job's transaction (" + status() + ") lets nobody in", e);
        }
        try {
            return work.run();
        } finally {
            leave();
        }
    }

    private void leave() {
        try {
            server.manager().suspend();
        } catch (SystemException e) {
            throw new IllegalStateException("The job's transaction (" + status() + ") does not let go", e);
        }
    }

    /** The status as a word, for a message. */
    public String status() {
        int status = statusCode();
        return switch (status) {
            case Status.STATUS_ACTIVE -> "active";
            case Status.STATUS_MARKED_ROLLBACK -> "marked for rollback";
            case Status.STATUS_ROLLING_BACK, Status.STATUS_ROLLEDBACK -> "rolled back";
            case Status.STATUS_NO_TRANSACTION -> "gone";
            default -> "status " + status;
        };
    }

    private int statusCode() {
        try {
            return transaction.getStatus();
        } catch (SystemException e) {
            return Status.STATUS_UNKNOWN;
        }
    }

    /**
     * What is kept for as long as the transaction lasts, made at the first call.
     *
     * @param type stands for it
     */
    public <T> T memo(Class<T> type, Supplier<T> made) {
        try {
            Optional<T> kept =
                    Optional.ofNullable(server.registry().getResource(type)).map(type::cast);
            if (kept.isEmpty()) {
                T memo = made.get();
                server.registry().putResource(type, memo);
                return memo;
            }
            return kept.get();
        } catch (IllegalStateException e) {
            // It has ended meanwhile: there is nothing to be kept for.
            return made.get();
        }
    }

    /** Nothing of it is to last. */
    public void doom() {
        try {
            transaction.setRollbackOnly();
        } catch (SystemException | IllegalStateException e) {
            // It is over already: nothing of it lasts.
        }
    }
}
