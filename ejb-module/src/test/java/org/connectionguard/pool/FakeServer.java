/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.pool;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.Driver;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import javax.sql.XAConnection;
import javax.sql.XADataSource;
import javax.transaction.xa.XAResource;

/** A driver, and a server that keeps no data: its sessions count, die, fall silent and refuse. For any thread. */
final class FakeServer {
    static final String URL = "jdbc:fake:";

    /** The sessions, in the order in which they were opened. */
    final List<Session> sessions = new CopyOnWriteArrayList<>();

    /** What a connect throws; empty: the server is up. */
    volatile Optional<SQLException> refusal = Optional.empty();

    /** What an abort throws, in the manner of old drivers. */
    volatile Optional<Throwable> noAbort = Optional.empty();

    /** What the driver throws when asked for autocommit, in the manner of bad ones. */
    volatile Optional<Throwable> broken = Optional.empty();

    final Driver driver = proxy(Driver.class, (proxy, method, arguments) -> switch (method.getName()) {
        case "connect" -> connect();
        case "acceptsURL" -> arguments[0].equals(URL);
        case "toString" -> "fake driver";
        default -> throw new UnsupportedOperationException(method.getName());
    });

    final DataSource dataSource = proxy(DataSource.class, (proxy, method, arguments) -> switch (method.getName()) {
        case "getConnection" -> connect();
        case "getLoginTimeout" -> 0;
        case "setLoginTimeout", "setLogWriter" -> null;
        case "hashCode" -> System.identityHashCode(proxy);
        case "equals" -> proxy == arguments[0];
        default -> throw new UnsupportedOperationException(method.getName());
    });

    final XADataSource xaDataSource = proxy(XADataSource.class, (proxy, method, arguments) -> xaConnection(connect()));

    /** One of its sessions, and the connection that has it. */
    final class Session {
        volatile boolean dead;
        volatile boolean autocommit = true;
        volatile boolean aborted;
        volatile boolean closed;
        final AtomicInteger autocommitChanges = new AtomicInteger();

        /** What happens at the next question, on the thread that asks. */
        volatile Runnable onQuestion = () -> {};

        /** Counted down where somebody waits for an answer. */
        final CountDownLatch asked = new CountDownLatch(1);

        /** Counted down when it is over. */
        final CountDownLatch end = new CountDownLatch(1);

        private volatile Optional<CountDownLatch> silence = Optional.empty();

        final Connection connection = proxy(Connection.class, this::call);

        /** From now on nothing is answered, and who asks waits until the connection is aborted. */
        void fallSilent() {
            silence = Optional.of(new CountDownLatch(1));
        }

        boolean isOver() {
            return aborted || closed;
        }

        private Object call(Object proxy, Method method, Object[] arguments) throws Throwable {
            switch (method.getName()) {
                case "abort" -> {
                    if (noAbort.isPresent()) {
                        throw noAbort.get();
                    }
                    aborted = true;
                    end.countDown();
                    silence.ifPresent(CountDownLatch::countDown);
                    return null;
                }
                case "close" -> {
                    if (!isOver()) {
                        // As some drivers do, it says good-bye and waits for the answer.
                        silence();
                    }
                    closed = true;
                    end.countDown();
                    return null;
                }
                case "isClosed" -> {
                    return isOver();
                }
                case "isValid" -> {
                    onQuestion.run();
                    silence();
                    return !dead && !isOver();
                }
                case "getAutoCommit" -> {
                    if (broken.isPresent()) {
                        throw broken.get();
                    }
                    return autocommit;
                }
                case "setAutoCommit" -> {
                    if (autocommit != (boolean) arguments[0]) {
                        ask();
                        autocommitChanges.incrementAndGet();
                        autocommit = (boolean) arguments[0];
                    }
                    return null;
                }
                case "rollback", "commit" -> {
                    ask();
                    return null;
                }
                case "createStatement" -> {
                    return proxy(Statement.class, (statement, each, none) -> switch (each.getName()) {
                        case "execute" -> {
                            ask();
                            yield false;
                        }
                        case "isClosed" -> false;
                        default -> defaultValue(each);
                    });
                }
                case "getMetaData" -> {
                    return proxy(
                            DatabaseMetaData.class,
                            (metaData, each, none) ->
                                    each.getReturnType() == String.class ? "Fake" : defaultValue(each));
                }
                case "getTransactionIsolation" -> {
                    return Connection.TRANSACTION_READ_COMMITTED;
                }
                case "hashCode" -> {
                    return System.identityHashCode(proxy);
                }
                case "equals" -> {
                    return proxy == arguments[0];
                }
                case "toString" -> {
                    return "session " + sessions.indexOf(this);
                }
                default -> {
                    return defaultValue(method);
                }
            }
        }

        private void ask() throws SQLException, InterruptedException {
            silence();
            if (dead || isOver()) {
                throw new SQLException("Communications link failure", "08S01");
            }
        }

        private void silence() throws InterruptedException {
            if (silence.isPresent()) {
                asked.countDown();
                silence.get().await();
            }
        }
    }

    /** How many connects have not been answered. */
    final AtomicInteger unanswered = new AtomicInteger();

    /** Present: a connect is not answered until this is counted down. */
    volatile Optional<CountDownLatch> greeting = Optional.empty();

    private Connection connect() throws SQLException {
        if (greeting.isPresent()) {
            unanswered.incrementAndGet();
            awaitGreeting(greeting.get());
        }
        if (refusal.isPresent()) {
            throw refusal.get();
        }
        Session session = new Session();
        sessions.add(session);
        return session.connection;
    }

    /** As a socket does it, whatever interrupts. */
    private static void awaitGreeting(CountDownLatch given) {
        boolean interrupted = false;
        while (given.getCount() > 0) {
            try {
                given.await();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static XAConnection xaConnection(Connection connection) {
        XAResource resource = proxy(XAResource.class, (proxy, method, arguments) -> defaultValue(method));
        return proxy(XAConnection.class, (proxy, method, arguments) -> switch (method.getName()) {
            case "getConnection" -> connection;
            case "getXAResource" -> resource;
            case "close" -> {
                connection.close();
                yield null;
            }
            default -> defaultValue(method);
        });
    }

    /** The session that a physical connection has. */
    Session sessionOf(Connection physical) {
        return sessions.stream()
                .filter(session -> session.connection == physical)
                .findFirst()
                .orElseThrow();
    }

    /** How many sessions are open. */
    long open() {
        return sessions.stream().filter(session -> !session.isOver()).count();
    }

    static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(FakeServer.class.getClassLoader(), new Class<?>[] {type}, handler));
    }

    private static Object defaultValue(Method method) {
        Class<?> type = method.getReturnType();
        if (type == boolean.class) {
            return false;
        }
        return type == int.class ? (Object) 0 : null;
    }
}
