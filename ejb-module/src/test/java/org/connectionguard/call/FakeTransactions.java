/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.call;

import jakarta.transaction.Status;
import jakarta.transaction.Transaction;
import jakarta.transaction.TransactionManager;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.connectionguard.server.JtaTransaction;
import org.connectionguard.testing.Stub;

/** A server's transactions, one at a time. For any thread. */
final class FakeTransactions {
    private final Map<Object, Object> resources = new ConcurrentHashMap<>();
    private final Set<Thread> entered = ConcurrentHashMap.newKeySet();
    private volatile int status = Status.STATUS_ACTIVE;

    private final Transaction transaction = Stub.of(Transaction.class, (method, arguments) -> switch (method) {
        case "getStatus" -> status;
        case "setRollbackOnly" -> {
            status = Status.STATUS_MARKED_ROLLBACK;
            yield null;
        }
        default -> null;
    });

    private final JtaTransaction.Server server = new JtaTransaction.Server(
            Stub.of(TransactionSynchronizationRegistry.class, (method, arguments) -> switch (method) {
                case "getResource" -> resources.get(arguments[0]);
                case "putResource" -> resources.put(arguments[0], arguments[1]);
                default -> null;
            }),
            Stub.of(TransactionManager.class, (method, arguments) -> switch (method) {
                case "resume" -> entered.add(Thread.currentThread());
                case "suspend" -> entered.remove(Thread.currentThread()) ? transaction : null;
                default -> transaction;
            }));

    /** That of the calling thread, as a call finds it. */
    JtaTransaction current() {
        return server.active().orElseThrow();
    }

    /** The one there was is over, and another begins. */
    void next() {
        resources.clear();
        status = Status.STATUS_ACTIVE;
    }

    /** Its time is over. */
    void timeOut() {
        status = Status.STATUS_ROLLEDBACK;
    }

    boolean isMarkedForRollback() {
        return status == Status.STATUS_MARKED_ROLLBACK;
    }

    /** Whether the calling thread works in it. */
    boolean isEntered() {
        return entered.contains(Thread.currentThread());
    }
}
