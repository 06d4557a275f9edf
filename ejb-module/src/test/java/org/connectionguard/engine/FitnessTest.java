/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.connectionguard.config.Settings;
import org.connectionguard.engine.Outcome.Fault;
import org.connectionguard.pool.Pools;
import org.connectionguard.testing.Stub;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What each answer of a connection means. */
class FitnessTest {
    private static final Settings WRITABLE = Settings.DEFAULTS.withWritable(true);

    private final VirtualTime time = new VirtualTime();
    private final Fitness fitness = new Fitness(new Validations(), time);

    /** What isValid was given, in seconds. */
    private final List<Object> bounds = new ArrayList<>();

    private String product = "Fake";

    /** What isValid says. */
    private Stub.Answer valid = (method, arguments) -> true;

    /** The rows that come of a statement; empty: it has none to give. */
    private Optional<List<Long>> rows = Optional.empty();

    private Optional<SQLException> complaint = Optional.empty();
    private int open;

    /** What the driver's connection says of itself. */
    private Callable<Boolean> autoCommit = () -> true;

    /** Whether the pool's handle was asked, and not the driver's connection. */
    private boolean handleAsked;

    private final Connection connection = Stub.of(Connection.class, this::answer);

    private Object answer(String method, Object[] arguments) throws Exception {
        return switch (method) {
            case "isValid" -> {
                bounds.add(arguments[0]);
                yield valid.to(method, arguments);
            }
            case "getMetaData" ->
                Stub.of(DatabaseMetaData.class, (asked, nothing) -> switch (asked) {
                    case "getDatabaseMajorVersion" -> 9;
                    case "getDatabaseProductName" -> product;
                    default -> "9.7";
                });
            case "createStatement" -> statement();
            case "getAutoCommit" -> autoCommit.call();
            default -> throw new UnsupportedOperationException(method);
        };
    }

    private Statement statement() {
        open++;
        return Stub.of(Statement.class, (method, arguments) -> switch (method) {
            case "execute" -> {
                if (complaint.isPresent()) {
                    throw complaint.get();
                }
                yield rows.isPresent();
            }
            case "getResultSet" -> answer(rows.orElseThrow());
            default -> open--;
        });
    }

    private ResultSet answer(List<Long> numbers) {
        open++;
        return Stub.of(ResultSet.class, (method, arguments) -> switch (method) {
            case "next" -> !numbers.isEmpty();
            case "getLong" -> numbers.get(0);
            default -> open--;
        });
    }

    private Fitness.Look look(Settings settings, boolean inTransaction, boolean forgiving) throws SQLException {
        Borrowed borrowed = new Borrowed(connection, new Pools(List.of()));
        return fitness.at(borrowed, Optional.of(connection), settings, inTransaction, forgiving);
    }

    private Fitness.Look look(Settings settings) throws SQLException {
        return look(settings, false, false);
    }

    private static Optional<Fault.Kind> kind(Fitness.Look look) {
        return look.fault().map(Fault::kind);
    }

    private Settings limited() {
        return Settings.DEFAULTS.withMaxAge(Optional.of(Duration.ofMinutes(30)));
    }

    @Test
    void aConnectionIsAsOldAsItMayBeAndNotOlder() throws SQLException {
        look(limited());
        time.pass(Duration.ofMinutes(30));
        assertThat(kind(look(limited()))).isEmpty();
        time.pass(Duration.ofNanos(1));
        assertThat(kind(look(limited()))).contains(Fault.Kind.AGED);
        assertThat(kind(look(Settings.DEFAULTS))).isEmpty();
    }

    @Test
    void itsOwnFaultIsNotLookedForInATransactionWhichSaysNothingOfItEither() throws SQLException {
        assertThat(look(Settings.DEFAULTS, false, false).finding().flawless()).isTrue();
        assertThat(look(Settings.DEFAULTS, true, false).finding().flawless()).isFalse();
        look(limited());
        time.pass(Duration.ofHours(1));
        assertThat(kind(look(limited(), true, false))).isEmpty();
        Fitness.Look forgiven = look(limited(), false, true);
        assertThat(forgiven.fault()).isEmpty();
        assertThat(forgiven.finding().flawless()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"2000, 2", "1500, 2", "1001, 2", "1000, 1", "1, 1"})
    void theDriverIsGivenTheTimeInWholeSecondsAndAtLeastOne(long millis, int seconds) throws SQLException {
        look(Settings.DEFAULTS.withValidationTimeout(Duration.ofMillis(millis)));
        assertThat(bounds).containsExactly(seconds);
    }

    @Test
    void aDriverSaysItselfWhetherItIsDead() throws SQLException {
        assertThat(kind(look(Settings.DEFAULTS))).isEmpty();
        valid = (method, arguments) -> false;
        assertThat(kind(look(Settings.DEFAULTS))).contains(Fault.Kind.DEAD);
        valid = (method, arguments) -> {
            throw new SQLException("odd");
        };
        assertThat(kind(look(Settings.DEFAULTS))).contains(Fault.Kind.DEAD);
        valid = (method, arguments) -> {
            throw new IllegalStateException("odd");
        };
        assertThat(kind(look(Settings.DEFAULTS))).contains(Fault.Kind.DEAD);
    }

    @Test
    void oneThatCannotSayItIsDoubted() throws SQLException {
        valid = (method, arguments) -> {
            throw new SQLFeatureNotSupportedException("isValid");
        };
        Fitness.Look look = look(Settings.DEFAULTS);
        assertThat(look.fault()).isEmpty();
        assertThat(look.finding().doubt())
                .hasValueSatisfying(why -> assertThat(why).contains("isValid"));
    }

    @Test
    void aServerTakesWritesWhereItSaysSo() throws SQLException {
        product = "MySQL";
        rows = Optional.of(List.of(1L));
        assertThat(look(WRITABLE).fault()).isEmpty();
        rows = Optional.of(List.of(0L));
        assertThat(kind(look(WRITABLE))).contains(Fault.Kind.READ_ONLY);
        rows = Optional.of(List.of());
        assertThat(kind(look(WRITABLE))).contains(Fault.Kind.READ_ONLY);
        assertThat(open).isZero();
        assertThat(bounds).isEmpty();
    }

    private boolean asksHandle(Settings settings, boolean inTransaction) throws SQLException {
        product = "MySQL";
        rows = Optional.of(List.of(1L));
        handleAsked = false;
        Connection handle = Stub.of(Connection.class, (method, arguments) -> {
            handleAsked = true;
            return answer(method, arguments);
        });
        Borrowed borrowed = new Borrowed(handle, new Pools(List.of()));
        assertThat(fitness.at(borrowed, Optional.of(connection), settings, inTransaction, false)
                        .fault())
                .isEmpty();
        return handleAsked;
    }

    /** A statement on it would begin a transaction of the driver's, which nobody would end. */
    @Test
    void aConnectionThatDoesNotCommitByItselfIsAskedForWritesThroughItsHandle() throws SQLException {
        assertThat(asksHandle(WRITABLE, false)).isFalse();
        autoCommit = () -> false;
        assertThat(asksHandle(WRITABLE, false)).isTrue();
        assertThat(asksHandle(WRITABLE, true)).isFalse();
        assertThat(asksHandle(Settings.DEFAULTS, false)).isFalse();
        autoCommit = () -> {
            throw new SQLException("not told");
        };
        assertThat(asksHandle(WRITABLE, false)).isFalse();
    }

    @Test
    void aStatementWithoutRowsThatPassesIsAnAnswer() throws SQLException {
        product = "MySQL";
        Fitness.Look look = look(Settings.DEFAULTS);
        assertThat(look.fault()).isEmpty();
        assertThat(look.finding().product()).isPresent();
        assertThat(open).isZero();
    }

    @Test
    void whatTheServerSaysInsteadOfAnAnswerIsDeathRefusalOrDoubt() throws SQLException {
        product = "MySQL";
        complaint = Optional.of(new SQLException("gone", "08S01"));
        assertThat(kind(look(Settings.DEFAULTS))).contains(Fault.Kind.DEAD);
        assertThat(bounds).isEmpty();
        complaint = Optional.of(new SQLException("You must reset your password", "HY000", 1820));
        assertThatThrownBy(() -> look(Settings.DEFAULTS)).isSameAs(complaint.get());
        complaint = Optional.of(new SQLException("odd", "HY000", 1));
        assertThat(look(Settings.DEFAULTS).finding().doubt()).isPresent();
        assertThat(bounds).hasSize(1);
        assertThat(open).isZero();
    }

    @Test
    void whereNobodyKnowsHowToAskForWritesTheProductIsNamed() throws SQLException {
        assertThat(look(WRITABLE).uncheckable()).contains("Fake");
        assertThat(bounds).isEmpty();
    }
}
