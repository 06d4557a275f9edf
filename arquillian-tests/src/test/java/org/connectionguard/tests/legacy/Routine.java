/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests.legacy;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.connectionguard.tests.app.Entry;

/** What the bodies do, and that they did it. For any thread. */
@ApplicationScoped
public class Routine {
    @Inject
    private Tally tally;

    /** Writes through JPA, in the body's transaction. */
    public void write(Object job, EntityManager entityManager) {
        tally.note(job, Tally.Kind.STARTED);
        entityManager.persist(new Entry(Tally.name(job), ""));
        entityManager.flush();
        tally.note(job, Tally.Kind.SUCCEEDED);
    }

    /** The same again, in the same body. */
    public void writeAgain(Object job, EntityManager entityManager) {
        entityManager.persist(new Entry(Tally.name(job), ""));
        entityManager.flush();
    }

    /** Reads through JPA, where there may be no transaction. */
    public void read(Object job, EntityManager entityManager) {
        tally.note(job, Tally.Kind.STARTED);
        entityManager.createQuery("select count(e) from Entry e", Long.class).getSingleResult();
        tally.note(job, Tally.Kind.SUCCEEDED);
    }

    /**
     * Plain JDBC. A checked exception would let the container commit, and a commit that fails makes the pool destroy the
     * connection: such jobs lose one run, not all.
     */
    public void ask(Object job, DataSource dataSource) {
        tally.note(job, Tally.Kind.STARTED);
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement();
                ResultSet answer = statement.executeQuery("select 1")) {
            answer.next();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        tally.note(job, Tally.Kind.SUCCEEDED);
    }

    /** The body hid its failure from everybody else. */
    public void swallowed(Object job, Exception failure) {
        tally.failed(job, failure);
    }
}
