/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.connectionguard.Finding;
import org.connectionguard.config.Settings;
import org.connectionguard.database.ServerFacts;
import org.connectionguard.message.AgroalPlace;
import org.connectionguard.message.HikariPlace;
import org.connectionguard.message.JdbcExtensions;
import org.connectionguard.message.LibertyPlace;
import org.connectionguard.message.ServerConfiguration;
import org.connectionguard.message.TomcatPlace;
import org.connectionguard.message.WildFlyPlace;
import org.connectionguard.pool.PoolSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rules at their borders. Their words are asserted in the container, by DoctorIT. */
class ExaminationTest {
    private static final String NAME = "java:jboss/datasources/Defects";
    private static final String TYPE = "com.acme.PoolingDataSource";
    private static final WildFlyPlace PLACE = new ServerConfiguration("data-source", "Defects", JdbcExtensions.MYSQL);
    private static final ServerFacts SERVER = new ServerFacts(
            "MySQL 9.7.4", Duration.ofHours(8), Duration.ofHours(8), 151, false, Optional.of("TLSv1.3"));
    private static final ContainerFacts CONTAINER =
            container("WildFly", Optional.of(Duration.ofSeconds(300)), OptionalInt.of(10));

    private static final Optional<Duration> NEVER = Optional.empty();
    private static final Optional<Duration> HALF_MINUTE = Optional.of(Duration.ofSeconds(30));
    private static final String SOUND_URL = "jdbc:mysql://db/defects?connectTimeout=5000&socketTimeout=60000";

    private static ContainerFacts container(String name, Optional<Duration> transactions, OptionalInt threads) {
        return new ContainerFacts(name, "default", new ServerLimits(transactions, threads, false));
    }

    private static PoolFacts wildFly(
            WildFlyPlace place,
            int size,
            Duration idle,
            Duration background,
            boolean match,
            boolean asks,
            boolean sorter,
            Duration blocking,
            boolean jta,
            Optional<Boolean> statistics,
            DriverOptions options) {
        return new PoolFacts(
                place,
                new PoolSettings(
                        OptionalInt.of(size),
                        Optional.of(idle.multipliedBy(3).dividedBy(2)).filter(longest -> !longest.isZero()),
                        Optional.of(background).filter(often -> !often.isZero()),
                        match ? Optional.of(Duration.ZERO) : Optional.empty(),
                        Optional.of(blocking)),
                options,
                Optional.of(new ManagedFacts(place, jta, statistics)),
                Optional.of(new WildFlyFacts(place, asks, sorter)));
    }

    /** data-source-recommended.cli with an idle time-out of these minutes, validation this often, and these options. */
    private static PoolFacts pool(long idleMinutes, long validationSeconds, String options) {
        return wildFly(
                PLACE,
                20,
                Duration.ofMinutes(idleMinutes),
                Duration.ofSeconds(validationSeconds),
                false,
                true,
                true,
                Duration.ofSeconds(5),
                true,
                Optional.of(true),
                DriverOptions.of("jdbc:mysql://db/defects?connectTimeout=5000&" + options, "", false, Map.of()));
    }

    private static PoolFacts pool() {
        return pool(10, 30, "socketTimeout=60000");
    }

    private static Facts facts(Settings guard, ServerFacts server, PoolFacts pool) {
        return new Facts(
                NAME,
                TYPE,
                guard,
                Optional.of(server),
                Optional.empty(),
                Optional.of(pool),
                false,
                Optional.empty(),
                CONTAINER);
    }

    private static List<String> ids(Facts... facts) {
        return new Examination(List.of(facts))
                .findings().stream().map(Finding::id).toList();
    }

    private static ServerFacts closingAfter(long seconds) {
        return new ServerFacts(
                "MySQL 9.7.4", Duration.ofSeconds(seconds), Duration.ofHours(8), 151, false, Optional.empty());
    }

    @Test
    void nothingIsFoundOnTheRecommendedConfiguration() {
        assertThat(ids(facts(Settings.DEFAULTS, SERVER, pool()))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        // A quarter of an hour is the longest that ten minutes may last.
        "10, 1000, 901, ''",
        "10, 1000, 900, CG0301",
        "0, 30000, 28800, CG0301",
        // Who asks often enough keeps them open.
        "10, 899, 900, ''",
        "10, 900, 900, CG0301",
        "1, 100, 91, ''",
        "10, 100, 91, CG0301",
        "1, 100, 90, CG0302",
        "1, 89, 90, ''",
    })
    void idleConnectionsAgainstTheServersTimeOut(long idleMinutes, long validation, long waitTimeout, String id) {
        assertThat(ids(facts(
                        Settings.DEFAULTS,
                        closingAfter(waitTimeout),
                        pool(idleMinutes, validation, "socketTimeout=60000"))))
                .isEqualTo(id.isEmpty() ? List.of() : List.of(id));
    }

    @ParameterizedTest
    @CsvSource({"91, 1", "181, 2", "600, 6", "900, 9", "5000, 10"})
    void theProposedIdleTimeOutIsShortEnough(long waitTimeout, long minutes) {
        PoolFacts forEver = pool(0, 86_400, "socketTimeout=60000");
        Finding finding = new Examination(List.of(facts(Settings.DEFAULTS, closingAfter(waitTimeout), forEver)))
                .findings()
                .get(0);
        assertThat(finding.remedy()).endsWith("(name=idle-timeout-minutes, value=" + minutes + ")");
        assertThat(ids(facts(
                        Settings.DEFAULTS, closingAfter(waitTimeout), pool(minutes, 86_400, "socketTimeout=60000"))))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "149999, TLSv1.3, ''",
        "150000, TLSv1.3, CG0311",
        "150000, TLSv1.2, ''",
        "299999, TLSv1.3, CG0311",
        "299999, TLSv1.2, ''",
        "300000, TLSv1.3, CG0310",
        "0, TLSv1.3, CG0309"
    })
    void socketTimeoutAgainstTheTransaction(String socketTimeout, String tls, String id) {
        ServerFacts server =
                new ServerFacts("MySQL 9.7.4", Duration.ofHours(8), Duration.ofHours(8), 151, false, Optional.of(tls));
        assertThat(ids(facts(Settings.DEFAULTS, server, pool(10, 30, "socketTimeout=" + socketTimeout))))
                .isEqualTo(id.isEmpty() ? List.of() : List.of(id));
    }

    /** The server of the container tests speaks no TLS where it is the embedded MariaDB. */
    @Test
    void theWordsOnTls() {
        PoolFacts pool = pool(10, 30, "socketTimeout=200000");
        assertThat(new Examination(List.of(facts(Settings.DEFAULTS, SERVER, pool))).findings())
                .containsExactly(new Finding(
                        "CG0311",
                        NAME,
                        Finding.Severity.WARNING,
                        "under TLSv1.3 the driver waits twice for a silent server: socketTimeout is 200 s and lasts 400 s,"
                                + " and the transaction time-out is 5 min",
                        "a body that waits for a silent server keeps its timer thread after its transaction was rolled"
                                + " back",
                        "connection URL option socketTimeout=60000",
                        false));
    }

    @ParameterizedTest
    @CsvSource({"297, 0", "298, 1"})
    void maxWaitAgainstTheTransaction(long maxWait, int findings) {
        Settings guard = Settings.DEFAULTS.withMaxWait(Duration.ofSeconds(maxWait));
        assertThat(ids(facts(guard, SERVER, pool()))).hasSize(findings);
    }

    @Test
    void threeDataSourcesCanTakeAllTimerThreads() {
        Facts one = facts(Settings.DEFAULTS, SERVER, pool());
        assertThat(ids(one, one)).isEmpty();
        assertThat(ids(one, one, one)).containsExactly("CG0317");
    }

    @Test
    void poolsOfOneServerAreCountedTogether() {
        PoolFacts large = wildFly(
                new ServerConfiguration("data-source", "Large", JdbcExtensions.MYSQL),
                140,
                Duration.ofMinutes(10),
                Duration.ofSeconds(30),
                false,
                true,
                true,
                Duration.ofSeconds(5),
                true,
                Optional.of(true),
                pool().options());
        Facts one = facts(Settings.DEFAULTS, SERVER, pool());
        Facts other = facts(Settings.DEFAULTS, SERVER, large);
        assertThat(ids(one)).isEmpty();
        assertThat(ids(other)).isEmpty();
        // Only the large one is to be made smaller.
        assertThat(ids(one, other)).containsExactly("CG0316");
    }

    /** On other servers than WildFly, with other drivers, and without an answer. */
    @Test
    void whatIsNotKnownIsNotJudgedAndSaidToBeSo() {
        String pool =
                "its pool and its driver (com.acme.PoolingDataSource does not tell how they are set up on Payara)";
        assertThat(findings(Optional.empty(), Optional.empty(), Optional.empty()))
                .containsExactly(
                        "CG0322 not examined: " + pool + "; its database (MySQL, MariaDB and PostgreSQL are known)");
        assertThat(findings(Optional.of(SERVER), Optional.empty(), Optional.empty()))
                .containsExactly("CG0322 not examined: " + pool);
        assertThat(findings(Optional.empty(), Optional.of("no answer"), Optional.empty()))
                .containsExactly(
                        "CG0319 the database could not be asked: no answer",
                        "CG0322 not examined: its pool and its driver (they are asked by a connection, and none could be"
                                + " had)");
        PoolFacts otherDriver = bare("jdbc:oracle:thin://db/defects", true);
        String driver =
                "its driver, and what its pool validates with (of drivers MySQL's, MariaDB's and PostgreSQL's are"
                        + " known)";
        assertThat(findings(Optional.empty(), Optional.empty(), Optional.of(otherDriver)))
                .containsExactly(
                        "CG0322 not examined: " + driver + "; its database (MySQL, MariaDB and PostgreSQL are known)");
        assertThat(findings(Optional.of(SERVER), Optional.empty(), Optional.of(otherDriver)))
                .containsExactly("CG0322 not examined: " + driver);
    }

    /** That it did not answer is said already. */
    @Test
    void aDatabaseThatDoesNotAnswerIsNotSaidToBeUnknownToo() {
        assertThat(findings(Optional.empty(), Optional.of("no answer"), Optional.of(pool())))
                .containsExactly("CG0319 the database could not be asked: no answer");
    }

    /** As WildFly adds it when nothing else is said. */
    private static PoolFacts bare(String url, boolean statistics) {
        return wildFly(
                PLACE,
                20,
                Duration.ofMinutes(30),
                Duration.ZERO,
                false,
                false,
                false,
                Duration.ofSeconds(30),
                true,
                Optional.of(statistics),
                DriverOptions.of(url, "", false, Map.of()));
    }

    /** What it is told of the server may be all that is known of the driver. */
    @Test
    void aServerThatIsPostgreSqlIsNotGivenMySqlsAdvice() {
        ServerFacts postgreSql = new ServerFacts(
                "PostgreSQL 16.2", Duration.ofHours(8), Duration.ofHours(8), 151, false, Optional.empty());
        PoolFacts untold = bare("", true);
        assertThat(ids(facts(Settings.DEFAULTS, SERVER, untold))).contains("CG0303");
        assertThat(ids(facts(Settings.DEFAULTS, postgreSql, untold))).doesNotContain("CG0303");
    }

    // The server.

    private static List<Finding> on(ContainerFacts container) {
        Facts facts = new Facts(
                NAME,
                TYPE,
                Settings.DEFAULTS,
                Optional.of(SERVER),
                Optional.empty(),
                Optional.of(pool()),
                false,
                Optional.empty(),
                container);
        return new Examination(List.of(facts, facts)).findings();
    }

    @Test
    void whatAServerDoesNotTellOfItsTimersIsSaidOnce() {
        assertThat(on(container("Open Liberty", Optional.of(Duration.ofMinutes(5)), OptionalInt.empty())))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.id()).isEqualTo("CG0322");
                    assertThat(finding.dataSource()).isEqualTo("all data sources");
                    assertThat(finding.what())
                            .isEqualTo("not examined: how many threads the timers have on Open Liberty");
                });
        assertThat(on(container("Payara", Optional.empty(), OptionalInt.empty())))
                .singleElement()
                .satisfies(finding -> assertThat(finding.what())
                        .isEqualTo("not examined: how long transactions may last; how many threads the timers have on"
                                + " Payara"));
    }

    @Test
    void transactionsThatLastForEverAreNoGapAndOutlastEveryWait() {
        assertThat(on(container("Payara", Optional.of(Duration.ZERO), OptionalInt.of(16))))
                .isEmpty();
    }

    @Test
    void anotherServersTimersAreTakenToo() {
        assertThat(on(container("TomEE", Optional.of(Duration.ofMinutes(10)), OptionalInt.of(3))))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.id()).isEqualTo("CG0317");
                    assertThat(finding.remedy()).isEqualTo("in conf/system.properties: openejb.timer.pool.size = 11");
                });
    }

    // PostgreSQL's driver.

    @Test
    void thePoolOfPostgreSqlsDriverIsExaminedAndItsConnectEndsByItself() {
        ServerFacts postgreSql = new ServerFacts(
                "PostgreSQL 16.2", Duration.ofDays(1000), Duration.ofDays(1000), 151, false, Optional.of("TLSv1.3"));
        assertThat(ids(facts(Settings.DEFAULTS, postgreSql, bare("jdbc:postgresql://db/defects", true))))
                .containsExactly("CG0303", "CG0304", "CG0309");
        String tooLong = "jdbc:postgresql://db/defects?socketTimeout=";
        assertThat(ids(facts(Settings.DEFAULTS, postgreSql, bare(tooLong + "300", true))))
                .containsExactly("CG0303", "CG0304", "CG0310");
        // Only MySQL's close waits once more.
        assertThat(ids(facts(Settings.DEFAULTS, postgreSql, bare(tooLong + "299", true))))
                .containsExactly("CG0303", "CG0304");
    }

    @Test
    void whatAPostgreSqlRefusesByIsItsOwnAndThatItIsReadOnlyIsNotASetting() {
        ServerFacts readOnly = new ServerFacts(
                "PostgreSQL 16.2", Duration.ofDays(1000), Duration.ofDays(1000), 10, true, Optional.empty());
        List<Finding> findings =
                new Examination(List.of(facts(Settings.DEFAULTS.withWritable(true), readOnly, pool()))).findings();
        assertThat(findings)
                .extracting(Finding::id, Finding::remedy)
                .contains(tuple("CG0314", "let the connection URL lead to the primary"));
        assertThat(findings)
                .filteredOn(finding -> finding.id().equals("CG0316"))
                .singleElement()
                .satisfies(finding -> assertThat(finding.why()).contains("(53300)"));
    }

    // MariaDB's driver.

    @Test
    void thePoolOfMariaDbsDriverIsExaminedAndItsConnectEndsByItself() {
        assertThat(ids(facts(Settings.DEFAULTS, SERVER, bare("jdbc:mysql://db/defects", true))))
                .containsExactly("CG0303", "CG0304", "CG0308", "CG0309");
        assertThat(ids(facts(Settings.DEFAULTS, SERVER, bare("jdbc:mariadb://db/defects", true))))
                .containsExactly("CG0303", "CG0304", "CG0309");
    }

    @ParameterizedTest
    @CsvSource({
        "connectTimeout=0&socketTimeout=60000, CG0308",
        "connectTimeout=1&socketTimeout=60000, ''",
        "socketTimeout=0, CG0309",
        "socketTimeout=300000, CG0310",
        // Only MySQL's close waits once more.
        "socketTimeout=200000, ''",
        // It is ignored since 3.0.
        "socketTimeout=60000&autoReconnect=true, ''",
    })
    void theOptionsOfMariaDbsDriver(String options, String id) {
        PoolFacts sound = pool();
        PoolFacts pool = wildFly(
                PLACE,
                20,
                Duration.ofMinutes(10),
                Duration.ofSeconds(30),
                false,
                true,
                true,
                Duration.ofSeconds(5),
                true,
                Optional.of(true),
                DriverOptions.of("jdbc:mariadb://db/defects?" + options, "", false, Map.of()));
        assertThat(ids(facts(Settings.DEFAULTS, SERVER, pool))).isEqualTo(id.isEmpty() ? List.of() : List.of(id));
    }

    // Pools that are not WildFly's own.

    private static PoolFacts hikari(PoolSettings settings, String url) {
        return new PoolFacts(
                new HikariPlace("Defects"),
                settings,
                DriverOptions.of(url, "com.mysql.cj.jdbc.ConnectionImpl", false, Map.of()),
                Optional.empty(),
                Optional.empty());
    }

    private static PoolSettings settings(
            Optional<Duration> longestIdle,
            Optional<Duration> idleValidation,
            Optional<Duration> checkoutValidation,
            Optional<Duration> checkoutWait) {
        return new PoolSettings(OptionalInt.of(20), longestIdle, idleValidation, checkoutValidation, checkoutWait);
    }

    /** There is no sorter to be had, no transaction and no statistics, and nobody asks for them. */
    @Test
    void whatOtherPoolsDoNotHaveIsNotMissed() {
        assertThat(ids(facts(
                        Settings.DEFAULTS,
                        SERVER,
                        hikari(settings(NEVER, HALF_MINUTE, NEVER, HALF_MINUTE), SOUND_URL))))
                .isEmpty();
    }

    @Test
    void theRulesSpeakOnOtherPoolsToo() {
        assertThat(ids(facts(
                        Settings.DEFAULTS,
                        SERVER,
                        hikari(settings(NEVER, NEVER, NEVER, NEVER), "jdbc:mysql://db/defects"))))
                .containsExactly("CG0301", "CG0304", "CG0307", "CG0308", "CG0309");
    }

    @ParameterizedTest
    @CsvSource({"600, 601, ''", "600, 600, CG0301", "600, 46, CG0301", "600, 45, CG0302"})
    void theShortestTimeOutIsThePoolsOwn(long longestIdle, long waitTimeout, String id) {
        PoolSettings settings = settings(
                Optional.of(Duration.ofSeconds(longestIdle)), NEVER, Optional.of(Duration.ofMillis(500)), HALF_MINUTE);
        assertThat(ids(facts(Settings.DEFAULTS, closingAfter(waitTimeout), hikari(settings, SOUND_URL))))
                .isEqualTo(id.isEmpty() ? List.of() : List.of(id));
    }

    @Test
    void onlyAPoolThatAsksEachTimeAndNeedNotAsksTwice() {
        PoolSettings eachTime = settings(NEVER, HALF_MINUTE, Optional.of(Duration.ZERO), HALF_MINUTE);
        PoolSettings atTimes = settings(NEVER, HALF_MINUTE, HALF_MINUTE, HALF_MINUTE);
        DriverOptions options = pool().options();
        PoolFacts tomcat = new PoolFacts(new TomcatPlace("X"), eachTime, options, Optional.empty(), Optional.empty());
        assertThat(ids(facts(Settings.DEFAULTS, SERVER, tomcat))).containsExactly("CG0306");
        assertThat(ids(facts(
                        Settings.DEFAULTS,
                        SERVER,
                        new PoolFacts(new TomcatPlace("X"), atTimes, options, Optional.empty(), Optional.empty()))))
                .isEmpty();
        // It can do nothing else.
        assertThat(ids(facts(
                        Settings.DEFAULTS,
                        SERVER,
                        new PoolFacts(new LibertyPlace("X"), eachTime, options, Optional.empty(), Optional.empty()))))
                .isEmpty();
    }

    @Test
    void aServerThatClosesNothingIsNoReasonToLetIdleConnectionsGo() {
        ServerFacts postgreSql = new ServerFacts(
                "PostgreSQL 16.2",
                ChronoUnit.FOREVER.getDuration(),
                ChronoUnit.FOREVER.getDuration(),
                151,
                false,
                Optional.empty());
        PoolFacts pool = new PoolFacts(
                new TomcatPlace("X"),
                settings(NEVER, NEVER, NEVER, HALF_MINUTE),
                DriverOptions.of("jdbc:postgresql://db/defects", "org.postgresql.jdbc.PgConnection", false, Map.of()),
                Optional.empty(),
                Optional.empty());
        assertThat(ids(facts(Settings.DEFAULTS, postgreSql, pool))).containsExactly("CG0304", "CG0309");
        ServerFacts closing = new ServerFacts(
                "PostgreSQL 16.2", Duration.ofMinutes(1), Duration.ofMinutes(1), 151, false, Optional.empty());
        assertThat(new Examination(List.of(facts(Settings.DEFAULTS, closing, pool)))
                        .findings()
                        .get(0)
                        .what())
                .endsWith("PostgreSQL 16.2 closes them after 60 s (idle_session_timeout)");
    }

    @Test
    void aDataSourceThatAPoolWasGivenHasOptionsThatNobodyTells() {
        PoolFacts pool = new PoolFacts(
                new HikariPlace("X"),
                settings(HALF_MINUTE, NEVER, HALF_MINUTE, HALF_MINUTE),
                DriverOptions.unreadable("jdbc:mysql://db/defects"),
                Optional.empty(),
                Optional.empty());
        assertThat(findings(Optional.of(SERVER), Optional.empty(), Optional.of(pool)))
                .containsExactly(
                        "CG0322 not examined: its driver's options (they are set in the data source that its pool"
                                + " was given)");
        // But which server it leads to is known.
        assertThat(pool.options().server()).isEqualTo("db");
    }

    @Test
    void aPoolWithoutBoundIsNotCounted() {
        PoolFacts unbounded = new PoolFacts(
                new LibertyPlace("X"),
                new PoolSettings(OptionalInt.empty(), HALF_MINUTE, NEVER, HALF_MINUTE, HALF_MINUTE),
                pool().options(),
                Optional.empty(),
                Optional.empty());
        assertThat(ids(facts(Settings.DEFAULTS, SERVER, unbounded))).isEmpty();
    }

    // Agroal, which WildFly manages, too.

    private static PoolFacts agroal(PoolSettings settings, String options, boolean jta, boolean statistics) {
        AgroalPlace place = new AgroalPlace("datasource", "Defects");
        return new PoolFacts(
                place,
                settings,
                DriverOptions.of("jdbc:mysql://db/defects?" + options, "", false, Map.of()),
                Optional.of(new ManagedFacts(place, jta, Optional.of(statistics))),
                Optional.empty());
    }

    /** agroal-data-source-recommended.cli. */
    @Test
    void nothingIsFoundOnTheRecommendedConfigurationOfAgroal() {
        PoolFacts recommended = agroal(
                settings(Optional.of(Duration.ofMinutes(20)), HALF_MINUTE, NEVER, Optional.of(Duration.ofSeconds(5))),
                "connectTimeout=5000&socketTimeout=60000",
                true,
                true);
        assertThat(ids(facts(Settings.DEFAULTS, SERVER, recommended))).isEmpty();
    }

    /** agroal-data-source.cli, outside transactions. */
    @Test
    void whatIsFoundOfAgroalIsMendedInItsOwnSubsystem() {
        PoolFacts plain = agroal(settings(NEVER, NEVER, NEVER, NEVER), "", false, false);
        String place = "/subsystem=datasources-agroal/datasource=Defects";
        String pool = place + ":write-attribute(name=connection-pool.";
        String option = place + ":map-put(name=connection-factory.connection-properties, key=";
        assertThat(new Examination(List.of(facts(Settings.DEFAULTS, SERVER, plain))).findings())
                .extracting(finding -> finding.id() + " " + finding.remedy())
                .containsExactly(
                        "CG0301 " + pool + "min-size, value=0); " + pool + "idle-removal, value=10)",
                        "CG0304 " + pool + "background-validation, value=30000)",
                        "CG0307 " + pool + "blocking-timeout, value=5000)",
                        "CG0308 " + option + "connectTimeout, value=5000)",
                        "CG0309 " + option + "socketTimeout, value=60000)",
                        "CG0318 " + place + ":write-attribute(name=jta, value=true)",
                        "CG0324 " + place + ":write-attribute(name=statistics-enabled, value=true)");
    }

    // What belongs to the application, to the timer service, and to nobody.

    private static Facts defined(Settings guard) {
        return new Facts(
                NAME,
                TYPE,
                guard,
                Optional.of(SERVER),
                Optional.empty(),
                Optional.empty(),
                true,
                Optional.empty(),
                CONTAINER);
    }

    @Test
    void aDefinitionOfTheApplicationsGivesItsPoolNothingAndThatIsAllThatIsKnown() {
        assertThat(new Examination(List.of(defined(Settings.DEFAULTS))).findings())
                .extracting(Finding::id, Finding::severity, Finding::covered)
                .containsExactly(
                        tuple("CG0322", Finding.Severity.INFO, false), tuple("CG0323", Finding.Severity.INFO, true));
        assertThat(new Examination(List.of(defined(Settings.DEFAULTS.withEnabled(false)))).findings())
                .extracting(Finding::id, Finding::severity, Finding::covered)
                .containsExactly(
                        tuple("CG0322", Finding.Severity.INFO, false),
                        tuple("CG0323", Finding.Severity.WARNING, false));
        assertThat(new Examination(List.of(defined(Settings.DEFAULTS)))
                        .findings()
                        .get(0)
                        .what())
                .isEqualTo(
                        "not examined: its pool and its driver (WildFly shows none that a @DataSourceDefinition makes)");
    }

    private static Facts timerStore(Settings guard, PoolFacts pool) {
        return new Facts(
                NAME,
                TYPE,
                guard,
                Optional.of(SERVER),
                Optional.empty(),
                Optional.of(pool),
                false,
                Optional.of("database"),
                CONTAINER);
    }

    @Test
    void theTimerServicesOwnStatementsAreNotCoveredByTheGuardOfAJobOnTheSamePool() {
        List<Finding> findings = new Examination(
                        List.of(timerStore(Settings.DEFAULTS, bare("jdbc:mysql://db/defects", true))))
                .findings();
        assertThat(findings).noneMatch(Finding::covered);
        assertThat(findings).allMatch(finding -> finding.severity() == Finding.Severity.WARNING);
        assertThat(findings)
                .allMatch(finding -> finding.what()
                        .startsWith(
                                "the timer service's own statements (database-data-store=database) have no guard: "));
        assertThat(findings)
                .filteredOn(finding -> finding.why().contains("one that was to run once does not before"))
                .extracting(Finding::id)
                .containsExactly("CG0303", "CG0304");
    }

    @Test
    void aTimerStoreMayValidateAtEveryCheckout() {
        PoolFacts sound = pool();
        PoolFacts asking = wildFly(
                PLACE,
                20,
                Duration.ofMinutes(10),
                Duration.ZERO,
                true,
                true,
                true,
                Duration.ofSeconds(5),
                true,
                Optional.of(true),
                sound.options());
        assertThat(ids(facts(Settings.DEFAULTS, SERVER, asking))).containsExactly("CG0306");
        assertThat(ids(timerStore(Settings.DEFAULTS, asking))).isEmpty();
    }

    @Test
    void poolsThatCountNothingAreSaidOnceHoweverManyTheyAre() {
        PoolFacts silent = bare("jdbc:oracle:thin://db/defects", false);
        assertThat(statistics(silent))
                .containsExactly(new Finding(
                        "CG0324",
                        NAME,
                        Finding.Severity.INFO,
                        "the pool counts nothing",
                        "how many connections are lent, and how long jobs waited for one, can then be seen nowhere",
                        "/subsystem=datasources/data-source=Defects:write-attribute(name=statistics-enabled, value=true)",
                        false));
        PoolFacts other = wildFly(
                new ServerConfiguration("xa-data-source", "Other", JdbcExtensions.MYSQL),
                20,
                Duration.ZERO,
                Duration.ZERO,
                false,
                false,
                false,
                Duration.ofSeconds(5),
                true,
                Optional.of(false),
                silent.options());
        assertThat(statistics(silent, other, silent)).singleElement().satisfies(finding -> {
            assertThat(finding.dataSource()).isEqualTo("all data sources");
            assertThat(finding.what()).isEqualTo("2 pools count nothing");
            assertThat(finding.remedy())
                    .isEqualTo("/subsystem=datasources/data-source=Defects:write-attribute(name=statistics-enabled,"
                            + " value=true); /subsystem=datasources/xa-data-source=Other:write-attribute("
                            + "name=statistics-enabled, value=true)");
        });
        assertThat(statistics(pool())).isEmpty();
    }

    private static List<Finding> statistics(PoolFacts... pools) {
        List<Facts> facts = Stream.of(pools)
                .map(pool -> facts(Settings.DEFAULTS, SERVER, pool))
                .toList();
        return new Examination(facts)
                .findings().stream()
                        .filter(finding -> finding.id().equals("CG0324"))
                        .toList();
    }

    private static List<String> findings(
            Optional<ServerFacts> server, Optional<String> noAnswer, Optional<PoolFacts> pool) {
        Facts facts = new Facts(
                NAME,
                TYPE,
                Settings.DEFAULTS,
                server,
                noAnswer,
                pool,
                false,
                Optional.empty(),
                container("Payara", Optional.of(Duration.ZERO), OptionalInt.of(16)));
        return new Examination(List.of(facts))
                .findings().stream()
                        .map(finding -> finding.id() + " " + finding.what())
                        .toList();
    }
}
