/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.doctor;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;
import org.connectionguard.database.DatabaseProduct;
import org.connectionguard.database.Failure;
import org.connectionguard.database.Products;
import org.connectionguard.database.ServerFacts;
import org.connectionguard.message.Diagnoses;
import org.connectionguard.pool.Pool;
import org.connectionguard.pool.Pools;

/**
 * One asking of one server, on a thread of its own, which driver, pool and network may hold up as long as they like. The
 * waiting thread aborts the connection, or interrupts the wait for one. Only a connect that never returns keeps the thread,
 * and only the driver can end that.
 */
final class Interview {
    /** What came of it. */
    record Answer(Optional<ServerFacts> server, Optional<String> noAnswer) {
        static Answer none(String why) {
            return new Answer(Optional.empty(), Optional.of(why));
        }
    }

    private final DataSource dataSource;
    private final Pools pools;
    private final Runnable atEnd;
    private final Thread thread;
    private final CompletableFuture<Answer> answer = new CompletableFuture<>();

    /** The connection that is being asked. Who takes it out of here decides what becomes of it. */
    private final AtomicReference<Optional<Connection>> asked = new AtomicReference<>(Optional.empty());

    private Interview(String name, DataSource dataSource, Pools pools, Runnable atEnd) {
        this.dataSource = dataSource;
        this.pools = pools;
        this.atEnd = atEnd;
        this.thread = new Thread(this::run, "connection-guard doctor " + name);
        this.thread.setDaemon(true);
    }

    /** Begins to ask. */
    static Interview begin(String name, DataSource dataSource, Pools pools, Runnable atEnd) {
        Interview interview = new Interview(name, dataSource, pools, atEnd);
        interview.thread.start();
        return interview;
    }

    private void run() {
        try {
            answer.complete(ask(true));
        } catch (SQLException | RuntimeException | LinkageError e) {
            // After the end no further class is asked for: the application may be gone, and its class loader with it.
            if (!answer.isDone()) {
                answer.complete(Answer.none(Failure.describe(e)));
            }
        } finally {
            atEnd.run();
        }
    }

    /**
     * @param again whether a connection that is lost may have died in the pool, so that a second one is worth a try
     */
    private Answer ask(boolean again) throws SQLException {
        Connection handle = dataSource.getConnection();
        if (answer.isDone()) {
            handle.close();
            return answer.join();
        }
        Pool lender = pools.of(handle);
        asked.set(lender.physical(handle).or(() -> Optional.of(handle)));
        try {
            Optional<ServerFacts> facts = facts(handle);
            giveBack(lender, handle, !isOurs());
            return new Answer(facts, Optional.empty());
        } catch (SQLException | RuntimeException e) {
            boolean lost = Failure.isLostConnection(e, Optional.empty());
            giveBack(lender, handle, !isOurs() || lost);
            if (again && lost && !answer.isDone()) {
                return ask(false);
            }
            throw e;
        }
    }

    private static Optional<ServerFacts> facts(Connection connection) throws SQLException {
        Optional<DatabaseProduct> product = Products.of(connection);
        return product.isPresent() ? Optional.of(product.get().facts(connection)) : Optional.empty();
    }

    /** Whether nobody aborts the connection; from now on nobody will. */
    private boolean isOurs() {
        return asked.getAndSet(Optional.empty()).isPresent();
    }

    private static void giveBack(Pool lender, Connection handle, boolean broken) {
        try {
            if (broken) {
                lender.evictWithSiblings(handle);
            } else {
                handle.close();
            }
        } catch (SQLException | RuntimeException e) {
            // The pool has been told all that it can be told.
        }
    }

    /** Waits for the answer, at most so long; then nobody is asked any more. */
    Answer await(Duration patience) {
        try {
            return answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return end(asked.get().isPresent() ? Diagnoses.noAnswer(patience) : Diagnoses.noConnection(patience));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return end(Diagnoses.interrupted());
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Ends it, if it has not ended: the answer that it then has. */
    Answer end(String why) {
        answer.complete(Answer.none(why));
        try {
            Optional<Connection> silent = asked.getAndSet(Optional.empty());
            if (silent.isPresent()) {
                silent.get().abort(Runnable::run);
            } else {
                thread.interrupt();
            }
        } catch (SQLException e) {
            // Then it cannot be aborted: its driver has the thread.
        }
        return answer.join();
    }
}
