/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.server;

import jakarta.transaction.Transaction;
import jakarta.transaction.TransactionManager;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.connectionguard.testing.Stub;

/** A server's transactions, of which it is written down what was asked of them, beside what else a test writes there. */
final class RecordedTransactions {
    /** What happened. */
    final List<String> happened = new ArrayList<>();

    /** What a method of the manager throws, by its name. */
    Map<String, Exception> failures = Map.of();

    /** Whether the calling thread is in one. */
    boolean present = true;

    private final Transaction transaction = Stub.of(Transaction.class, (method, arguments) -> null);

    JtaTransaction.Server server() {
        return new JtaTransaction.Server(
                Optional::empty, Stub.of(TransactionManager.class, this::manage), new WildFlyServer());
    }

    private Object manage(String method, Object[] arguments) throws Exception {
        happened.add(method);
        if (failures.containsKey(method)) {
            throw failures.get(method);
        }
        return method.equals("suspend") && present ? transaction : null;
    }
}
