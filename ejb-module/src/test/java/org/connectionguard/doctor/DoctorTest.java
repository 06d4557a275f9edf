/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.net.URL;
import java.net.URLClassLoader;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.ServiceConfigurationError;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.connectionguard.Finding;
import org.connectionguard.config.Settings;
import org.connectionguard.engine.Target;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A doctor that is never held up, whatever driver and pool do. */
@Timeout(30)
class DoctorTest {
    private static final Duration PATIENCE = Duration.ofMillis(200);

    private static final ServerLimits LIMITS = new ServerLimits(Optional.of(Duration.ZERO), OptionalInt.of(100), true);

    private final List<String> done = Collections.synchronizedList(new ArrayList<>());

    private final AskingThreads threads = new AskingThreads();

    /** Longer than a test may last. */
    private final Doctor patient = new Doctor("Payara", () -> LIMITS, Duration.ofMinutes(1), threads);

    private final Doctor hurried = new Doctor("Payara", () -> LIMITS, PATIENCE, threads);

    /** Also on a busy machine he has a connection long before that. */
    private final Doctor waiting = new Doctor("Payara", () -> LIMITS, Duration.ofSeconds(3), threads);

    @AfterEach
    void everyInterviewLetsItsThreadsGo() {
        threads.assertLetGo();
    }

    /** An object of the interface that can do these things, and nothing else. */
    private static <T> T stub(Class<T> type, Map<String, Callable<?>> methods) {
        return type.cast(Proxy.newProxyInstance(
                DoctorTest.class.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    Callable<?> found = methods.get(method.getName());
                    return switch (method.getName()) {
                        case "hashCode" -> System.identityHashCode(proxy);
                        case "equals" -> proxy == arguments[0];
                        case "toString" -> type.getSimpleName();
                        default -> {
                            assertThat(found).as(method.toString()).isNotNull();
                            yield found.call();
                        }
                    };
                }));
    }

    /** A MySQL that answers its questions so. */
    private Connection connection(Callable<?> answer) {
        Statement statement = stub(Statement.class, Map.of("executeQuery", answer, "close", () -> null));
        DatabaseMetaData metaData = stub(DatabaseMetaData.class, Map.of("getDatabaseProductName", () -> "MySQL"));
        return stub(
                Connection.class,
                Map.of(
                        "getMetaData",
                        () -> metaData,
                        "createStatement",
                        () -> statement,
                        "abort",
                        () -> done.add("aborted"),
                        "close",
                        () -> done.add("closed")));
    }

    /** The answers to both questions: no TLS, and a read-only server. */
    private static ResultSet answer() {
        AtomicInteger rows = new AtomicInteger();
        return stub(
                ResultSet.class,
                Map.of(
                        "next", () -> true,
                        "getString", () -> rows.getAndIncrement() == 0 ? "9.7.4-debian" : "",
                        "getLong", () -> 28_800L,
                        "getInt", () -> 151,
                        "getBoolean", () -> true,
                        "close", () -> null));
    }

    /** The connections come one after another, the last one again and again. */
    private static DataSource pool(Callable<?>... connections) {
        AtomicInteger borrowed = new AtomicInteger();
        return stub(
                DataSource.class,
                Map.of(
                        "getConnection",
                        () -> connections[Math.min(borrowed.getAndIncrement(), connections.length - 1)].call()));
    }

    private static List<String> examine(Doctor doctor, DataSource dataSource) {
        return doctor.examine(List.of(new Target("java:/x", dataSource, Settings.DEFAULTS))).stream()
                // Nothing is known of these pools.
                .filter(finding -> !finding.id().equals("CG0322"))
                .map(Finding::what)
                .toList();
    }

    /** Blocks as a connect that cannot be interrupted. */
    private static Object awaitEnd(CountDownLatch latch) {
        boolean interrupted = false;
        while (true) {
            try {
                latch.await();
                if (interrupted) {
                    Thread.currentThread().interrupt();
                }
                return stub(Connection.class, Map.of("close", () -> null, "abort", () -> null));
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
    }

    @Test
    void anAnswerIsReadAndItsConnectionGivenBack() {
        assertThat(examine(patient, pool(() -> connection(DoctorTest::answer))))
                .containsExactly("MySQL 9.7.4 is read-only");
        assertThat(done).containsExactly("closed");
    }

    @Test
    void aConnectionThatDiedInThePoolIsDestroyedAndTheNextOneAsked() {
        Connection dead = connection(() -> {
            throw new SQLException("gone away", "08S01");
        });
        assertThat(examine(patient, pool(() -> dead, () -> connection(DoctorTest::answer))))
                .containsExactly("MySQL 9.7.4 is read-only");
        assertThat(done).containsExactly("aborted", "closed", "closed");
    }

    @Test
    void aQuestionThatIsNotUnderstoodIsNotTheConnectionsFault() {
        Connection other = connection(() -> {
            throw new SQLException("Unknown system variable", "HY000", 1193);
        });
        assertThat(examine(patient, pool(() -> other)))
                .containsExactly("the database could not be asked:"
                        + " SQLException: Unknown system variable (SQLState HY000, code 1193)");
        assertThat(done).containsExactly("closed");
    }

    @Test
    void aDriverThatFailsInItsOwnWayLeavesNoConnectionBehind() {
        Connection odd = connection(() -> {
            throw new IllegalStateException("odd");
        });
        assertThat(examine(patient, pool(() -> odd)))
                .containsExactly("the database could not be asked: IllegalStateException: odd");
        assertThat(done).containsExactly("closed");
    }

    /** One whose server says nothing until it is aborted. */
    private Connection silent(CountDownLatch asked) {
        CountDownLatch aborted = new CountDownLatch(1);
        Connection silent = connection(() -> {
            asked.countDown();
            awaitEnd(aborted);
            throw new SQLException("aborted", "08S01");
        });
        return stub(
                Connection.class,
                Map.of(
                        "getMetaData",
                        silent::getMetaData,
                        "createStatement",
                        silent::createStatement,
                        "abort",
                        () -> {
                            done.add("aborted");
                            aborted.countDown();
                            return null;
                        },
                        "close",
                        () -> done.add("closed")));
    }

    @Test
    void aSilentConnectionIsAbortedAndDestroyedAndItsThreadEnds() {
        assertThat(examine(waiting, pool(() -> silent(new CountDownLatch(1)))))
                .containsExactly("the database could not be asked: no answer within 3 s");
        threads.awaitEnd();
        assertThat(done).containsExactly("aborted", "aborted", "closed");
    }

    @Test
    void anAbortThatDoesNotReturnHoldsNobodyUp() {
        CountDownLatch end = new CountDownLatch(1);
        Connection stuck = connection(() -> awaitEnd(end));
        Connection wrapped = stub(
                Connection.class,
                Map.of(
                        "getMetaData",
                        stuck::getMetaData,
                        "createStatement",
                        stuck::createStatement,
                        "abort",
                        () -> {
                            end.await();
                            return null;
                        },
                        "close",
                        () -> null));
        assertThat(examine(waiting, pool(() -> wrapped)))
                .containsExactly("the database could not be asked: no answer within 3 s");
        end.countDown();
        threads.awaitEnd();
    }

    @Test
    void aWaitForAnExhaustedPoolIsInterrupted() {
        CountDownLatch never = new CountDownLatch(1);
        DataSource exhausted = pool(() -> {
            try {
                never.await();
                return null;
            } catch (InterruptedException e) {
                throw new SQLException("Interrupted", e);
            }
        });
        assertThat(examine(hurried, exhausted))
                .containsExactly("the database could not be asked:"
                        + " no connection within 0.2 s, from the pool or from the network");
        threads.awaitEnd();
    }

    @Test
    void aConnectThatNeverReturnsKeepsOneThreadHoweverOftenOneAsks() {
        CountDownLatch end = new CountDownLatch(1);
        DataSource stuck = pool(() -> awaitEnd(end));
        for (int i = 0; i < 3; i++) {
            assertThat(examine(hurried, stuck))
                    .containsExactly("the database could not be asked:"
                            + " no connection within 0.2 s, from the pool or from the network");
        }
        assertThat(threads.asking()).isEqualTo(1);
        end.countDown();
        threads.awaitEnd();
    }

    @Test
    void closingEndsWhatIsUnderWay() {
        CountDownLatch never = new CountDownLatch(1);
        CountDownLatch begun = new CountDownLatch(1);
        Thread closing = new Thread(() -> {
            awaitEnd(begun);
            patient.close();
        });
        closing.start();
        DataSource exhausted = pool(() -> {
            begun.countDown();
            try {
                never.await();
                return null;
            } catch (InterruptedException e) {
                throw new SQLException("Interrupted", e);
            }
        });
        assertThat(examine(patient, exhausted))
                .containsExactly("the database could not be asked: the asking thread was interrupted");
        threads.awaitEnd();
    }

    @Test
    void closingAbortsAConnectionThatIsSilent() {
        CountDownLatch asked = new CountDownLatch(1);
        Thread closing = new Thread(() -> {
            awaitEnd(asked);
            patient.close();
        });
        closing.start();
        assertThat(examine(patient, pool(() -> silent(asked))))
                .containsExactly("the database could not be asked: the asking thread was interrupted");
        threads.awaitEnd();
        assertThat(done).containsExactly("aborted", "aborted", "closed");
    }

    @Test
    void closingWaitsForNoConnect() {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        Thread waiting = Thread.currentThread();
        Thread closing = new Thread(() -> {
            awaitEnd(begun);
            while (waiting.getState() != Thread.State.TIMED_WAITING) {
                Thread.onSpinWait();
            }
            patient.close();
        });
        closing.start();
        assertThat(examine(patient, pool(() -> {
                    begun.countDown();
                    return awaitEnd(end);
                })))
                .containsExactly("the database could not be asked: the asking thread was interrupted");
        assertThat(threads.asking()).isEqualTo(1);
        end.countDown();
        threads.awaitEnd();
    }

    @Test
    void aConnectionThatComesTooLateIsGivenBackUnasked() {
        CountDownLatch end = new CountDownLatch(1);
        Connection late = connection(() -> done.add("asked"));
        assertThat(examine(hurried, pool(() -> {
                    awaitEnd(end);
                    return late;
                })))
                .hasSize(1);
        end.countDown();
        threads.awaitEnd();
        assertThat(done).containsExactly("closed");
    }

    @Test
    void whoeverAsksMeanwhileGetsTheSameAnswer() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        AtomicInteger borrowed = new AtomicInteger();
        DataSource slow = pool(() -> {
            borrowed.incrementAndGet();
            awaitEnd(end);
            return connection(DoctorTest::answer);
        });
        List<CompletableFuture<List<String>>> asking = Stream.of(1, 2)
                .map(each ->
                        CompletableFuture.supplyAsync(() -> examine(patient, slow), task -> new Thread(task).start()))
                .toList();
        threads.awaitMade(2);
        end.countDown();
        for (CompletableFuture<List<String>> each : asking) {
            assertThat(each.get()).containsExactly("MySQL 9.7.4 is read-only");
        }
        assertThat(borrowed).hasValue(1);
    }

    // Whatever is thrown.

    @Test
    void anErrorOutOfTheDriverDestroysTheConnectionAndTheNextVisitAsksAnew() {
        Connection odd = connection(() -> {
            throw new NoSuchMethodError("of another age");
        });
        DataSource dataSource = pool(() -> odd, () -> connection(DoctorTest::answer));
        assertThat(examine(patient, dataSource))
                .containsExactly("the database could not be asked: NoSuchMethodError: of another age");
        assertThat(done).containsExactly("aborted", "closed");
        assertThat(examine(patient, dataSource)).containsExactly("MySQL 9.7.4 is read-only");
    }

    @Test
    void anErrorOutOfAConnectIsAFindingAndTheNextVisitAsksAnew() {
        DataSource dataSource = pool(
                () -> {
                    throw new ServiceConfigurationError("no such driver");
                },
                () -> connection(DoctorTest::answer));
        assertThat(examine(patient, dataSource))
                .containsExactly("the database could not be asked: ServiceConfigurationError: no such driver");
        assertThat(examine(patient, dataSource)).containsExactly("MySQL 9.7.4 is read-only");
    }

    @Test
    void aConnectionThatDoesNotGoBackAsItShouldIsDestroyedAndItsAnswerCounts() {
        Connection asked = connection(DoctorTest::answer);
        Connection complaining = stub(
                Connection.class,
                Map.of(
                        "getMetaData",
                        asked::getMetaData,
                        "createStatement",
                        asked::createStatement,
                        "abort",
                        () -> done.add("aborted"),
                        "close",
                        () -> {
                            done.add("closed");
                            throw new AssertionError("still in use");
                        }));
        assertThat(examine(patient, pool(() -> complaining))).containsExactly("MySQL 9.7.4 is read-only");
        assertThat(done).startsWith("closed", "aborted", "closed");
    }

    @Test
    void aThreadThatCannotBeStartedIsAFindingAndTheNextVisitAsksAnew() {
        threads.refuse(new OutOfMemoryError("unable to create native thread"));
        DataSource dataSource = pool(() -> connection(DoctorTest::answer));
        assertThat(examine(patient, dataSource))
                .containsExactly("the database could not be asked: no thread could be started to ask it"
                        + " (OutOfMemoryError: unable to create native thread)");
        threads.refuseNoMore();
        assertThat(examine(patient, dataSource)).containsExactly("MySQL 9.7.4 is read-only");
    }

    @Test
    void whoAsksInheritsNothingOfTheCaller() throws Exception {
        InheritableThreadLocal<String> users = new InheritableThreadLocal<>();
        List<String> inherited = Collections.synchronizedList(new ArrayList<>());
        DataSource dataSource = pool(() -> {
            inherited.add(users.get());
            inherited.add(
                    String.valueOf(Thread.currentThread().getContextClassLoader() == Doctor.class.getClassLoader()));
            return connection(DoctorTest::answer);
        });
        try (URLClassLoader application = new URLClassLoader(new URL[0])) {
            Thread caller = new Thread(() -> {
                users.set("of the application");
                Thread.currentThread().setContextClassLoader(application);
                examine(patient, dataSource);
            });
            caller.start();
            caller.join();
        }
        assertThat(inherited).containsExactly(null, "true");
    }

    @Test
    void atDeploymentItWaitsUntilTheServerHasThreadsForTimers() {
        AtomicInteger asked = new AtomicInteger();
        ServerLimits notYet = new ServerLimits(Optional.of(Duration.ZERO), OptionalInt.empty(), true);
        Doctor early = new Doctor("TomEE", () -> asked.incrementAndGet() < 3 ? notYet : LIMITS, PATIENCE, threads);
        early.awaitStart();
        assertThat(asked).hasValue(3);
    }

    @Test
    void aServerThatNeverTellsThemIsNotWaitedFor() {
        AtomicInteger asked = new AtomicInteger();
        ServerLimits never = new ServerLimits(Optional.of(Duration.ZERO), OptionalInt.empty(), false);
        Supplier<ServerLimits> limits = () -> {
            asked.incrementAndGet();
            return never;
        };
        new Doctor("Open Liberty", limits, PATIENCE, threads).awaitStart();
        assertThat(asked).hasValue(1);
    }

    @Test
    void whoNeedsItNoMoreEndsThatWaitToo() throws Exception {
        ServerLimits never = new ServerLimits(Optional.of(Duration.ZERO), OptionalInt.empty(), true);
        Doctor early = new Doctor("TomEE", () -> never, PATIENCE, threads);
        early.close();
        CompletableFuture.runAsync(early::awaitStart).get(2, TimeUnit.SECONDS);
    }
}
