/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.message;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.connectionguard.message.PoolPlace.CheckoutValidation;

/**
 * The doctor's sentences, in the order of their ids: CG0301… what it found, CG0322 what it could not look at. A pool is given
 * by its place, which words what is to be typed there. Stateless.
 */
public final class Diagnoses {
    private Diagnoses() {}

    // Connections that die in the pool.

    /**
     * @param stay how long a connection may stay idle; empty: for ever
     * @param asked whether a checkout asks the connection that it finds
     */
    public static Diagnosis idleTooLong(
            PoolPlace pool, Optional<Duration> stay, boolean asked, String server, String variable, Duration closes) {
        return new Diagnosis(
                "CG0301",
                "idle connections stay in the pool for "
                        + stay.map(time -> "up to " + span(time) + " (" + pool.idleForSomeTime() + ")")
                                .orElseGet(() -> "ever (" + pool.idleForEver() + ")")
                        + ", and " + server + " closes them after " + span(closes) + " (" + variable + ")",
                asked
                        ? "the next checkout finds connections that the server has closed, one after another, before it"
                                + " makes a new one"
                        : "the next run gets a connection that the server has closed",
                pool.letIdleGo(closes));
    }

    public static Diagnosis serverClosesTooSoon(PoolPlace pool, String server, String variable, Duration closes) {
        return new Diagnosis(
                "CG0302",
                server + " closes connections that were idle for " + span(closes) + " (" + variable + ")",
                "no " + pool.idleTimeout()
                        + " of the pool is short enough, so every later run gets a closed connection",
                "SET GLOBAL " + variable + " = 28800; and the same in the server's option file");
    }

    public static Diagnosis noExceptionSorter(WildFlyPlace pool) {
        return new Diagnosis(
                "CG0303",
                "no exception sorter",
                "a connection that broke in use goes back to the pool, and the next one who takes it fails too",
                pool.giveSorter());
    }

    public static Diagnosis noValidation(PoolPlace pool) {
        return new Diagnosis(
                "CG0304",
                "pooled connections are never validated",
                "a connection that died in the pool is found by the one who takes it, and fails",
                pool.validate());
    }

    public static Diagnosis validationAsksNothing(WildFlyPlace pool) {
        return new Diagnosis(
                "CG0305",
                "validation is switched on, and has neither a checker nor an SQL statement to ask with",
                "every dead connection passes for a live one",
                pool.giveChecker());
    }

    public static Diagnosis askedTwice(CheckoutValidation validation) {
        return new Diagnosis(
                "CG0306",
                validation.setting() + " asks the server at every checkout",
                "the guard has asked already: every checkout of a guarded job pays one round trip more",
                validation.replacement());
    }

    /** @param wait how long a checkout waits; empty: for ever */
    public static Diagnosis checkoutWaitsLonger(PoolPlace pool, Optional<Duration> wait, Duration maxWait) {
        return new Diagnosis(
                "CG0307",
                "whoever finds the pool exhausted waits for "
                        + wait.map(Diagnoses::span).orElse("ever") + " (" + pool.checkoutWait() + ")",
                "a guarded job gives up after its max-wait, " + span(maxWait)
                        + "; a job without a guard keeps its timer thread all that time",
                pool.waitFiveSeconds());
    }

    // Silence.

    public static Diagnosis noConnectTimeout(String remedy) {
        return new Diagnosis(
                "CG0308",
                "no connectTimeout",
                "a connect that nobody answers does not end: the guard tries others beside it, and on Java 17 each"
                        + " keeps a thread and a place in the pool (CG0105)",
                remedy);
    }

    public static Diagnosis noSocketTimeout(String remedy) {
        return new Diagnosis(
                "CG0309",
                "no socketTimeout",
                "a server that falls silent holds the body's statement and its timer thread for ever, and every new"
                        + " connect too; take a value above your longest statement",
                remedy);
    }

    public static Diagnosis socketTimeoutOutlastsTransaction(
            String remedy, Duration socketTimeout, Duration transaction) {
        return new Diagnosis(
                "CG0310",
                "socketTimeout is " + span(socketTimeout) + ", and the transaction time-out is " + span(transaction),
                "a body that waits for a silent server keeps its timer thread after its transaction was rolled back",
                remedy);
    }

    public static Diagnosis tlsDoublesSocketTimeout(
            String remedy, String version, Duration socketTimeout, Duration transaction) {
        return new Diagnosis(
                "CG0311",
                "under " + version + " the driver waits twice for a silent server: socketTimeout is "
                        + span(socketTimeout) + " and lasts " + span(socketTimeout.multipliedBy(2))
                        + ", and the transaction time-out is " + span(transaction),
                "a body that waits for a silent server keeps its timer thread after its transaction was rolled back",
                remedy);
    }

    public static Diagnosis autoReconnect(String remedy) {
        return new Diagnosis(
                "CG0312",
                "autoReconnect is true",
                "after a loss the driver connects again behind the pool's back: what the job had not committed is gone,"
                        + " and the job is not told",
                remedy);
    }

    // Against the guard's own settings.

    public static Diagnosis waitOutlastsTransaction(
            String dataSource, Duration maxWait, Duration validation, Duration transaction) {
        return new Diagnosis(
                "CG0313",
                "max-wait and validation-timeout are " + span(maxWait.plus(validation))
                        + " together, and the transaction time-out is " + span(transaction),
                "a job that waits to the end finds its transaction rolled back, and does not start (CG0202)",
                setting(dataSource, "max-wait", transaction.dividedBy(2).toString()));
    }

    /** @param replica whether it is of a product whose read-only servers are replicas */
    public static Diagnosis readOnlyThoughWritable(String server, boolean replica) {
        return new Diagnosis(
                "CG0314",
                server + " is read-only, and writable is demanded",
                "guarded jobs wait for a server that accepts writes, and are refused after max-wait",
                (replica ? "" : "SET GLOBAL read_only = OFF; or ") + "let the connection URL lead to the primary");
    }

    public static Diagnosis readOnlyUnnoticed(String dataSource, String server) {
        return new Diagnosis(
                "CG0315",
                server + " is read-only",
                "a job that writes fails in its middle; with writable it waits for a server that accepts writes",
                setting(dataSource, "writable", "true"));
    }

    /** @param code by which the server refuses */
    public static Diagnosis poolsLargerThanServer(
            PoolPlace pool, int connections, int pools, String server, int maxConnections, String code, int better) {
        return new Diagnosis(
                "CG0316",
                (pools == 1 ? "the pool" : pools + " pools together") + " may grow to " + connections
                        + " connections (" + pool.largestSize() + "), and " + server + " allows " + maxConnections
                        + " (max_connections)",
                "under load the server refuses connections (" + code + "), and jobs wait though the database is up",
                pool.growTo(better));
    }

    /** @param pool the timers' thread pool, where the server has one by name */
    public static Diagnosis waitingJobsTakeAllTimers(
            String server, int dataSources, int waiting, String pool, int threads) {
        return new Diagnosis(
                "CG0317",
                waiting + " jobs may wait at once (max-waiting-jobs of " + dataSources
                        + (dataSources == 1 ? " data source" : " data sources") + "), and the timers have " + threads
                        + " threads",
                "when the databases are away together, waiting jobs hold every timer thread, and no other timer runs",
                giveTimers(server, pool, waiting + threads));
    }

    /** How timers get so many threads. */
    private static String giveTimers(String server, String pool, int threads) {
        return switch (server) {
            case "GlassFish" -> {
                String property = " configs.config.server-config.ejb-container.property.thread-";
                yield "asadmin set" + property + "max-pool-size=" + threads + property + "core-pool-size=" + threads
                        + ", and start the server anew";
            }
            case "TomEE" -> "in conf/system.properties: openejb.timer.pool.size = " + threads;
            default ->
                "/subsystem=ejb3/thread-pool=" + pool + ":write-attribute(name=max-threads, value=" + threads + ")";
        };
    }

    public static Diagnosis notTransactional(ManagedPlace pool) {
        return new Diagnosis(
                "CG0318",
                "jta is false",
                "what a job has written stays when its transaction is rolled back; and its checkouts may give other"
                        + " connections than the validated one",
                pool.joinTransactions());
    }

    public static Diagnosis notAsked(String why) {
        return new Diagnosis(
                "CG0319",
                "the database could not be asked: " + why,
                "jobs may meet the same; what depends on the server's own settings is not examined",
                "see to the database, then ask again: ConnectionDoctor.examine(), or deploy once more");
    }

    /**
     * What could not be.
     *
     * @param gaps at least one
     * @param server the application server's name
     */
    public static Diagnosis notExamined(List<Gap> gaps, String server) {
        return new Diagnosis(
                "CG0322",
                "not examined: " + gaps.stream().map(Gap::words).collect(Collectors.joining("; ")),
                "what may be wrong there is not told here",
                "look yourself whether the pool sorts out what broke and validates what is idle, and whether the driver's"
                        + " connects and reads end in time"
                        + recommended(server).map(file -> ", as in " + file).orElse(""));
    }

    /**
     * What of the server could not be.
     *
     * @param gaps at least one
     */
    public static Diagnosis limitsNotExamined(List<Gap> gaps, String server) {
        return new Diagnosis(
                "CG0322",
                "not examined: " + gaps.stream().map(Gap::words).collect(Collectors.joining("; ")) + " on " + server,
                "what may be wrong there is not told here",
                "look yourself whether max-wait ends before a transaction does, and whether fewer jobs may wait"
                        + " (max-waiting-jobs) than timers have threads");
    }

    /** The file of ours that sets up a data source on such a server. */
    private static Optional<String> recommended(String server) {
        return switch (server) {
            case "WildFly" -> Optional.of("server-config/wildfly/data-source-recommended.cli");
            case "GlassFish" -> Optional.of("server-config/glassfish/data-source-recommended.asadmin");
            case "Open Liberty" -> Optional.of("server-config/liberty/data-source-recommended.xml");
            case "TomEE" -> Optional.of("server-config/tomee/data-source-recommended.xml");
            default -> Optional.empty();
        };
    }

    // What belongs to nobody's job, or to the application itself.

    /** What a definition leaves out in WildFly: read in 39, where it gives neither validation nor time-outs to the pool. */
    public static Diagnosis definedByTheApplication() {
        return new Diagnosis(
                "CG0323",
                "a @DataSourceDefinition or a descriptor's data-source makes it, and gives its pool no exception sorter and"
                        + " no validation",
                "a connection that died in the pool is found by the one who takes it, fails, and goes back for the next one",
                "no property of the definition mends that: take the definition out, and define the data source in the"
                        + " server's configuration or in a -ds.xml");
    }

    /**
     * What was found of a data source in which the timer service keeps its timers.
     *
     * @param store name of the database-data-store
     * @param dead whether it is about connections that are dead
     */
    public static Diagnosis ofTimerStore(Diagnosis found, String store, boolean dead) {
        return new Diagnosis(
                found.id(),
                "the timer service's own statements (database-data-store=" + store + ") have no guard: " + found.what(),
                found.why()
                        + (dead
                                ? "; a persistent timer that is due then does not run (WFLYEJB0502), and one that was to"
                                        + " run once does not before the server's next start"
                                : "; it concerns persistent timers too"),
                found.remedy());
    }

    /** @param pools those that count nothing, at least one */
    public static Diagnosis noStatistics(List<ManagedPlace> pools) {
        return new Diagnosis(
                "CG0324",
                pools.size() == 1 ? "the pool counts nothing" : pools.size() + " pools count nothing",
                "how many connections are lent, and how long jobs waited for one, can then be seen nowhere",
                pools.stream().map(ManagedPlace::count).collect(Collectors.joining("; ")));
    }

    // Why it could not be asked.

    public static String noConnection(Duration after) {
        return "no connection within " + span(after) + ", from the pool or from the network";
    }

    public static String noAnswer(Duration after) {
        return "no answer within " + span(after);
    }

    public static String interrupted() {
        return "the asking thread was interrupted";
    }

    private static String setting(String dataSource, String key, String value) {
        return "connection-guard.\"" + dataSource + "\"." + key + "=" + value;
    }

    private static String span(Duration duration) {
        if (duration.compareTo(Duration.ofMinutes(2)) >= 0 && duration.toMillis() % 60_000 == 0) {
            return duration.toMinutes() + " min";
        }
        return duration.toMillis() % 1000 == 0
                ? duration.toSeconds() + " s"
                : String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1e3);
    }
}
