/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.connectionguard.tests.app.Threads;
import org.connectionguard.tests.examined.BroughtJob;
import org.connectionguard.tests.examined.DefinedJob;
import org.connectionguard.tests.examined.ExaminedJob;
import org.connectionguard.tests.examined.RecommendedJob;
import org.connectionguard.tests.examined.SilentJob;
import org.connectionguard.tests.examined.Surgery;
import org.connectionguard.tests.examined.SurgeryApplication;
import org.connectionguard.tests.server.Cli;
import org.connectionguard.tests.server.Management;
import org.connectionguard.tests.server.Sessions;
import org.connectionguard.tests.server.TestApplication;
import org.connectionguard.tests.server.TestServers;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.EmptyAsset;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every finding of the doctor is provoked, and its whole text read. Where nothing else is said, a data source is the
 * recommended one but for what provokes the finding, so that there is that one finding and no other.
 */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class DoctorIT {
    private static final String EXTENSIONS = "org.jboss.jca.adapters.jdbc.extensions.mysql.";
    private static final String TIMEOUTS = "?connectTimeout=5000&socketTimeout=60000";
    private static final Pattern LOG_LINE = Pattern.compile(".* (INFO|WARN) +\\[org.connectionguard] .*? (CG03.*)");

    /** Much more than a deployment takes, and much less than the time for which the proxy is silent. */
    private static final Duration AT_ONCE = Duration.ofSeconds(30);

    private static String product;

    @TempDir
    private Path directory;

    @Deployment(testable = false)
    static WebArchive application() {
        return archive("examined.war", ExaminedJob.class, """
                connection-guard."java\\:jboss/datasources/Patient".max-wait=PT300S
                connection-guard."java\\:jboss/datasources/Writing".writable=true
                connection-guard."java\\:jboss/datasources/Unwatched".enabled=false
                """);
    }

    private static WebArchive archive(String name, Class<?> job, String settings) {
        return ShrinkWrap.create(WebArchive.class, name)
                .addClasses(job, Surgery.class, SurgeryApplication.class, Threads.class)
                .addAsLibraries(TestApplication.library())
                .addAsResource(new StringAsset(settings), "META-INF/microprofile-config.properties")
                .addAsWebInfResource(EmptyAsset.INSTANCE, "beans.xml");
    }

    /** While it can be asked for it. */
    @BeforeAll
    static void nameTheServer() {
        product = TestServers.product();
    }

    @AfterEach
    void tidyUp() {
        for (String name : Management.dataSources()) {
            if (List.of("Ill", "Patient", "Writing", "Unwatched", "Recommended", "Plain")
                    .contains(name)) {
                Management.removeDataSource(name);
            }
        }
    }

    // At deployment.

    @Test
    void atDeploymentTheLogSaysItAll() throws Exception {
        assertThat(logOfDeploying(archive("again.war", ExaminedJob.class, ""))).isEqualTo("""
                        INFO CG0303 java:jboss/datasources/Defects: no exception sorter. A connection that broke in use goes back to the pool, and the next one who takes it fails too (guarded jobs are safe from it). Remedy: /subsystem=datasources/data-source=Defects:write-attribute(name=exception-sorter-class-name, value=org.jboss.jca.adapters.jdbc.extensions.mysql.MySQLExceptionSorter)
                        INFO CG0304 java:jboss/datasources/Defects: pooled connections are never validated. A connection that died in the pool is found by the one who takes it, and fails (guarded jobs are safe from it). Remedy: data-source --name=Defects --valid-connection-checker-class-name=org.jboss.jca.adapters.jdbc.extensions.mysql.MySQLValidConnectionChecker --background-validation=true --background-validation-millis=30000
                        WARN CG0308 java:jboss/datasources/Defects: no connectTimeout. A connect that nobody answers does not end: the guard tries others beside it, and on Java 17 each keeps a thread and a place in the pool (CG0105). Remedy: /subsystem=datasources/data-source=Defects/connection-properties=connectTimeout:add(value=5000)
                        WARN CG0309 java:jboss/datasources/Defects: no socketTimeout. A server that falls silent holds the body's statement and its timer thread for ever, and every new connect too; take a value above your longest statement. Remedy: /subsystem=datasources/data-source=Defects/connection-properties=socketTimeout:add(value=60000)
                        INFO CG0324 java:jboss/datasources/Defects: the pool counts nothing. How many connections are lent, and how long jobs waited for one, can then be seen nowhere. Remedy: /subsystem=datasources/data-source=Defects:write-attribute(name=statistics-enabled, value=true)
                        INFO CG0320 again: the doctor examined java:jboss/datasources/Defects: 5 findings; from 2 of them guarded jobs are safe. Remedies that begin with /subsystem or with [xa-]data-source are lines for jboss-cli.sh --connect; reload afterwards""");
    }

    @Test
    @Tag("any-database")
    void switchedOffItSaysNothingUntilItIsAsked() throws Exception {
        int before = Management.log().size();
        WebArchive archive = archive("again.war", ExaminedJob.class, "connection-guard.doctor=false\n");
        Management.whileDeployed(archive, () -> {
            assertThat(get("again", "threads")).isEqualTo("0");
            assertThat(get("again", "examine")).startsWith("CG0303 INFO covered java:jboss/datasources/Defects");
        });
        assertThat(logSince(before)).isEmpty();
    }

    @Test
    @Tag("any-database")
    void whereTheGuardIsSwitchedOffItSaysNothing() throws Exception {
        int before = Management.log().size();
        WebArchive archive = archive("again.war", ExaminedJob.class, "connection-guard.enabled=false\n");
        Management.whileDeployed(
                archive, () -> assertThat(get("again", "examine")).isEmpty());
        assertThat(logSince(before)).isEmpty();
    }

    @Test
    void aSilentDatabaseNeitherDelaysNorFailsTheDeployment() throws Exception {
        int beginning = Management.log().size();
        Management.flushAllPools();
        TestServers.proxy().silenceAll();
        try {
            Instant start = Instant.now();
            assertThat(logOfDeploying(archive("silent.war", SilentJob.class, ""))
                            .lines())
                    .contains("WARN CG0319 java:jboss/datasources/guarded/Proxied: the database could not be asked:"
                            + " no connection within 5 s, from the pool or from the network. Jobs may meet the"
                            + " same; what depends on the server's own settings is not examined. Remedy: see to"
                            + " the database, then ask again: ConnectionDoctor.examine(), or deploy once more")
                    .hasSize(6);
            assertThat(Duration.between(start, Instant.now())).isLessThan(AT_ONCE);
            // Undeployed before it has given up.
            int before = Management.log().size();
            Management.whileDeployed(archive("silent.war", SilentJob.class, ""), () -> {});
            assertThat(logSince(before)).isEmpty();
        } finally {
            TestServers.proxy().recover();
        }
        await().atMost(AT_ONCE).until(() -> get("examined", "threads").equals("0"));
        assertThat(Management.log().stream().skip(beginning)).noneMatch(line -> line.contains("Exception in thread"));
    }

    @Test
    @Tag("any-database")
    void undeployedAtOnceHeLeavesWithoutAWord() throws Exception {
        int before = Management.log().size();
        for (int time = 0; time < 3; time++) {
            Management.whileDeployed(archive("again.war", ExaminedJob.class, ""), () -> {});
        }
        await().atMost(AT_ONCE).until(() -> get("examined", "threads").equals("0"));
        assertThat(Management.log().stream().skip(before)).noneMatch(line -> line.contains("Exception in thread"));
    }

    // On demand.

    @Test
    void theRecommendedDataSourceHasNoFinding() throws Exception {
        Cli.Result result = Cli.run(directory, "data-source-recommended.cli", parameters("Recommended"));
        assertThat(result.code()).as(result.output()).isZero();
        assertThat(examine("Recommended")).isEmpty();
        assertThat(logOfDeploying(archive("again.war", RecommendedJob.class, "")))
                .isEqualTo("INFO CG0320 again: the doctor examined java:jboss/datasources/Recommended and found nothing"
                        + " to mend");
    }

    @Test
    void anXaDataSourceWithoutUrlIsExaminedToo() throws Exception {
        Cli.Result made = Cli.run(
                directory,
                List.of("xa-data-source add --name=Plain"
                        + " --jndi-name=java:jboss/datasources/Plain --driver-name=mysql --xa-datasource-properties="
                        + "[{ServerName=127.0.0.1},{PortNumber="
                        + TestServers.database().port() + "},{DatabaseName=defects}]"
                        + " --user-name=" + TestServers.database().user() + " --password="
                        + TestServers.database().password()));
        assertThat(made.code()).as(made.output()).isZero();
        try {
            assertThat(examine("Plain")).contains("CG0303", "CG0304", "CG0308", "CG0309");
        } finally {
            Management.remove("subsystem", "datasources", "xa-data-source", "Plain");
        }
    }

    /** XA data sources keep the driver's options elsewhere than others. */
    @ParameterizedTest
    @ValueSource(strings = {"data-source", "xa-data-source"})
    void theRemediesCure(String kind) throws Exception {
        Cli.Result made = Cli.run(directory, kind + ".cli", parameters("Plain"));
        assertThat(made.code()).as(made.output()).isZero();
        try {
            String findings = examine("Plain");
            assertThat(findings).isEqualTo("""
                    CG0303 INFO covered java:jboss/datasources/Plain
                      what:   no exception sorter
                      why:    a connection that broke in use goes back to the pool, and the next one who takes it fails too
                      remedy: /subsystem=datasources/KIND=Plain:write-attribute(name=exception-sorter-class-name, value=org.jboss.jca.adapters.jdbc.extensions.mysql.MySQLExceptionSorter)

                    CG0304 INFO covered java:jboss/datasources/Plain
                      what:   pooled connections are never validated
                      why:    a connection that died in the pool is found by the one who takes it, and fails
                      remedy: KIND --name=Plain --valid-connection-checker-class-name=org.jboss.jca.adapters.jdbc.extensions.mysql.MySQLValidConnectionChecker --background-validation=true --background-validation-millis=30000

                    CG0308 WARNING java:jboss/datasources/Plain
                      what:   no connectTimeout
                      why:    a connect that nobody answers does not end: the guard tries others beside it, and on Java 17 each keeps a thread and a place in the pool (CG0105)
                      remedy: /subsystem=datasources/KIND=Plain/PROPERTIES=connectTimeout:add(value=5000)

                    CG0309 WARNING java:jboss/datasources/Plain
                      what:   no socketTimeout
                      why:    a server that falls silent holds the body's statement and its timer thread for ever, and every new connect too; take a value above your longest statement
                      remedy: /subsystem=datasources/KIND=Plain/PROPERTIES=socketTimeout:add(value=60000)

                    CG0324 INFO java:jboss/datasources/Plain
                      what:   the pool counts nothing
                      why:    how many connections are lent, and how long jobs waited for one, can then be seen nowhere
                      remedy: /subsystem=datasources/KIND=Plain:write-attribute(name=statistics-enabled, value=true)
                    """.replace("KIND", kind).replace(
                    "PROPERTIES", kind.startsWith("xa") ? "xa-datasource-properties" : "connection-properties"));
            List<String> remedies = findings.lines()
                    .filter(line -> line.startsWith("  remedy: "))
                    .map(line -> line.substring("  remedy: ".length()))
                    .collect(Collectors.toList());
            // Instead of a reload.
            for (boolean enabled : new boolean[] {false, true}) {
                remedies.add("/subsystem=datasources/" + kind + "=Plain:write-attribute(name=enabled, value=" + enabled
                        + "){allow-resource-service-restart=true}");
            }
            Cli.Result cured = Cli.run(directory, remedies);
            assertThat(cured.code()).as(cured.output()).isZero();
            assertThat(examine("Plain")).isEmpty();
        } finally {
            Management.remove("subsystem", "datasources", kind, "Plain");
        }
    }

    @Test
    @Tag("any-database")
    void whereNoGuardIsNothingIsCovered() throws Exception {
        add("Unwatched", Map.of("connection-url", url(TIMEOUTS)), "exception-sorter-class-name");
        assertThat(examine("Unwatched")).isEqualTo("""
                CG0303 WARNING java:jboss/datasources/Unwatched
                  what:   no exception sorter
                  why:    a connection that broke in use goes back to the pool, and the next one who takes it fails too
                  remedy: /subsystem=datasources/data-source=Unwatched:write-attribute(name=exception-sorter-class-name, value=org.jboss.jca.adapters.jdbc.extensions.mysql.MySQLExceptionSorter)
                """);
    }

    @Test
    void idleConnectionsOutliveTheServersPatience() throws Exception {
        globally("wait_timeout", "600", "28800", () -> {
            add("Ill", Map.of("background-validation-millis", "600000"));
            assertThat(examine("Ill")).isEqualTo("""
                    CG0301 INFO covered java:jboss/datasources/Ill
                      what:   idle connections stay in the pool for up to 15 min (one and a half idle-timeout-minutes), and SERVER closes them after 10 min (wait_timeout)
                      why:    the next run gets a connection that the server has closed
                      remedy: /subsystem=datasources/data-source=Ill:write-attribute(name=idle-timeout-minutes, value=6)
                    """);
        });
    }

    @Test
    void idleConnectionsOfAnInteractiveClientStayForEver() throws Exception {
        globally("interactive_timeout", "600", "28800", () -> {
            add(
                    "Ill",
                    Map.of(
                            "background-validation-millis", "600000",
                            "idle-timeout-minutes", "0",
                            "connection-url", url(TIMEOUTS + "&interactiveClient=true")));
            assertThat(examine("Ill")).isEqualTo("""
                    CG0301 INFO covered java:jboss/datasources/Ill
                      what:   idle connections stay in the pool for ever (idle-timeout-minutes is 0), and SERVER closes them after 10 min (interactive_timeout)
                      why:    the next run gets a connection that the server has closed
                      remedy: /subsystem=datasources/data-source=Ill:write-attribute(name=idle-timeout-minutes, value=6)
                    """);
        });
    }

    @Test
    void aServerCanBeTooImpatientForEveryPool() throws Exception {
        globally("wait_timeout", "60", "28800", () -> {
            add("Ill", Map.of("background-validation-millis", "60000"));
            assertThat(examine("Ill")).isEqualTo("""
                    CG0302 INFO covered java:jboss/datasources/Ill
                      what:   SERVER closes connections that were idle for 60 s (wait_timeout)
                      why:    no idle-timeout-minutes of the pool is short enough, so every later run gets a closed connection
                      remedy: SET GLOBAL wait_timeout = 28800; and the same in the server's option file
                    """);
        });
    }

    @Test
    @Tag("any-database")
    void validationMayBeOnAndAskNothing() throws Exception {
        add("Ill", Map.of(), "valid-connection-checker-class-name");
        assertThat(examine("Ill")).isEqualTo("""
                CG0305 INFO covered java:jboss/datasources/Ill
                  what:   validation is switched on, and has neither a checker nor an SQL statement to ask with
                  why:    every dead connection passes for a live one
                  remedy: /subsystem=datasources/data-source=Ill:write-attribute(name=valid-connection-checker-class-name, value=org.jboss.jca.adapters.jdbc.extensions.mysql.MySQLValidConnectionChecker)
                """);
    }

    @Test
    @Tag("any-database")
    void aPoolMayAskAgainWhatTheGuardHasAsked() throws Exception {
        add("Ill", Map.of("validate-on-match", "true", "background-validation", "false"));
        assertThat(examine("Ill")).isEqualTo("""
                CG0306 INFO java:jboss/datasources/Ill
                  what:   validate-on-match asks the server at every checkout
                  why:    the guard has asked already: every checkout of a guarded job pays one round trip more
                  remedy: data-source --name=Ill --validate-on-match=false --background-validation=true --background-validation-millis=30000
                """);
    }

    @Test
    @Tag("any-database")
    void aCheckoutMayWaitLongerThanTheGuard() throws Exception {
        add("Ill", Map.of("blocking-timeout-wait-millis", "60000"));
        assertThat(examine("Ill")).isEqualTo("""
                CG0307 INFO covered java:jboss/datasources/Ill
                  what:   whoever finds the pool exhausted waits for 60 s (blocking-timeout-wait-millis)
                  why:    a guarded job gives up after its max-wait, 30 s; a job without a guard keeps its timer thread all that time
                  remedy: /subsystem=datasources/data-source=Ill:write-attribute(name=blocking-timeout-wait-millis, value=5000)
                """);
    }

    @Test
    @Tag("any-database")
    void socketTimeoutMayOutlastTheTransaction() throws Exception {
        add("Ill", Map.of("connection-url", url("?connectTimeout=5000&socketTimeout=400000")));
        assertThat(examine("Ill")).isEqualTo("""
                CG0310 WARNING java:jboss/datasources/Ill
                  what:   socketTimeout is 400 s, and the transaction time-out is 5 min
                  why:    a body that waits for a silent server keeps its timer thread after its transaction was rolled back
                  remedy: connection URL option socketTimeout=60000
                """);
    }

    @Test
    void tlsMayDoubleItBeyondTheTransaction() throws Exception {
        assumeTrue(TestServers.isMySql(), "the embedded MariaDB starts without TLS; ExaminationTest has the words");
        add("Ill", Map.of("connection-url", url("?connectTimeout=5000&socketTimeout=200000")));
        assertThat(examine("Ill")).isEqualTo("""
                CG0311 WARNING java:jboss/datasources/Ill
                  what:   under TLSv1.3 the driver waits twice for a silent server: socketTimeout is 200 s and lasts 400 s, and the transaction time-out is 5 min
                  why:    a body that waits for a silent server keeps its timer thread after its transaction was rolled back
                  remedy: connection URL option socketTimeout=60000
                """);
    }

    @Test
    @Tag("any-database")
    void theDriverMayReconnectInSecret() throws Exception {
        add("Ill", Map.of("connection-url", url(TIMEOUTS + "&autoReconnect=true")));
        assertThat(examine("Ill")).isEqualTo("""
                CG0312 WARNING java:jboss/datasources/Ill
                  what:   autoReconnect is true
                  why:    after a loss the driver connects again behind the pool's back: what the job had not committed is gone, and the job is not told
                  remedy: connection URL option autoReconnect=false
                """);
    }

    @Test
    @Tag("any-database")
    void theWaitMayOutlastTheTransaction() throws Exception {
        add("Patient", Map.of());
        assertThat(examine("Patient")).isEqualTo("""
                CG0313 WARNING java:jboss/datasources/Patient
                  what:   max-wait and validation-timeout are 302 s together, and the transaction time-out is 5 min
                  why:    a job that waits to the end finds its transaction rolled back, and does not start (CG0202)
                  remedy: connection-guard."java:jboss/datasources/Patient".max-wait=PT2M30S
                """);
    }

    @Test
    void theServerMayBeReadOnly() throws Exception {
        add("Writing", Map.of());
        add("Ill", Map.of());
        globally("read_only", "on", "off", () -> {
            assertThat(examine("Writing")).isEqualTo("""
                    CG0314 WARNING java:jboss/datasources/Writing
                      what:   SERVER is read-only, and writable is demanded
                      why:    guarded jobs wait for a server that accepts writes, and are refused after max-wait
                      remedy: SET GLOBAL read_only = OFF; or let the connection URL lead to the primary
                    """);
            assertThat(examine("Ill")).isEqualTo("""
                    CG0315 INFO java:jboss/datasources/Ill
                      what:   SERVER is read-only
                      why:    a job that writes fails in its middle; with writable it waits for a server that accepts writes
                      remedy: connection-guard."java:jboss/datasources/Ill".writable=true
                    """);
        });
    }

    @Test
    void poolsMayBeLargerThanTheServer() throws Exception {
        add("Ill", Map.of("max-pool-size", "500"));
        String connections = Long.toString(Sessions.number("select @@global.max_connections"));
        assertThat(examine("Ill")).isEqualTo("""
                CG0316 WARNING java:jboss/datasources/Ill
                  what:   the pool may grow to 500 connections (max-pool-size), and SERVER allows %s (max_connections)
                  why:    under load the server refuses connections (1040), and jobs wait though the database is up
                  remedy: /subsystem=datasources/data-source=Ill:write-attribute(name=max-pool-size, value=%d)
                """.formatted(connections, Integer.parseInt(connections) / 2));
    }

    @Test
    @Tag("any-database")
    void waitingJobsMayTakeAllTimerThreads() throws Exception {
        for (String name : List.of("Ill", "Recommended", "Plain")) {
            add(name, Map.of());
        }
        assertThat(examine("Ill", "Plain")).isEmpty();
        assertThat(examine("Ill", "Plain", "Recommended")).isEqualTo("""
                CG0317 WARNING all data sources
                  what:   12 jobs may wait at once (max-waiting-jobs of 3 data sources), and the timers have 10 threads
                  why:    when the databases are away together, waiting jobs hold every timer thread, and no other timer runs
                  remedy: /subsystem=ejb3/thread-pool=default:write-attribute(name=max-threads, value=22)
                """);
    }

    @Test
    @Tag("any-database")
    void aDataSourceMayStayOutOfTransactions() throws Exception {
        add("Ill", Map.of("jta", "false"));
        assertThat(examine("Ill")).isEqualTo("""
                CG0318 WARNING java:jboss/datasources/Ill
                  what:   jta is false
                  why:    what a job has written stays when its transaction is rolled back; and its checkouts may give other connections than the validated one
                  remedy: /subsystem=datasources/data-source=Ill:write-attribute(name=jta, value=true)
                """);
    }

    @Test
    void aDatabaseThatIsDownIsSaidAndThePoolExaminedAllTheSame() throws Exception {
        add("Ill", Map.of("blocking-timeout-wait-millis", "60000"));
        TestServers.database().stop();
        try {
            assertThat(examine("Ill")).isEqualTo("""
                    CG0307 INFO covered java:jboss/datasources/Ill
                      what:   whoever finds the pool exhausted waits for 60 s (blocking-timeout-wait-millis)
                      why:    a guarded job gives up after its max-wait, 30 s; a job without a guard keeps its timer thread all that time
                      remedy: /subsystem=datasources/data-source=Ill:write-attribute(name=blocking-timeout-wait-millis, value=5000)

                    CG0319 WARNING java:jboss/datasources/Ill
                      what:   the database could not be asked: CommunicationsException: Communications link failure (SQLState 08S01, code 0)
                      why:    jobs may meet the same; what depends on the server's own settings is not examined
                      remedy: see to the database, then ask again: ConnectionDoctor.examine(), or deploy once more
                    """);
        } finally {
            TestServers.database().start();
        }
    }

    @Test
    void aConnectionThatFallsSilentIsAbortedAndLeavesNoThread() throws Exception {
        Management.flushAllPools();
        examine("guarded/Proxied");
        TestServers.proxy().silencePresentConnections();
        try {
            assertThat(examine("guarded/Proxied")).contains("could not be asked: no answer within 5 s");
            await().atMost(AT_ONCE).until(() -> get("examined", "threads").equals("0"));
            assertThat(examine("guarded/Proxied")).doesNotContain("CG0319");
        } finally {
            TestServers.proxy().recover();
        }
    }

    @Test
    void connectionsThatDiedInThePoolDoNotDisturbIt() throws Exception {
        add("Ill", Map.of());
        assertThat(examine("Ill")).isEmpty();
        Sessions.killAll();
        assertThat(examine("Ill")).isEmpty();
    }

    @Test
    @Tag("any-database")
    void ofOtherDatabasesItSaysThatItDoesNotKnowThem() throws Exception {
        assertThat(get("examined", "examine?dataSource=java:comp/DefaultDataSource"))
                .isEqualTo("""
                        CG0322 INFO java:comp/DefaultDataSource
                          what:   not examined: its driver, and what its pool validates with (of drivers MySQL's, MariaDB's and PostgreSQL's are known); its database (MySQL, MariaDB and PostgreSQL are known)
                          why:    what may be wrong there is not told here
                          remedy: look yourself whether the pool sorts out what broke and validates what is idle, and whether the driver's connects and reads end in time, as in server-config/wildfly/data-source-recommended.cli

                        CG0324 INFO java:comp/DefaultDataSource
                          what:   the pool counts nothing
                          why:    how many connections are lent, and how long jobs waited for one, can then be seen nowhere
                          remedy: /subsystem=datasources/data-source=ExampleDS:write-attribute(name=statistics-enabled, value=true)
                        """);
    }

    // What comes with an application, and what the timer service needs for itself.

    @Test
    @Tag("any-database")
    void aDataSourceOfAnApplicationsFileIsExaminedAndItsRemediesAreElementsOfIt() throws Exception {
        String place = "Remedy: in the -ds.xml of brought.war, <datasource> of java:jboss/datasources/Brought: ";
        String sorter = "<exception-sorter class-name=\"" + EXTENSIONS + "MySQLExceptionSorter\"/>";
        String checker = "<valid-connection-checker class-name=\"" + EXTENSIONS + "MySQLValidConnectionChecker\"/>"
                + "<background-validation>true</background-validation>"
                + "<background-validation-millis>30000</background-validation-millis>";
        String connect = "<connection-property name=\"connectTimeout\">5000</connection-property>";
        String socket = "<connection-property name=\"socketTimeout\">60000</connection-property>";
        List<String> found = logOfDeploying(bringing("")).lines().toList();
        assertThat(found).hasSize(5);
        assertThat(found.get(0))
                .startsWith("INFO CG0303 java:jboss/datasources/Brought: no exception sorter.")
                .endsWith(place + "<validation>" + sorter + "</validation>");
        assertThat(found.get(1)).contains("CG0304").endsWith(place + "<validation>" + checker + "</validation>");
        assertThat(found.get(2)).contains("CG0308").endsWith(place + connect);
        assertThat(found.get(3)).contains("CG0309").endsWith(place + socket);
        assertThat(logOfDeploying(bringing(connect + socket + "<validation>"
                        + checker.replace("<background", sorter + "<background") + "</validation>")))
                .isEqualTo(
                        "INFO CG0320 brought: the doctor examined java:jboss/datasources/Brought and found nothing to"
                                + " mend");
    }

    /** An application that brings its data source along, with these elements in it. */
    private static WebArchive bringing(String elements) {
        return archive("brought.war", BroughtJob.class, "")
                .addAsWebInfResource(
                        new StringAsset("""
                                <datasources xmlns="http://www.jboss.org/ironjacamar/schema">
                                  <datasource jndi-name="java:jboss/datasources/Brought" pool-name="Brought">
                                    <connection-url>%s</connection-url>
                                    <driver>mysql</driver>
                                    <security><user-name>%s</user-name><password>%s</password></security>
                                    %s
                                  </datasource>
                                </datasources>
                                """.formatted(
                                        url(""),
                                        TestServers.database().user(),
                                        TestServers.database().password(),
                                        elements)),
                        "brought-ds.xml");
    }

    @Test
    @Tag("any-database")
    void ofADataSourceThatTheApplicationDefinesItSaysWhatItLacksAndWhatIsNotShown() throws Exception {
        WebArchive archive = archive("defined.war", DefinedJob.class, "")
                .setManifest(new StringAsset("Manifest-Version: 1.0\nDependencies: com.mysql\n"));
        assertThat(logOfDeploying(archive).lines())
                .hasSize(4)
                .anyMatch(line -> line.startsWith(
                        "WARN CG0319 java:app/jdbc/Defined: the database could not be asked: CommunicationsException"))
                .contains(
                        "INFO CG0322 java:app/jdbc/Defined: not examined: its pool and its driver (WildFly shows none that a @DataSourceDefinition makes). What may be wrong there is not told here. Remedy: look yourself whether the pool sorts out what broke and validates what is idle, and whether the driver's connects and reads end in time, as in server-config/wildfly/data-source-recommended.cli",
                        "INFO CG0323 java:app/jdbc/Defined: a @DataSourceDefinition or a descriptor's data-source makes it, and gives its pool no exception sorter and no validation. A connection that died in the pool is found by the one who takes it, fails, and goes back for the next one (guarded jobs are safe from it). Remedy: no property of the definition mends that: take the definition out, and define the data source in the server's configuration or in a -ds.xml");
    }

    @Test
    @Tag("any-database")
    void theTimerServicesStoreIsExaminedThoughNoJobUsesItAndNobodyGuardsIt() throws Exception {
        // One that stays: until the next reload the timer service does not let go of it.
        Cli.Result made =
                Cli.run(directory, "timer-store.cli", Map.of("ds.jndi", "java:jboss/datasources/DefectsUnguarded"));
        assertThat(made.code()).as(made.output()).isZero();
        try {
            assertThat(get("examined", "examine"))
                    .contains("CG0303 INFO covered java:jboss/datasources/Defects")
                    .contains("""
                            CG0304 WARNING java:jboss/datasources/DefectsUnguarded
                              what:   the timer service's own statements (database-data-store=database) have no guard: pooled connections are never validated
                              why:    a connection that died in the pool is found by the one who takes it, and fails; a persistent timer that is due then does not run (WFLYEJB0502), and one that was to run once does not before the server's next start
                              remedy: data-source --name=DefectsUnguarded --valid-connection-checker-class-name=org.jboss.jca.adapters.jdbc.extensions.mysql.MySQLValidConnectionChecker --background-validation=true --background-validation-millis=30000
                            """)
                    .contains("""
                            CG0309 WARNING java:jboss/datasources/DefectsUnguarded
                              what:   the timer service's own statements (database-data-store=database) have no guard: no socketTimeout
                              why:    a server that falls silent holds the body's statement and its timer thread for ever, and every new connect too; take a value above your longest statement; it concerns persistent timers too
                              remedy: /subsystem=datasources/data-source=DefectsUnguarded/connection-properties=socketTimeout:add(value=60000)
                            """);
            assertThat(logOfDeploying(archive("again.war", ExaminedJob.class, "")))
                    .contains("WARN CG0304 java:jboss/datasources/DefectsUnguarded: the timer service's own statements")
                    .contains("INFO CG0324 all data sources: 2 pools count nothing.")
                    .contains("examined java:jboss/datasources/Defects, java:jboss/datasources/DefectsUnguarded: 9"
                            + " findings; from 2 of them guarded jobs are safe");
        } finally {
            Management.removeDatabaseTimerStore();
        }
        assertThat(get("examined", "examine")).doesNotContain("DefectsUnguarded");
    }

    @Test
    @Tag("any-database")
    void aPoolMayCountNothing() throws Exception {
        add("Ill", Map.of("statistics-enabled", "false"));
        assertThat(examine("Ill")).isEqualTo("""
                CG0324 INFO java:jboss/datasources/Ill
                  what:   the pool counts nothing
                  why:    how many connections are lent, and how long jobs waited for one, can then be seen nowhere
                  remedy: /subsystem=datasources/data-source=Ill:write-attribute(name=statistics-enabled, value=true)
                """);
    }

    @Test
    void noCredentialsAreTold() throws Exception {
        String url = url("?user=%s&password=%s&socketTimeout=400000")
                .formatted(TestServers.database().user(), "secret");
        add("Ill", Map.of("connection-url", url, "user-name", "stranger", "password", "secret"));
        assertThat(examine("Ill"))
                .contains("CG0308", "CG0310", "CG0319")
                .doesNotContain("secret")
                .doesNotContain("jdbc:");
    }

    // How it is done.

    /** Makes a data source as data-source-recommended.cli does, but for these attributes, and without those named. */
    private static void add(String name, Map<String, String> others, String... without) {
        Map<String, String> attributes = new HashMap<>(Map.of(
                "connection-url",
                url(TIMEOUTS),
                "user-name",
                TestServers.database().user(),
                "password",
                TestServers.database().password(),
                "exception-sorter-class-name",
                EXTENSIONS + "MySQLExceptionSorter",
                "valid-connection-checker-class-name",
                EXTENSIONS + "MySQLValidConnectionChecker",
                "background-validation",
                "true",
                "background-validation-millis",
                "30000",
                "idle-timeout-minutes",
                "10",
                "blocking-timeout-wait-millis",
                "5000",
                "statistics-enabled",
                "true"));
        attributes.putAll(others);
        attributes.keySet().removeAll(List.of(without));
        Management.addDataSource(name, attributes);
    }

    private static String url(String options) {
        return TestServers.database().url() + options;
    }

    private static Map<String, String> parameters(String name) {
        return Map.of(
                "ds.name", name,
                "ds.jndi", "java:jboss/datasources/" + name,
                "ds.url", url(""),
                "ds.user", TestServers.database().user(),
                "ds.password", TestServers.database().password());
    }

    private interface Work {
        void run() throws Exception;
    }

    /** With a variable of the server set for new sessions. */
    private static void globally(String variable, String value, String usual, Work work) throws Exception {
        Sessions.execute("set global " + variable + " = " + value);
        try {
            work.run();
        } finally {
            Sessions.execute("set global " + variable + " = " + usual);
        }
    }

    /** All that the doctor says of these data sources; SERVER stands for the database's name and version. */
    private static String examine(String... names) throws IOException, InterruptedException {
        String query = Arrays.stream(names)
                .map(name -> "dataSource=java:jboss/datasources/" + name)
                .collect(Collectors.joining("&"));
        return get("examined", "examine?" + query);
    }

    private static String get(String application, String path) throws IOException, InterruptedException {
        URI address = URI.create(TestServers.http() + "/" + application + "/surgery/" + path);
        HttpResponse<String> response = HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).as(response.body()).isLessThan(300);
        return response.body().replace(product, "SERVER");
    }

    /** All that the doctor logs when the archive is deployed. */
    private static String logOfDeploying(WebArchive archive) throws Exception {
        int before = Management.log().size();
        Management.whileDeployed(
                archive,
                () -> await().atMost(AT_ONCE).until(() -> logSince(before).contains("CG0320")));
        return logSince(before);
    }

    private static String logSince(int line) throws IOException {
        return Management.log().stream()
                .skip(line)
                .map(LOG_LINE::matcher)
                .filter(Matcher::matches)
                .map(parts -> parts.group(1) + " " + parts.group(2))
                .collect(Collectors.joining("\n"));
    }
}
