/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.bench.app;

import jakarta.annotation.Resource;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.transaction.InvalidTransactionException;
import jakarta.transaction.SystemException;
import jakarta.transaction.Transaction;
import jakarta.transaction.TransactionManager;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.connectionguard.engine.InlineGate;

/**
 * A job that goes through the guard's own gate without handing over: its transaction is suspended, the connection validated
 * on its thread, and pinned. A driver that never returns would keep it for ever.
 */
@Stateless
public class InlineJob extends Job {
    @Resource(lookup = "java:jboss/TransactionManager")
    private TransactionManager transactions;

    @Inject
    private InlineGate gate;

    @Override
    void before(DataSource dataSource) throws SQLException {
        try {
            Transaction transaction = transactions.suspend();
            try {
                gate.pass(dataSource);
            } finally {
                if (transaction != null) {
                    transactions.resume(transaction);
                }
            }
            if (transaction != null) {
                dataSource.getConnection().close();
            }
        } catch (SystemException | InvalidTransactionException e) {
            throw new SQLException(e);
        }
    }
}
