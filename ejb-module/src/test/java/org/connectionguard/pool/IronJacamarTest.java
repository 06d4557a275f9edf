/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import jakarta.resource.ResourceException;
import java.lang.reflect.Field;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.connectionguard.pool.FakeServer.Session;
import org.jboss.jca.adapters.jdbc.BaseWrapperManagedConnection;
import org.jboss.jca.core.api.connectionmanager.pool.FlushMode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The adapter, on the IronJacamar that WildFly has. */
class IronJacamarTest {
    private static final Duration SOON = Duration.ofSeconds(10);

    private final FakeServer server = new FakeServer();
    private final Log log = new Log();
    private final IronJacamar adapter = new IronJacamar();

    @AfterEach
    void closeLog() {
        log.close();
    }

    // Recognised, and who is behind the handle.

    @Test
    void itsHandlesAreRecognised() throws Exception {
        try (Connection handle = start().getConnection();
                Connection second = start().getConnection()) {
            assertThat(adapter.lent(handle)).isTrue();
            assertThat(adapter.lent(second)).isTrue();
        }
    }

    @Test
    void othersAreNot() throws SQLException {
        assertThat(adapter.lent(server.dataSource.getConnection())).isFalse();
    }

    @Test
    void aHandleThatIsNotItsOwnIsRefusedAsAnSqlException() throws SQLException {
        Connection other = server.dataSource.getConnection();

        assertThat(adapter.physical(other)).isEmpty();
        assertThat(adapter.control(other)).isEmpty();
        assertThatThrownBy(() -> adapter.hasLostAutocommit(other)).isInstanceOf(SQLException.class);
        assertThatThrownBy(() -> adapter.evict(other)).isInstanceOf(SQLException.class);
        assertThat(server.sessions.get(0).closed).isTrue();
    }

    @Test
    void thePhysicalConnectionIsTheDrivers() throws Exception {
        DataSource dataSource = start();
        try (Connection handle = dataSource.getConnection()) {
            assertThat(adapter.physical(handle).orElseThrow()).isSameAs(session(0).connection);
        }
        try (Connection again = dataSource.getConnection()) {
            assertThat(adapter.physical(again).orElseThrow()).isSameAs(session(0).connection);
        }
    }

    @Test
    void aClosedHandleHasNothingBehindIt() throws Exception {
        Connection handle = start().getConnection();
        handle.close();

        assertThat(adapter.lent(handle)).isTrue();
        assertThat(adapter.physical(handle)).isEmpty();
        assertThat(adapter.control(handle)).isEmpty();
        assertThatThrownBy(() -> adapter.hasLostAutocommit(handle)).isInstanceOf(SQLException.class);
    }

    @Test
    void evictingAClosedHandleDoesNothing() throws Exception {
        DataSource dataSource = start();
        Connection handle = dataSource.getConnection();
        handle.close();

        adapter.evict(handle);
        adapter.evict(handle);

        assertThat(session(0).isOver()).isFalse();
    }

    // Autocommit.

    @Test
    void autocommitIsNotLostByDefault() throws Exception {
        try (Connection handle = start().getConnection()) {
            assertThat(adapter.hasLostAutocommit(handle)).isFalse();
        }
    }

    @Test
    void autocommitThatSomebodySwitchedOffBehindThePoolsBackIsLost() throws Exception {
        DataSource dataSource = start();
        try (Connection handle = dataSource.getConnection()) {
            adapter.physical(handle).orElseThrow().setAutoCommit(false);
        }
        try (Connection handle = dataSource.getConnection()) {
            assertThat(adapter.hasLostAutocommit(handle)).isTrue();
        }
    }

    @Test
    void autocommitThatThePoolRestoresLateIsNotLost() throws Exception {
        DataSource dataSource = start();
        try (RestoredLate late = new RestoredLate();
                Connection handle = leftOff(dataSource)) {
            assertThat(late.before).isTrue();
            assertThat(session(0).autocommit).isFalse();

            assertThat(adapter.hasLostAutocommit(handle)).isFalse();

            assertThat(session(0).autocommit).isTrue();
        }
    }

    /** Restoring talks to the server, under a lock that the handle's own abort waits for. */
    @Test
    void whatRestoresAutocommitCanBeCutOff() throws Exception {
        DataSource dataSource = start();
        try (RestoredLate late = new RestoredLate();
                Connection handle = leftOff(dataSource)) {
            assertThat(late.before).isTrue();
            session(0).fallSilent();
            Connection physical = assertTimeoutPreemptively(
                    SOON, () -> adapter.physical(handle).orElseThrow());
            CompletableFuture<Boolean> asking = CompletableFuture.supplyAsync(() -> {
                try {
                    return adapter.hasLostAutocommit(handle);
                } catch (SQLException e) {
                    throw new IllegalStateException(e);
                }
            });
            assertThat(session(0).asked.await(10, TimeUnit.SECONDS)).isTrue();
            assertThat(asking).isNotDone();

            physical.abort(Runnable::run);

            assertThatThrownBy(() -> asking.get(10, TimeUnit.SECONDS))
                    .isInstanceOf(ExecutionException.class)
                    .hasRootCauseInstanceOf(SQLException.class);
        }
    }

    @Test
    void whateverADriverThrowsComesOutAsAnSqlException() throws Exception {
        try (Connection handle = start().getConnection()) {
            for (Throwable thrown : List.of(
                    new AbstractMethodError("getAutoCommit"), new ClassCastException(), new NullPointerException())) {
                server.broken = Optional.of(thrown);

                assertThatThrownBy(() -> adapter.hasLostAutocommit(handle))
                        .isInstanceOf(SQLException.class)
                        .hasCause(thrown);
            }
        }
    }

    // Evicting one.

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anEvictedConnectionNeverComesBack(boolean onAList) throws Exception {
        EmbeddedIronJacamar pool = start(onAList);
        Connection sibling = pool.dataSource.getConnection();
        Connection handle = pool.dataSource.getConnection();
        sibling.close();

        adapter.evict(handle);

        assertThat(handle.isClosed()).isTrue();
        assertThat(session(1).isOver()).isTrue();
        assertThat(session(0).isOver()).isFalse();
        assertThat(pool.pool.getLock().availablePermits()).isEqualTo(3);
        try (Connection next = pool.dataSource.getConnection()) {
            assertThat(adapter.physical(next)).contains(session(0).connection);
        }
    }

    @Test
    void evictingIsNoWarning() throws Exception {
        Connection handle = start().getConnection();

        adapter.evict(handle);

        assertThat(log.warnings).isEmpty();
    }

    /** Why the pool's own way is not taken. */
    @Test
    void thePoolsOwnWayIsOne() throws Exception {
        Connection handle = start().getConnection();

        new IronJacamar(IronJacamarTest::unknownClasses).evict(handle);

        assertThat(log.warnings).anyMatch(message -> message.contains("IJ000305"));
    }

    @Test
    void aConnectionEvictedInATransactionStaysForItAndGoesAtItsEnd() throws Exception {
        FakeTransactions transactions = new FakeTransactions();
        DataSource dataSource =
                EmbeddedIronJacamar.of(server).transactions(transactions).start().dataSource;
        transactions.begin();

        adapter.evict(dataSource.getConnection());

        assertThat(session(0).isOver()).isFalse();
        transactions.commit();
        assertThat(session(0).isOver()).isTrue();
    }

    @Test
    void anEvictedHandleIsClosedThoughItsConnectionIsDead() throws Exception {
        EmbeddedIronJacamar pool = start(false);
        Connection handle = pool.dataSource.getConnection();
        session(0).dead = true;

        adapter.evict(handle);

        assertThat(handle.isClosed()).isTrue();
        assertThat(session(0).isOver()).isTrue();
        assertThat(pool.pool.getLock().availablePermits()).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aConnectionThatThePoolHasDestroyedAlreadyIsNoFailure(boolean onAList) throws Exception {
        EmbeddedIronJacamar pool = start(onAList);
        Connection handle = pool.dataSource.getConnection();
        pool.pool.flush(FlushMode.ALL);
        assertThat(session(0).isOver()).isTrue();

        adapter.evict(handle);

        assertThat(handle.isClosed()).isTrue();
        assertThat(pool.pool.getLock().availablePermits()).isEqualTo(3);
    }

    // Evicting the siblings too.

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theIdleSiblingsGoToo(boolean onAList) throws Exception {
        EmbeddedIronJacamar pool = start(onAList);
        Connection handle = idleSiblings(pool.dataSource, 2);

        assertThat(adapter.evictWithSiblings(handle)).isTrue();

        assertThat(handle.isClosed()).isTrue();
        assertThat(server.sessions).hasSize(3).allMatch(Session::isOver);
        assertThat(pool.pool.getLock().availablePermits()).isEqualTo(3);
        try (Connection next = pool.dataSource.getConnection()) {
            assertThat(adapter.physical(next)).contains(session(3).connection);
        }
    }

    @Test
    void siblingsOfOtherUsersGoToo() throws Exception {
        EmbeddedIronJacamar pool = EmbeddedIronJacamar.of(server).manyUsers().start();
        pool.dataSource.getConnection("ann", "secret").close();
        Connection handle = pool.dataSource.getConnection("bob", "secret");

        assertThat(adapter.evictWithSiblings(handle)).isTrue();

        assertThat(server.sessions).hasSize(2).allMatch(Session::isOver);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void siblingsInUseAreLeftToTheirUsers(boolean onAList) throws Exception {
        EmbeddedIronJacamar pool = start(onAList);
        Connection inUse = pool.dataSource.getConnection();
        Connection handle = pool.dataSource.getConnection();

        assertThat(adapter.evictWithSiblings(handle)).isTrue();

        assertThat(session(0).isOver()).isFalse();
        inUse.close();
        try (Connection next = pool.dataSource.getConnection()) {
            assertThat(adapter.physical(next)).contains(session(0).connection);
        }
    }

    /** Who is just borrowing one must find himself in his transaction afterwards. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whoBorrowsMeanwhileIsInHisTransaction(boolean onAList) throws Exception {
        assertThat(autocommitOfWhoBorrowsDuring(onAList, (pool, handle) -> evictWithSiblings(handle)))
                .isFalse();
    }

    private void evictWithSiblings(Connection handle) {
        try {
            adapter.evictWithSiblings(handle);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Why the pool's own graceful flush is not used. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void withAGracefulFlushHeIsOutsideOfIt(boolean onAList) throws Exception {
        assertThat(autocommitOfWhoBorrowsDuring(onAList, (pool, handle) -> pool.pool.flush(FlushMode.GRACEFULLY)))
                .isTrue();
    }

    private boolean autocommitOfWhoBorrowsDuring(boolean onAList, Sweeping sweeping) throws Exception {
        FakeTransactions transactions = new FakeTransactions();
        EmbeddedIronJacamar.Setup setup =
                EmbeddedIronJacamar.of(server).transactions(transactions).validating();
        EmbeddedIronJacamar pool = onAList ? setup.onAList().start() : setup.start();
        Connection handle = idleSiblings(pool.dataSource, 1);
        session(0).onQuestion = () -> sweeping.of(pool, handle);
        transactions.begin();
        try (Connection borrowed = pool.dataSource.getConnection();
                Statement statement = borrowed.createStatement()) {
            assertThat(adapter.physical(borrowed)).contains(session(0).connection);
            statement.execute("update");
            return session(0).autocommit;
        } finally {
            transactions.commit();
        }
    }

    @FunctionalInterface
    private interface Sweeping {
        void of(EmbeddedIronJacamar pool, Connection handle);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void silentSiblingsHoldNobodyUp(boolean onAList) throws Exception {
        EmbeddedIronJacamar pool = start(onAList);
        Connection handle = idleSiblings(pool.dataSource, 2);
        server.sessions.forEach(Session::fallSilent);

        assertTimeoutPreemptively(SOON, () -> adapter.evictWithSiblings(handle));

        assertThat(server.sessions).hasSize(3).allMatch(session -> session.aborted);
        assertThat(server.sessions).allMatch(session -> session.asked.getCount() == 1);
    }

    /** Why the pool's own flush is not used. */
    @Test
    void thePoolsOwnFlushWaitsForThem() throws Exception {
        EmbeddedIronJacamar pool = start(false);
        pool.dataSource.getConnection().close();
        session(0).fallSilent();

        CompletableFuture<Void> flush = CompletableFuture.runAsync(() -> pool.pool.flush(FlushMode.IDLE));

        assertThat(session(0).asked.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(flush).isNotDone();
        session(0).connection.abort(Runnable::run);
        flush.get(10, TimeUnit.SECONDS);
    }

    @Test
    void siblingsThatADriverCannotCutOffAreClosed() throws Exception {
        EmbeddedIronJacamar pool = start(false);
        Connection handle = idleSiblings(pool.dataSource, 2);
        server.noAbort = Optional.of(new AbstractMethodError("abort"));

        assertThat(adapter.evictWithSiblings(handle)).isTrue();

        assertThat(server.sessions).hasSize(3).allMatch(session -> session.closed && !session.aborted);
    }

    // The pool without a handle.

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void idleOnesAndThoseNotYetMadeAreFree(boolean onAList) throws Exception {
        EmbeddedIronJacamar pool = start(onAList);
        Connection first = pool.dataSource.getConnection();
        PoolControl control = adapter.control(first).orElseThrow();
        assertThat(control.free()).hasValue(2);

        Connection second = pool.dataSource.getConnection();
        assertThat(control.free()).hasValue(1);
        Connection third = pool.dataSource.getConnection();
        assertThat(control.free()).hasValue(0);

        first.close();
        assertThat(control.free()).hasValue(1);
        adapter.evict(second);
        assertThat(control.free()).hasValue(2);
        adapter.evictWithSiblings(third);
        assertThat(control.free()).hasValue(3);
    }

    @Test
    void aConnectionBoundToATransactionIsNotFree() throws Exception {
        FakeTransactions transactions = new FakeTransactions();
        DataSource dataSource =
                EmbeddedIronJacamar.of(server).transactions(transactions).start().dataSource;
        transactions.begin();
        Connection handle = dataSource.getConnection();
        PoolControl control = adapter.control(handle).orElseThrow();
        handle.close();

        assertThat(control.free()).hasValue(2);
        transactions.commit();
        assertThat(control.free()).hasValue(3);
    }

    @Test
    void allUsersShareThePoolsSlots() throws Exception {
        EmbeddedIronJacamar pool = EmbeddedIronJacamar.of(server).manyUsers().start();
        try (Connection ann = pool.dataSource.getConnection("ann", "secret");
                Connection bob = pool.dataSource.getConnection("bob", "secret")) {
            assertThat(adapter.control(ann).orElseThrow().free()).hasValue(1);
            assertThat(adapter.control(bob)).isEqualTo(adapter.control(ann));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aSweepDestroysWhatIsIdleAndNothingElse(boolean onAList) throws Exception {
        EmbeddedIronJacamar pool = start(onAList);
        try (Connection inUse = idleSiblings(pool.dataSource, 2)) {
            PoolControl control = adapter.control(inUse).orElseThrow();

            control.sweep();
            control.sweep();

            assertThat(server.sessions).filteredOn(Session::isOver).containsExactly(session(0), session(1));
            assertThat(control.free()).hasValue(2);
        }
        try (Connection next = pool.dataSource.getConnection()) {
            assertThat(adapter.physical(next)).contains(session(2).connection);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void afterManySweepsThePoolStillKeepsWhatItHas(boolean onAList) throws Exception {
        EmbeddedIronJacamar pool = start(onAList);
        for (int i = 0; i < 5; i++) {
            Connection handle = pool.dataSource.getConnection();
            PoolControl control = adapter.control(handle).orElseThrow();
            handle.close();
            control.sweep();
        }
        Connection kept = pool.dataSource.getConnection();
        kept.close();

        assertThat(server.open()).isEqualTo(1);
        assertThat(server.sessions).hasSize(6);
        try (Connection next = pool.dataSource.getConnection()) {
            assertThat(adapter.physical(next)).contains(session(5).connection);
        }
    }

    @Test
    void aPoolThatIsNotAsExpectedTellsNothing() throws Exception {
        try (Connection handle = start().getConnection()) {
            IronJacamarPool known = (IronJacamarPool) adapter.control(handle).orElseThrow();
            PoolControl other = new IronJacamarPool(known.classes(), known.manager(), "no pool", known.permits());

            assertThat(other.enlistment()).isEqualTo(Enlistment.UNKNOWN);
            assertThatThrownBy(other::sweep).isInstanceOf(SQLException.class);
        }
    }

    @Test
    void theSamePoolIsTheSameByWhicheverHandleItIsSeen() throws Exception {
        DataSource dataSource = start();
        try (Connection one = dataSource.getConnection();
                Connection two = dataSource.getConnection();
                Connection other = start().getConnection()) {
            assertThat(adapter.control(one)).isPresent().isEqualTo(adapter.control(two));
            assertThat(adapter.control(one)).isNotEqualTo(adapter.control(other));
        }
    }

    @Test
    void aLocalDataSourceEnlistsInOnePhase() throws Exception {
        assertThat(enlistment(EmbeddedIronJacamar.of(server))).isEqualTo(Enlistment.ONE_PHASE);
    }

    @Test
    void anXaDataSourceEnlistsInTwo() throws Exception {
        assertThat(enlistment(EmbeddedIronJacamar.of(server).xa())).isEqualTo(Enlistment.TWO_PHASE);
    }

    @Test
    void aDataSourceWithoutJtaDoesNotEnlist() throws Exception {
        assertThat(enlistment(EmbeddedIronJacamar.of(server).withoutTransactions()))
                .isEqualTo(Enlistment.NONE);
    }

    private Enlistment enlistment(EmbeddedIronJacamar.Setup setup) throws Exception {
        try (Connection handle = setup.start().dataSource.getConnection()) {
            return adapter.control(handle).orElseThrow().enlistment();
        }
    }

    // Exhausted.

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anExhaustedPoolIsKnownByItsWords(boolean onAList) throws Exception {
        EmbeddedIronJacamar pool = start(onAList);
        for (int i = 0; i < 3; i++) {
            pool.dataSource.getConnection();
        }
        assertThatThrownBy(pool.dataSource::getConnection).matches(adapter::isExhausted);
    }

    @Test
    void aServerThatIsDownIsNoExhaustion() throws Exception {
        DataSource dataSource = start();
        server.refusal = Optional.of(new SQLException("Connection refused", "08001"));

        assertThatThrownBy(dataSource::getConnection).matches(failure -> !adapter.isExhausted(failure));
        assertThat(adapter.isExhausted(new SQLException())).isFalse();
    }

    // Where only the handle's public methods are as expected.

    @Test
    void anotherGenerationsHandlesDoWhatTheyCan() throws Exception {
        IronJacamar other = new IronJacamar(IronJacamarTest::unknownClasses);
        DataSource dataSource = start();
        Connection handle = idleSiblings(dataSource, 1);

        assertThat(other.lent(handle)).isTrue();
        assertThat(other.physical(handle)).contains(session(1).connection);
        assertThat(other.hasLostAutocommit(handle)).isFalse();
        assertThat(other.control(handle)).isEmpty();
        assertThat(other.evictWithSiblings(handle)).isFalse();

        assertThat(handle.isClosed()).isTrue();
        assertThat(server.sessions).filteredOn(Session::isOver).containsExactly(session(1));
        assertThat(other.physical(handle)).isEmpty();
    }

    private static IronJacamarClasses unknownClasses(Class<?> handle) throws NoSuchFieldException {
        throw new NoSuchFieldException(handle.getName());
    }

    private DataSource start() throws ResourceException {
        return start(false).dataSource;
    }

    private EmbeddedIronJacamar start(boolean onAList) throws ResourceException {
        EmbeddedIronJacamar.Setup setup = EmbeddedIronJacamar.of(server);
        return onAList ? setup.onAList().start() : setup.start();
    }

    private Session session(int number) {
        return server.sessions.get(number);
    }

    /** Leaves so many connections idle, the sessions from 0 on, and gives a handle of another one. */
    private static Connection idleSiblings(DataSource dataSource, int count) throws SQLException {
        List<Connection> siblings = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            siblings.add(dataSource.getConnection());
        }
        Connection handle = dataSource.getConnection();
        for (Connection sibling : siblings) {
            sibling.close();
        }
        return handle;
    }

    /** A handle of a connection whose last user had switched autocommit off, by the pool's own means. */
    private static Connection leftOff(DataSource dataSource) throws SQLException {
        try (Connection user = dataSource.getConnection();
                Statement statement = user.createStatement()) {
            user.setAutoCommit(false);
            statement.execute("update");
        }
        return dataSource.getConnection();
    }

    /** {@code ironjacamar.jdbc.setautocommitoncleanup=false}, which IronJacamar reads once only. */
    private static final class RestoredLate implements AutoCloseable {
        private final Field setting;
        final boolean before;

        RestoredLate() throws ReflectiveOperationException {
            setting = BaseWrapperManagedConnection.class.getDeclaredField("setAutoCommitOnCleanup");
            setting.setAccessible(true);
            before = setting.getBoolean(null);
            setting.setBoolean(null, false);
        }

        @Override
        public void close() throws IllegalAccessException {
            setting.setBoolean(null, before);
        }
    }

    /** What IronJacamar says meanwhile, from WARNING on. */
    private static final class Log extends Handler {
        final List<String> warnings = new ArrayList<>();
        private final Logger logger = Logger.getLogger("org.jboss.jca");

        Log() {
            logger.setUseParentHandlers(false);
            logger.addHandler(this);
        }

        @Override
        public void publish(LogRecord record) {
            if (record.getLevel().intValue() >= Level.WARNING.intValue()) {
                warnings.add(record.getMessage());
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {
            logger.removeHandler(this);
            logger.setUseParentHandlers(true);
        }
    }
}
