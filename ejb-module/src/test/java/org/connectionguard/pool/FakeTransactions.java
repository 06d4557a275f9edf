/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.pool;

import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.Transaction;
import jakarta.transaction.TransactionManager;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;
import org.jboss.jca.core.spi.transaction.TransactionIntegration;
import org.jboss.jca.core.tx.noopts.TransactionIntegrationImpl;

/** As much of a transaction manager as the pools ask for: one transaction at a time, which only commits. */
final class FakeTransactions {
    private final class Running {
        final Xid xid = FakeServer.proxy(Xid.class, (proxy, method, arguments) -> switch (method.getName()) {
            case "getFormatId" -> 1;
            case "equals" -> proxy == arguments[0];
            case "hashCode" -> System.identityHashCode(proxy);
            default -> new byte[0];
        });
        final List<XAResource> resources = new ArrayList<>();
        final List<Synchronization> synchronizations = new ArrayList<>();
        final Map<Object, Object> attachments = new HashMap<>();
        final Transaction transaction =
                FakeServer.proxy(Transaction.class, (proxy, method, arguments) -> switch (method.getName()) {
                    case "getStatus" -> Status.STATUS_ACTIVE;
                    case "enlistResource" -> {
                        XAResource resource = (XAResource) arguments[0];
                        resource.start(xid, XAResource.TMNOFLAGS);
                        yield resources.add(resource);
                    }
                    case "delistResource" -> true;
                    case "registerSynchronization" -> synchronizations.add((Synchronization) arguments[0]);
                    case "equals" -> proxy == arguments[0];
                    case "hashCode" -> System.identityHashCode(proxy);
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }

    private volatile Optional<Running> running = Optional.empty();

    final TransactionManager manager =
            FakeServer.proxy(TransactionManager.class, (proxy, method, arguments) -> switch (method.getName()) {
                case "getStatus" -> status();
                case "getTransaction" -> running.map(each -> each.transaction).orElse(null);
                default -> throw new UnsupportedOperationException(method.getName());
            });

    final TransactionSynchronizationRegistry registry = FakeServer.proxy(
            TransactionSynchronizationRegistry.class, (proxy, method, arguments) -> switch (method.getName()) {
                case "getTransactionStatus" -> status();
                case "getTransactionKey" -> running.orElse(null);
                case "putResource" -> running.orElseThrow().attachments.put(arguments[0], arguments[1]);
                case "getResource" -> running.orElseThrow().attachments.get(arguments[0]);
                case "registerInterposedSynchronization" ->
                    running.orElseThrow().synchronizations.add((Synchronization) arguments[0]);
                default -> throw new UnsupportedOperationException(method.getName());
            });

    final TransactionIntegration integration = new TransactionIntegrationImpl(manager, registry, null, null, null);

    private int status() {
        return running.isPresent() ? Status.STATUS_ACTIVE : Status.STATUS_NO_TRANSACTION;
    }

    void begin() {
        running = Optional.of(new Running());
    }

    void commit() throws XAException {
        Running ended = running.orElseThrow();
        ended.synchronizations.forEach(Synchronization::beforeCompletion);
        for (XAResource resource : ended.resources) {
            resource.end(ended.xid, XAResource.TMSUCCESS);
            resource.commit(ended.xid, true);
        }
        running = Optional.empty();
        ended.synchronizations.forEach(each -> each.afterCompletion(Status.STATUS_COMMITTED));
    }
}
