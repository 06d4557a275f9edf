/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.testing;

import jakarta.transaction.RollbackException;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.Transaction;
import jakarta.transaction.TransactionManager;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.connectionguard.server.JtaTransaction;
import org.connectionguard.server.WildFlyServer;

/** A server's transactions, one at a time. For any thread. */
public final class FakeTransactions {
    private final Map<Object, Object> resources = new ConcurrentHashMap<>();
    private final Set<Thread> entered = ConcurrentHashMap.newKeySet();
    private final Queue<Runnable> atCommit = new ConcurrentLinkedQueue<>();
    private final Queue<Synchronization> synchronizations = new ConcurrentLinkedQueue<>();
    private volatile int status = Status.STATUS_ACTIVE;

    private final Transaction transaction = Stub.of(Transaction.class, (method, arguments) -> switch (method) {
        case "getStatus" -> status;
        case "setRollbackOnly" -> {
            status = Status.STATUS_MARKED_ROLLBACK;
            yield null;
        }
        case "registerSynchronization" -> register((Synchronization) arguments[0]);
        default -> null;
    });

    private final JtaTransaction.Server server = new JtaTransaction.Server(
            () -> Optional.of(Stub.of(TransactionSynchronizationRegistry.class, (method, arguments) -> switch (method) {
                case "getResource" -> resources.get(arguments[0]);
                case "putResource" -> resources.put(arguments[0], arguments[1]);
                default -> null;
            })),
            Stub.of(TransactionManager.class, (method, arguments) -> switch (method) {
                case "commit" -> commit();
                case "resume" -> entered.add(Thread.currentThread());
                case "suspend" -> entered.remove(Thread.currentThread()) ? transaction : null;
                default -> transaction;
            }),
            new WildFlyServer());

    private Object register(Synchronization synchronization) throws RollbackException {
        if (status == Status.STATUS_MARKED_ROLLBACK) {
            throw new RollbackException();
        }
        if (status != Status.STATUS_ACTIVE) {
            throw new IllegalStateException();
        }
        return synchronizations.add(synchronization);
    }

    private Object commit() {
        for (Runnable next = atCommit.poll(); next != null; next = atCommit.poll()) {
            next.run();
        }
        return transaction;
    }

    /** Happens at the next commit. */
    public void atCommit(Runnable happens) {
        atCommit.add(happens);
    }

    /** The server's side of them. */
    public JtaTransaction.Server server() {
        return server;
    }

    /** That of the calling thread, as a call finds it. */
    public JtaTransaction current() {
        return server.active().orElseThrow();
    }

    /** The one there was is over, and another begins. */
    public void next() {
        resources.clear();
        status = Status.STATUS_ACTIVE;
    }

    /** Its container ends it, on the calling thread; the next one may begin at once. */
    public void end(int how) {
        for (Synchronization each = synchronizations.poll(); each != null; each = synchronizations.poll()) {
            each.afterCompletion(how);
        }
    }

    /** It is committed, if it can be. */
    public void end() {
        end(status == Status.STATUS_ACTIVE ? Status.STATUS_COMMITTED : Status.STATUS_ROLLEDBACK);
    }

    /** Its time is over. */
    public void timeOut() {
        status = Status.STATUS_ROLLEDBACK;
    }

    public boolean isMarkedForRollback() {
        return status == Status.STATUS_MARKED_ROLLBACK;
    }

    /** Whether the calling thread works in it. */
    public boolean isEntered() {
        return entered.contains(Thread.currentThread());
    }
}
