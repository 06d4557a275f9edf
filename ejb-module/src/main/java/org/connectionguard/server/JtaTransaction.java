/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.server;

import jakarta.transaction.HeuristicMixedException;
import jakarta.transaction.HeuristicRollbackException;
import jakarta.transaction.InvalidTransactionException;
import jakarta.transaction.NotSupportedException;
import jakarta.transaction.RollbackException;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.SystemException;
import jakarta.transaction.Transaction;
import jakarta.transaction.TransactionManager;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.connectionguard.GuardDefinitionException;
import org.connectionguard.engine.JobTransaction;
import org.connectionguard.message.Messages;

/**
 * The transaction of one call, as far as the guard needs it. {@link #isActive}, {@link #isOver} and {@link #within} are for any thread, the
 * rest for the call's own.
 */
public final class JtaTransaction implements JobTransaction {
    private final Server server;
    private final Transaction transaction;

    private JtaTransaction(Server server, Transaction transaction) {
        this.server = server;
        this.transaction = transaction;
    }

    /**
     * The server's side of it. Immutable, for any thread.
     *
     * @param registry that of the calling thread's transaction
     */
    public record Server(
            Supplier<Optional<TransactionSynchronizationRegistry>> registry,
            TransactionManager manager,
            ApplicationServer kind) {
        /**
         * Jakarta Transactions names the registry for components only, and the manager nowhere; so each server's own way.
         *
         * @throws GuardDefinitionException where there is none
         */
        public static Server lookUp() {
            ApplicationServer kind = ApplicationServer.here();
            return new Server(
                    new Registry(kind.registries()),
                    kind.transactionManager()
                            .orElseThrow(() -> new GuardDefinitionException(Messages.noTransactionService())),
                    kind);
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

        /**
         * Works in no transaction, whatever the calling thread is in.
         *
         * @throws IllegalStateException where its transaction does not let go
         */
        <T> T outside(Supplier<T> work) {
            Transaction suspended = null;
            try {
                suspended = manager.suspend();
                return work.get();
            } catch (SystemException e) {
                throw new IllegalStateException(e);
            } finally {
                resume(suspended);
            }
        }

        private void resume(Transaction suspended) {
            if (suspended != null) {
                try {
                    manager.resume(suspended);
                } catch (InvalidTransactionException | SystemException e) {
                    throw new IllegalStateException(e);
                }
            }
        }

        /**
         * Works in a transaction of its own; the calling thread is in none.
         *
         * @throws IllegalStateException where it is not committed
         */
        <T> T within(Supplier<T> work) {
            try {
                manager.begin();
            } catch (NotSupportedException | SystemException e) {
                throw new IllegalStateException(e);
            }
            boolean worked = false;
            T result;
            try {
                result = work.get();
                worked = true;
            } finally {
                end(worked);
            }
            return result;
        }

        private void end(boolean worked) {
            try {
                if (worked) {
                    manager.commit();
                } else {
                    manager.rollback();
                }
            } catch (RollbackException | HeuristicMixedException | HeuristicRollbackException | SystemException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** Looked up when it is first needed: some servers show it to threads of components only. For any thread. */
    private static final class Registry implements Supplier<Optional<TransactionSynchronizationRegistry>> {
        private final List<String> names;
        private volatile Optional<TransactionSynchronizationRegistry> known = Optional.empty();

        Registry(List<String> names) {
            this.names = Stream.concat(names.stream(), Stream.of("java:comp/TransactionSynchronizationRegistry"))
                    .toList();
        }

        @Override
        public Optional<TransactionSynchronizationRegistry> get() {
            if (known.isEmpty()) {
                known = names.stream()
                        .flatMap(name -> Names.find(TransactionSynchronizationRegistry.class, name).stream())
                        .findFirst();
            }
            return known;
        }
    }

    @Override
    public boolean letsThreadsIn() {
        return server.kind().letsThreadsIn();
    }

    @Override
    public boolean isActive() {
        return statusCode() == Status.STATUS_ACTIVE;
    }

    @Override
    public boolean isOver() {
        return switch (statusCode()) {
            case Status.STATUS_COMMITTED, Status.STATUS_ROLLEDBACK, Status.STATUS_NO_TRANSACTION -> true;
            default -> false;
        };
    }

    @Override
    public <T> T within(Work<T> work) throws SQLException {
        if (!letsThreadsIn()) {
            // Then it is the job's own, which is in it.
            return work.run();
        }
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

    /**
     * Tells how it ended once it has, on the thread that ends it; at once, where that can be seen by now, or nobody will tell.
     *
     * @param undone is told the status, as a word, by which nothing of it lasts; empty: it was committed, or nobody knows
     */
    public void whenOver(Consumer<Optional<String>> undone) {
        try {
            transaction.registerSynchronization(new AtItsEnd(undone));
        } catch (RollbackException | SystemException | RuntimeException e) {
            undone.accept(isUndone() ? Optional.of(status()) : Optional.empty());
        }
    }

    private boolean isUndone() {
        return switch (statusCode()) {
            case Status.STATUS_MARKED_ROLLBACK, Status.STATUS_ROLLING_BACK, Status.STATUS_ROLLEDBACK -> true;
            default -> false;
        };
    }

    private record AtItsEnd(Consumer<Optional<String>> undone) implements Synchronization {
        @Override
        public void beforeCompletion() {
            // How it ends is not known yet.
        }

        @Override
        public void afterCompletion(int status) {
            undone.accept(status == Status.STATUS_COMMITTED ? Optional.empty() : Optional.of(word(status)));
        }
    }

    /** The status as a word, for a message. */
    public String status() {
        return word(statusCode());
    }

    private static String word(int status) {
        return switch (status) {
            case Status.STATUS_ACTIVE -> "active";
            case Status.STATUS_MARKED_ROLLBACK -> "marked for rollback";
            case Status.STATUS_ROLLING_BACK, Status.STATUS_ROLLEDBACK -> "rolled back";
            case Status.STATUS_NO_TRANSACTION -> "gone";
            case Status.STATUS_UNKNOWN -> "unknown";
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
     * What is kept for as long as the transaction lasts, made at the first call; where the server has no place for it, at each.
     *
     * @param type stands for it
     */
    public <T> T memo(Class<T> type, Supplier<T> made) {
        Optional<TransactionSynchronizationRegistry> registry =
                server.registry().get();
        if (registry.isEmpty()) {
            return made.get();
        }
        try {
            Optional<T> kept =
                    Optional.ofNullable(registry.get().getResource(type)).map(type::cast);
            if (kept.isEmpty()) {
                T memo = made.get();
                registry.get().putResource(type, memo);
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
