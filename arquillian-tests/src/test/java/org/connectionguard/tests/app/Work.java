/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests.app;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import javax.sql.DataSource;

/** What the bodies do; each call is one body run. For any thread. */
@ApplicationScoped
public class Work {
    @Inject
    private Ledger ledger;

    @Resource
    private TransactionSynchronizationRegistry transactions;

    /** Writes and reads through JPA, in the body's transaction. */
    public void run(Object job, EntityManager entityManager) {
        ledger.bodyStarted(name(job));
        ledger.run().ifPresent(this::recordCommit);
        again(job, entityManager);
    }

    /** The same again, in the same body. */
    public void again(Object job, EntityManager entityManager) {
        entityManager.persist(new Entry(name(job), ledger.run().orElse("")));
        entityManager.flush();
        ledger.bodySucceeded(name(job), connection(entityManager));
    }

    private void recordCommit(String run) {
        transactions.registerInterposedSynchronization(new Synchronization() {
            @Override
            public void beforeCompletion() {
                // Only the end counts.
            }

            @Override
            public void afterCompletion(int status) {
                if (status == Status.STATUS_COMMITTED) {
                    ledger.committed(run);
                }
            }
        });
    }

    /** The body comes to its end, and its commit fails; as where JPA has statements left for it that the database refuses. */
    public void refuseCommit() {
        transactions.registerInterposedSynchronization(new Synchronization() {
            @Override
            public void beforeCompletion() {
                throw new IllegalStateException("Refused at the commit, as the test wants it");
            }

            @Override
            public void afterCompletion(int status) {
                // Not committed.
            }
        });
    }

    /**
     * Stays inside a statement until the server ends it; what becomes of it is in the ledger with state and code. (A sleep
     * that a shutdown ends is no error for MySQL.)
     */
    public void stayInStatement(Object job, EntityManager entityManager) {
        String columns = "information_schema.columns";
        try {
            entityManager
                    .createNativeQuery("select count(*) from " + columns + " a, " + columns + " b, " + columns + " c, "
                            + columns + " d")
                    .getSingleResult();
        } catch (RuntimeException e) {
            Throwable cause = e;
            while (cause.getCause() != null && !(cause instanceof SQLException)) {
                cause = cause.getCause();
            }
            if (cause instanceof SQLException exception) {
                ledger.failed(name(job), new SQLException(exception.getSQLState() + " / " + exception.getErrorCode()));
            }
            throw e;
        }
    }

    /** Asks the connection how many queries it has answered. */
    public void countSelects(Object job, EntityManager entityManager) {
        List<?> rows = entityManager
                .createNativeQuery("show session status where variable_name in ('Com_select', 'Com_do')")
                .getResultList();
        ledger.counted(
                name(job),
                rows.stream()
                        .mapToLong(row -> Long.parseLong(String.valueOf(((Object[]) row)[1])))
                        .sum());
    }

    /** Reads through JPA, where there may be no transaction. */
    public void read(Object job, EntityManager entityManager) {
        ledger.bodyStarted(name(job));
        entityManager.createQuery("select count(e) from Entry e", Long.class).getSingleResult();
        ledger.bodySucceeded(name(job), connection(entityManager));
    }

    /** Plain JDBC. */
    public void run(Object job, DataSource dataSource) throws SQLException {
        ledger.bodyStarted(name(job));
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement();
                ResultSet answer = statement.executeQuery("select connection_id()")) {
            answer.next();
            ledger.bodySucceeded(name(job), answer.getLong(1));
        }
    }

    /** The body hid its failure from everybody else. */
    public void swallowed(Object job, Exception failure) {
        ledger.failed(name(job), failure);
    }

    private static long connection(EntityManager entityManager) {
        Number id = (Number)
                entityManager.createNativeQuery("select connection_id()").getSingleResult();
        return id.longValue();
    }

    /** The class as written: containers hand out subclasses of it. */
    private static String name(Object job) {
        return job.getClass().getSimpleName().replaceAll("\\$.*", "");
    }
}
