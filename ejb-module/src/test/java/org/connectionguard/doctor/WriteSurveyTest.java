/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.connectionguard.config.Settings;
import org.connectionguard.engine.Target;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who can be asked for writes is asked for a connection, and nobody is waited for long. */
@Timeout(30)
class WriteSurveyTest {
    private final AskingThreads threads = new AskingThreads();
    private final WriteSurvey patient = new WriteSurvey(Duration.ofSeconds(20), threads);
    private final WriteSurvey hurried = new WriteSurvey(Duration.ofMillis(200), threads);
    private final AtomicInteger lent = new AtomicInteger();

    @AfterEach
    void nothingIsKept() {
        threads.awaitEnd();
        threads.assertLetGo();
        assertThat(lent).hasValue(0);
    }

    private static <T> T stub(Class<T> type, Map<String, Callable<?>> methods) {
        return type.cast(Proxy.newProxyInstance(
                WriteSurveyTest.class.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "hashCode" -> System.identityHashCode(proxy);
                    case "equals" -> proxy == arguments[0];
                    default -> {
                        assertThat(methods).containsKey(method.getName());
                        yield methods.get(method.getName()).call();
                    }
                }));
    }

    /** A server that says what it is, and can do nothing else: nobody asks it for anything. */
    private Connection connection(String product) {
        DatabaseMetaData server = stub(
                DatabaseMetaData.class,
                Map.of(
                        "getDatabaseProductName", () -> product,
                        "getDatabaseProductVersion", () -> "9.7.4",
                        "getDatabaseMajorVersion", () -> 9));
        lent.incrementAndGet();
        return stub(Connection.class, Map.of("getMetaData", () -> server, "close", lent::decrementAndGet));
    }

    private static DataSource dataSource(Callable<Connection> connection) {
        return stub(DataSource.class, Map.of("getConnection", connection));
    }

    private static Collection<Target> targets(DataSource... dataSources) {
        return Stream.of(dataSources)
                .map(each -> new Target("java:/x", each, Settings.DEFAULTS))
                .toList();
    }

    @Test
    void aProductThatNobodyKnowsIsNamed() {
        DataSource known = dataSource(() -> connection("MySQL"));
        DataSource unknown = dataSource(() -> connection("H2"));
        assertThat(patient.uncheckable(targets(known, unknown))).isEqualTo(Map.of(unknown, "H2"));
    }

    @Test
    void ofADatabaseThatIsDownNothingIsKnown() {
        DataSource down = dataSource(() -> {
            throw new SQLException("Nobody listens", "08S01");
        });
        DataSource odd = dataSource(() -> {
            throw new NoClassDefFoundError("org/acme/Driver");
        });
        assertThat(patient.uncheckable(targets(down, odd))).isEmpty();
    }

    @Test
    void aConnectThatDoesNotReturnIsWaitedForNoLonger() {
        CountDownLatch never = new CountDownLatch(1);
        DataSource silent = dataSource(() -> {
            never.await();
            throw new AssertionError();
        });
        DataSource unknown = dataSource(() -> connection("H2"));
        assertThat(hurried.uncheckable(targets(silent, silent))).isEmpty();
        assertThat(patient.uncheckable(targets(unknown))).containsOnlyKeys(unknown);
    }

    /** Each of them gets its connection only when all of them have been asked for one. */
    @Test
    void allAreAskedAtOnce() {
        CountDownLatch all = new CountDownLatch(3);
        Callable<Connection> connection = () -> {
            all.countDown();
            all.await();
            return connection("H2");
        };
        DataSource[] three = {dataSource(connection), dataSource(connection), dataSource(connection)};
        assertThat(patient.uncheckable(targets(three))).containsOnlyKeys(three);
    }

    @Test
    void oneThatIsDemandedTwiceIsAskedOnce() {
        AtomicInteger asked = new AtomicInteger();
        DataSource one = dataSource(() -> {
            asked.incrementAndGet();
            return connection("H2");
        });
        assertThat(patient.uncheckable(targets(one, one))).containsOnlyKeys(one);
        assertThat(asked).hasValue(1);
    }

    @Test
    void whereNoThreadCanBeStartedNothingIsKnown() {
        threads.refuse(new OutOfMemoryError("unable to create native thread"));
        assertThat(patient.uncheckable(targets(dataSource(() -> connection("H2")))))
                .isEmpty();
    }

    @Test
    void whereNobodyDemandsWritesNobodyIsAsked() {
        assertThat(patient.uncheckable(List.of())).isEmpty();
    }
}
