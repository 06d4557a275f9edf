/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.connectionguard.RunOutcome;
import org.connectionguard.server.DatabaseServer;
import org.connectionguard.server.Directories;
import org.connectionguard.server.TcpProxy;
import org.connectionguard.servers.app.AutoJob;
import org.connectionguard.servers.app.FailJob;
import org.connectionguard.servers.app.LaterJob;
import org.connectionguard.servers.app.NestingJob;
import org.connectionguard.servers.app.NoTransactionJob;
import org.connectionguard.servers.app.OutsideJob;
import org.connectionguard.servers.app.PersistentJob;
import org.connectionguard.servers.app.ProceedJob;
import org.connectionguard.servers.app.SkipJob;
import org.connectionguard.servers.app.scheduled.ScheduleStart;
import org.connectionguard.servers.app.scheduled.ScheduledJob;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds on every server, and what becomes of the same application without the library. */
@ParameterizedClass(allowZeroInvocations = true)
@MethodSource("org.connectionguard.servers.Product#chosen")
class ContractIT {
    /** They expire every other second. */
    private static final List<String> PATIENT =
            List.of("PatientJob", "AutoJob", "OutsideJob", "NestingJob", "NoTransactionJob", "PersistentJob");

    /** Their transactions are bound to the connection that was validated; the others may get another one, which may be dead. */
    private static final List<String> PINNED = List.of("PatientJob", "AutoJob", "NestingJob", "PersistentJob");

    /**
     * What the twin has not where the network is silent: each job that hangs keeps one of the server's threads, and GlassFish 8 has a
     * single one for scheduled methods.
     */
    private static final Class<?>[] WITHOUT = {
        AutoJob.class,
        FailJob.class,
        LaterJob.class,
        NestingJob.class,
        NoTransactionJob.class,
        OutsideJob.class,
        PersistentJob.class,
        ProceedJob.class,
        ScheduleStart.class,
        ScheduledJob.class,
        SkipJob.class
    };

    /** The same, where the server can run it. */
    private static final String SCHEDULED = "ScheduledJob";

    /** Its timer expires once, and it may not be put off. */
    private static final String FAIL_ONCE = "FailOnceJob once";

    private static final String GUARDED = "guarded";

    /** The tests whose data sources come to the database by a proxy. */
    private static final String PROXIED = "proxied";

    private static final Duration OUTAGE = Duration.ofSeconds(10);
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final Duration SOME_EXPIRATIONS = Duration.ofSeconds(12);

    private static DatabaseServer database;
    private static TcpProxy proxy;
    private static AppServer server;
    private static Application guarded;
    private static Application unguarded;
    private static List<DataSourceSetup> dataSources;
    private static List<String> patient;
    private Instant deployed;

    /** Whose data sources the application has that heals none. */
    private String twin;

    @Parameter
    private Product product;

    @BeforeAll
    static void startDatabase() throws SQLException {
        Path directory = Path.of(System.getProperty("work.directory"));
        Directories.empty(directory);
        database = DatabaseChoice.chosen().install(directory.resolve("database"));
        database.start();
        proxy = new TcpProxy(database.port());
        Application.prepare(database);
    }

    @AfterAll
    static void stopDatabase() throws IOException {
        if (proxy != null) {
            proxy.close();
        }
        if (database != null) {
            database.close();
        }
    }

    @BeforeParameterizedClassInvocation
    static void startServer(Product product) throws IOException, InterruptedException {
        Path directory = Files.createDirectories(product.directory());
        dataSources = Stream.of(
                        Stream.of(GUARDED, PROXIED),
                        Stream.of(ContractIT.class.getDeclaredMethods())
                                .filter(method -> method.isAnnotationPresent(Test.class))
                                .map(ContractIT::unguardedOwner))
                .flatMap(owners -> owners)
                .flatMap(owner -> Stream.of(dataSource(owner, "patient"), dataSource(owner, "impatient")))
                .toList();
        server = product.server(Files.createDirectories(directory.resolve("home")));
        server.start(
                dataSources,
                List.of(
                        "-Dconnection-guard.auto=timers",
                        "-Dconnection-guard-console.access=loopback",
                        "-Dconnection-guard.max-wait=PT30S",
                        "-Dconnection-guard.validation-timeout=PT1S",
                        "-Dconnection-guard.\"" + server.nameOf(dataSource(GUARDED, "impatient")) + "\".max-wait=PT1S",
                        "-Dconnection-guard.\"" + server.nameOf(dataSource(PROXIED, "impatient"))
                                + "\".max-wait=PT1S"));
        patient = product.hasScheduledMethods()
                ? Stream.concat(PATIENT.stream(), Stream.of(SCHEDULED)).toList()
                : PATIENT;
    }

    @AfterParameterizedClassInvocation
    static void stopServer() {
        server.close();
    }

    @BeforeEach
    void deploy(TestInfo test) throws IOException, InterruptedException {
        deployed = Instant.now();
        twin = unguardedOwner(test.getTestMethod().orElseThrow());
        boolean proxied = test.getTags().contains(PROXIED);
        guarded = Application.of(
                product, server, GUARDED, true, proxied ? PROXIED : GUARDED, dataSources, product.directory());
        unguarded = Application.of(
                product,
                server,
                twin,
                false,
                twin,
                dataSources,
                product.directory(),
                proxied ? WITHOUT : new Class<?>[0]);
        guarded.deploy();
        unguarded.deploy();
        for (String job : patient) {
            guarded.awaitSuccesses(job, deployed, 1);
        }
        for (String job : proxied ? List.of("PatientJob") : patient) {
            unguarded.awaitSuccesses(job, deployed, 1);
        }
    }

    @AfterEach
    void undeploy() throws IOException, InterruptedException {
        // What hangs would keep its application there.
        proxy.recover();
        guarded.undeploy();
        unguarded.undeploy();
    }

    /**
     * Each test has pools of its own for the application that heals none; and an application of its own, for a server may
     * remember that it has ended a timer.
     */
    private static String unguardedOwner(Method test) {
        return "unguarded-" + test.getName();
    }

    private static DataSourceSetup dataSource(String owner, String unit) {
        boolean proxied = owner.equals(PROXIED)
                || Stream.of(ContractIT.class.getDeclaredMethods())
                        .filter(method -> method.isAnnotationPresent(Tag.class))
                        .anyMatch(method -> unguardedOwner(method).equals(owner));
        return new DataSourceSetup(owner, unit, database, proxied ? proxy.port() : database.port(), false);
    }

    /** Between two expirations, so that no body is hit. */
    private static void awaitQuiet() {
        await().pollInterval(Duration.ofMillis(20))
                .until(() -> System.currentTimeMillis() % 2000 > 800 && System.currentTimeMillis() % 2000 < 1200);
    }

    private static void awaitSomeExpirations() {
        await().pollDelay(SOME_EXPIRATIONS)
                .atMost(SOME_EXPIRATIONS.plusMinutes(1))
                .until(() -> true);
    }

    /** It lasts some expirations, and is over whatever happens. */
    private static void outage(Runnable begins, Runnable ends) {
        begins.run();
        try {
            await().pollDelay(OUTAGE).atMost(OUTAGE.plusMinutes(1)).until(() -> true);
        } finally {
            ends.run();
        }
    }

    private void tell(String fault, String job, Instant since) {
        System.out.println(product + ", " + fault + ", " + job + ": guarded " + guarded.fate(job, since)
                + "; unguarded " + unguarded.fate(job, since));
    }

    /** From now on; whoever is there has to come again. */
    private static void lockOut(boolean out) {
        try {
            database.lockOut(out);
            database.killSessions();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void assertGuardedJobsRan(Instant since) {
        assertRan(patient, since);
    }

    private static void assertRan(List<String> jobs, Instant since) {
        for (String job : jobs) {
            guarded.awaitSuccesses(job, since, 3);
            assertThat(guarded.failures(job, since)).as(job).isEmpty();
        }
        assertNothingIsLostOrDoneTwice(jobs, since);
    }

    /**
     * Which of them is chance: the pool may drop a dead connection when one has met it, as Agroal does; or those that wait have the
     * server's threads for timers, as on Open Liberty while it has few.
     */
    private static void assertTwinsFailed(Instant since) {
        assertThat(PATIENT).anyMatch(job -> !unguarded.failures(job, since).isEmpty());
    }

    /** What bodies wrote is there exactly once, and for each expiration there was at most one. */
    private static void assertNothingIsLostOrDoneTwice(List<String> jobs, Instant since) {
        String book = written().get(0).replaceFirst("/.*", "/");
        // A body has had its answer a moment before its commit.
        await().atMost(SOON).untilAsserted(() -> assertThat(rows(book)).containsExactlyInAnyOrderElementsOf(written()));
        for (String job : jobs) {
            List<Application.Run> runs = guarded.runs(job, since);
            long expirations = Instant.now().getEpochSecond() / 2 - since.getEpochSecond() / 2;
            assertThat(runs).as(job).hasSizeLessThanOrEqualTo((int) expirations);
        }
    }

    /** The rows that are to be there. */
    private static List<String> written() {
        return guarded.all().stream()
                .filter(run ->
                        !run.failed() && !run.entry().isEmpty() && !run.job().equals("OutsideJob"))
                .map(Application.Run::entry)
                .toList();
    }

    /** How often it is in the table, so often it is in the list. */
    private static List<String> rows(String book) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet answer = statement.executeQuery("select job from entry where job like '" + book + "%'")) {
            while (answer.next()) {
                rows.add(answer.getString(1));
            }
        }
        return rows;
    }

    @Test
    void deadConnectionsAreExchangedBeforeTheBody() throws SQLException {
        awaitQuiet();
        Instant killed = Instant.now();
        database.killSessions();
        assertGuardedJobsRan(killed);
        awaitSomeExpirations();
        tell("all connections killed", "PatientJob", killed);
        assertTwinsFailed(killed);
    }

    @Test
    void anOutageOfTenSecondsIsWaitedOut() {
        awaitQuiet();
        Instant gone = Instant.now();
        outage(database::stop, database::start);
        assertGuardedJobsRan(gone);
        awaitSomeExpirations();
        tell("database down for 10 s", "PatientJob", gone);
        assertTwinsFailed(gone);
        if (product.hasScheduledMethods()) {
            tell("database down for 10 s", SCHEDULED, gone);
            assertThat(unguarded.fate(SCHEDULED, gone)).isEqualTo("1 failed, and it is called no more");
        }
    }

    @Test
    void aFrozenDatabaseIsWaitedFor() throws IOException, InterruptedException {
        awaitQuiet();
        Instant frozen = Instant.now();
        outage(database::freeze, database::thaw);
        assertGuardedJobsRan(frozen);
        tell("database frozen for 10 s", "PatientJob", frozen);
        guarded.undeploy();
        assertNoneIsLent();
        guarded.deploy();
    }

    @Test
    void noPolicyEndsASchedule() {
        awaitQuiet();
        Instant gone = Instant.now();
        outage(database::stop, database::start);
        Instant back = Instant.now();
        for (String job : List.of("FailJob", "SkipJob")) {
            guarded.awaitSuccesses(job, back, 3);
        }
        // Under PROCEED the body meets the outage, and what its failure means to the timer is the server's business.
        assertThat(guarded.failures("FailJob", gone)).isEmpty();
        assertThat(guarded.failures("SkipJob", gone)).isEmpty();
        assertThat(guarded.failures("ProceedJob", gone)).isNotEmpty();
        awaitSomeExpirations();
        tell("database down for 10 s", "FailJob", gone);
        assertThat(unguarded.failures("FailJob", gone)).isNotEmpty();
    }

    @Test
    void whatTheContainerMakesGoodByCallingOnceMoreIsNotLost() {
        awaitQuiet();
        Instant gone = Instant.now();
        database.stop();
        try {
            guarded.expireOnce();
            unguarded.expireOnce();
            await().pollDelay(Duration.ofSeconds(2)).until(() -> true);
        } finally {
            database.start();
        }
        awaitSomeExpirations();
        tell("database down for 2 s", FAIL_ONCE, gone);
        assertThat(guarded.failures(FAIL_ONCE, gone)).isEmpty();
        assertThat(guarded.runs(FAIL_ONCE, gone))
                .hasSizeGreaterThanOrEqualTo(product.repeatsAfterAMoment() ? 1 : succeeded(unguarded, gone))
                .hasSizeLessThanOrEqualTo(1);
    }

    private static int succeeded(Application application, Instant since) {
        return application.runs(FAIL_ONCE, since).size()
                - application.failures(FAIL_ONCE, since).size();
    }

    @Test
    void aRunWhoseCommitFailsIsToldAsFailed() throws IOException {
        awaitQuiet();
        Instant start = Instant.now();
        guarded.expireUncommitted();
        await().atMost(SOON).until(() -> guarded.told("UncommittedJob.run", RunOutcome.FAILED) >= 1);
        assertThat(guarded.told("UncommittedJob.run", RunOutcome.RAN)).isZero();
        // The bodies themselves have nothing to complain of.
        assertThat(guarded.runs("UncommittedJob once", start)).isNotEmpty().noneMatch(Application.Run::failed);
    }

    @Test
    void aRunThatIsPutOffIsMadeUpOnce() throws IOException {
        guarded.awaitSuccesses("LaterJob", Instant.EPOCH, 1);
        awaitQuiet();
        Instant gone = Instant.now();
        int before = log().size();
        database.stop();
        try {
            guarded.expireOnce();
            unguarded.expireOnce();
            // One expiration of the job that has one every 20 s lies within it.
            await().atMost(Duration.ofSeconds(30)).until(() -> hasSaid(before, "CG0140", "LaterJob"));
        } finally {
            database.start();
        }
        Instant back = Instant.now();
        await().atMost(SOON).until(() -> guarded.runs("LaterJob", back).size() == 1);
        await().atMost(SOON).until(() -> guarded.runs("OnceJob once", back).size() == 1);
        assertThat(guarded.failures("LaterJob", gone)).isEmpty();
        assertThat(guarded.runs("OnceJob once", gone)).hasSize(1);
        guarded.awaitSuccesses("LaterJob", back, 2);
        List<Application.Run> runs = guarded.runs("LaterJob", back);
        // The second one is the schedule's own.
        assertThat(runs.get(1).at().getEpochSecond() % 20).isLessThan(3);
        assertThat(guarded.runs("OnceJob once", gone)).hasSize(1);
        assertThat(unguarded.runs("OnceJob once", gone)).allMatch(Application.Run::failed);
    }

    @Test
    void aJobRunsByHand() throws IOException {
        guarded.awaitSuccesses("LaterJob", Instant.EPOCH, 1);
        // Between two expirations, so that none of these is taken for it.
        await().atMost(Duration.ofSeconds(30))
                .until(() ->
                        Instant.now().getEpochSecond() % 20 > 3 && Instant.now().getEpochSecond() % 20 < 10);
        Instant asked = Instant.now();
        guarded.run("LaterJob.run");
        await().atMost(Duration.ofSeconds(8))
                .until(() -> guarded.runs("LaterJob", asked).size() == 1);
        assertThat(guarded.failures("LaterJob", asked)).isEmpty();
    }

    @Test
    void undeploymentEndsTheWaitsAndLeavesNothing() throws IOException, InterruptedException {
        awaitQuiet();
        int before = log().size();
        database.stop();
        try {
            await().atMost(Duration.ofSeconds(20)).until(() -> hasSaid(before, "CG0102", "patient"));
            Instant asked = Instant.now();
            guarded.undeploy();
            assertThat(Duration.between(asked, Instant.now())).isLessThan(Duration.ofSeconds(20));
        } finally {
            database.start();
        }
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(unguarded.threads())
                        .isNotEmpty()
                        .noneMatch(thread -> thread.startsWith("connection-guard")));
        assertNoneIsLent();
        guarded.deploy();
    }

    /** Of the pools of the guarded application, which is gone: else they could not all be had. */
    private void assertNoneIsLent() throws IOException {
        try {
            for (String unit : List.of("patient", "impatient")) {
                unguarded.hog(dataSource(GUARDED, unit), DataSourceSetup.CONNECTIONS);
            }
        } finally {
            unguarded.giveBack();
        }
    }

    @Test
    void someDeadConnectionsAmongLiveOnesHurtNoJobThatHasATransaction() throws IOException, SQLException {
        List<Long> some = new ArrayList<>();
        for (Application application : List.of(guarded, unguarded)) {
            application.hog(dataSource(application == guarded ? GUARDED : twin, "patient"), PATIENT.size());
            List<Long> held = application.held();
            some.addAll(held.subList(0, held.size() / 2));
            application.giveBack();
        }
        awaitQuiet();
        Instant killed = Instant.now();
        for (long session : some) {
            database.kill(session);
        }
        assertRan(PINNED, killed);
        // Whether a job without the guard meets a dead one is chance.
        for (String job : PATIENT) {
            tell("half of the connections killed", job, killed);
        }
    }

    @Test
    void anExhaustedPoolIsNamedAndIsNotCalledDown() throws IOException {
        int before = log().size();
        guarded.hog(dataSource(GUARDED, "impatient"), DataSourceSetup.CONNECTIONS);
        unguarded.hog(dataSource(twin, "impatient"), DataSourceSetup.CONNECTIONS);
        Instant full = Instant.now();
        guarded.expireOnce();
        await().atMost(Duration.ofSeconds(20))
                .until(() ->
                        hasSaid(before, "CG0102", "impatient", "(exhausted)") && hasSaid(before, "CG0140", "OnceJob"));
        // Others have theirs.
        guarded.awaitSuccesses("PatientJob", full, 3);
        for (String job : List.of("FailJob", "SkipJob", "OnceJob once")) {
            assertThat(guarded.runs(job, full)).as(job).isEmpty();
        }
        assertThat(hasSaid(before, "CG0102", "impatient", "(down)")).isFalse();
        guarded.giveBack();
        unguarded.giveBack();
        for (String job : List.of("FailJob", "SkipJob", "OnceJob once")) {
            guarded.awaitSuccesses(job, full, job.startsWith("Once") ? 1 : 3);
            assertThat(guarded.failures(job, full)).as(job).isEmpty();
        }
        assertThat(guarded.runs("OnceJob once", full)).hasSize(1);
        tell("its pool exhausted", "FailJob", full);
    }

    @Test
    void aWrongPasswordEndsNoSchedule() throws IOException {
        awaitQuiet();
        int before = log().size();
        Instant wrong = Instant.now();
        outage(
                () -> {
                    lockOut(true);
                    guarded.expireOnce();
                },
                () -> lockOut(false));
        assertThat(hasSaid(before, "CG0102", "-patient", "(refused)")).isTrue();
        assertThat(hasSaid(before, "CG0102", "-impatient", "(refused)")).isTrue();
        Instant right = Instant.now();
        for (String job : List.of("FailJob", "SkipJob")) {
            guarded.awaitSuccesses(job, right, 3);
            assertThat(guarded.failures(job, wrong)).as(job).isEmpty();
        }
        assertGuardedJobsRan(wrong);
        guarded.awaitSuccesses("OnceJob once", wrong, 1);
        assertThat(guarded.runs("OnceJob once", wrong)).hasSize(1);
        tell("password wrong for 10 s", "PatientJob", wrong);
        assertTwinsFailed(wrong);
    }

    @Test
    @Tag(PROXIED)
    void aSilentNetworkIsWaitedFor() {
        awaitQuiet();
        Instant silent = Instant.now();
        outage(proxy::silenceAll, proxy::recover);
        assertGuardedJobsRan(silent);
        tell("network silent for 10 s", "PatientJob", silent);
    }

    @Test
    @Tag(PROXIED)
    void connectionsThatStaySilentForEverAreLeftBehind() {
        boolean connectsUnderLock = product == Product.GLASSFISH;
        if (connectsUnderLock) {
            System.out.println(
                    product + " connects under its pool's lock: one connect that never ends keeps everybody from"
                            + " that pool, and nobody can do anything about it");
        }
        assumeFalse(connectsUnderLock);
        awaitQuiet();
        Instant silent = Instant.now();
        outage(proxy::silenceAll, proxy::recoverLeavingSilentOnes);
        assertGuardedJobsRan(silent);
        if (product != Product.GLASSFISH8) {
            // It connects under its pool's lock, too: the body of the job that proceeds keeps everybody from its pool.
            for (String job : List.of("FailJob", "SkipJob")) {
                guarded.awaitSuccesses(job, silent, 3);
            }
        }
        tell("network silent for 10 s, and its connections for ever", "PatientJob", silent);
        assertThat(unguarded.hanging("PatientJob")).isPositive();
    }

    @Test
    void theConsoleShowsTheJobs() throws IOException, InterruptedException {
        Path console = Path.of(System.getProperty("console.war"));
        Path war = Files.copy(
                console,
                product.directory().resolve("connection-guard-console.war"),
                StandardCopyOption.REPLACE_EXISTING);
        server.deploy(war, "index.html");
        try {
            String state = Http.get(server.port(), Http.context(war) + "api/state");
            assertThat(state)
                    .contains("PatientJob.run", "OnceJob.run", "guarded-impatient")
                    .doesNotContain("unguarded");
        } finally {
            server.undeploy(war, "index.html");
        }
    }

    @Test
    void theReportSaysOfEachTimerThatItIsProtected() throws IOException {
        int timers = product.hasScheduledMethods() ? 14 : 13;
        assertThat(log())
                .anyMatch(line -> line.contains("CG0120 guarded has " + timers + " timers: " + timers + " guarded"))
                .noneMatch(line -> line.contains("CG0121"))
                // All ways to be heard are open, or have nothing behind them.
                .noneMatch(line -> line.contains("CG0133"));
    }

    @Test
    void theDoctorSpeaksInTheServersOwnWords() throws IOException {
        await().atMost(Duration.ofSeconds(30)).until(() -> hasSaid(0, "CG0320"));
        for (String words : product.remedies("guarded-impatient")) {
            assertThat(log()).anyMatch(line -> line.contains("guarded-impatient: ") && line.contains(words));
        }
        assertThat(log()).noneMatch(line -> line.contains("CG0322 " + server.nameOf(dataSource(GUARDED, "impatient"))));
    }

    /** What the server has said. */
    private static List<String> log() throws IOException {
        return Files.readAllLines(server.log());
    }

    /** What it has said since it had said so much. */
    private static boolean hasSaid(int lines, String... words) throws IOException {
        return log().stream().skip(lines).anyMatch(line -> Stream.of(words).allMatch(line::contains));
    }
}
