/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.connectionguard.Finding;
import org.connectionguard.config.Settings;
import org.connectionguard.database.ServerFacts;
import org.connectionguard.message.PoolPlace;
import org.connectionguard.message.ServerConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rules at their borders. Their words are asserted in the container, by DoctorIT. */
class ExaminationTest {
    private static final String NAME = "java:jboss/datasources/Defects";
    private static final PoolPlace PLACE = new ServerConfiguration("data-source", "Defects");
    private static final ServerFacts SERVER = new ServerFacts(
            "MySQL 9.7.4", Duration.ofHours(8), Duration.ofHours(8), 151, false, Optional.of("TLSv1.3"));
    private static final ContainerFacts CONTAINER =
            new ContainerFacts("default", OptionalInt.of(10), Optional.of(Duration.ofSeconds(300)));

    /** data-source-recommended.cli with an idle time-out of these minutes, validation this often, and these options. */
    private static PoolFacts pool(long idleMinutes, long validationSeconds, String options) {
        return new PoolFacts(
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
        PoolFacts large = new PoolFacts(
                new ServerConfiguration("data-source", "Large"),
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
        assertThat(findings(Optional.empty(), Optional.empty(), Optional.empty()))
                .containsExactly(
                        "CG0322 not examined: its pool and its driver (they do not stand in WildFly's datasources"
                                + " subsystem); its database (MySQL and MariaDB are known)");
        assertThat(findings(Optional.of(SERVER), Optional.empty(), Optional.empty()))
                .containsExactly(
                        "CG0322 not examined: its pool and its driver (they do not stand in WildFly's datasources"
                                + " subsystem)");
        PoolFacts otherDriver = bare("jdbc:postgresql://db/defects", true);
        String driver = "its driver, and what its pool validates with (of drivers MySQL's and MariaDB's Connector/J are"
                + " known)";
        assertThat(findings(Optional.empty(), Optional.empty(), Optional.of(otherDriver)))
                .containsExactly("CG0322 not examined: " + driver + "; its database (MySQL and MariaDB are known)");
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
        return new PoolFacts(
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
        PoolFacts pool = new PoolFacts(
                PLACE,
                20,
                sound.idleTimeout(),
                sound.backgroundValidation(),
                false,
                true,
                true,
                sound.blockingTimeout(),
                true,
                Optional.of(true),
                DriverOptions.of("jdbc:mariadb://db/defects?" + options, "", false, Map.of()));
        assertThat(ids(facts(Settings.DEFAULTS, SERVER, pool))).isEqualTo(id.isEmpty() ? List.of() : List.of(id));
    }

    // What belongs to the application, to the timer service, and to nobody.

    private static Facts defined(Settings guard) {
        return new Facts(
                NAME,
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
        PoolFacts asking = new PoolFacts(
                PLACE,
                20,
                sound.idleTimeout(),
                Duration.ZERO,
                true,
                true,
                true,
                sound.blockingTimeout(),
                true,
                Optional.of(true),
                sound.options());
        assertThat(ids(facts(Settings.DEFAULTS, SERVER, asking))).containsExactly("CG0306");
        assertThat(ids(timerStore(Settings.DEFAULTS, asking))).isEmpty();
    }

    @Test
    void poolsThatCountNothingAreSaidOnceHoweverManyTheyAre() {
        PoolFacts silent = bare("jdbc:postgresql://db/defects", false);
        assertThat(statistics(silent))
                .containsExactly(new Finding(
                        "CG0324",
                        NAME,
                        Finding.Severity.INFO,
                        "the pool counts nothing",
                        "how many connections are lent, and how long jobs waited for one, can then be seen nowhere",
                        "/subsystem=datasources/data-source=Defects:write-attribute(name=statistics-enabled, value=true)",
                        false));
        PoolFacts other = new PoolFacts(
                new ServerConfiguration("xa-data-source", "Other"),
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
                NAME, Settings.DEFAULTS, server, noAnswer, pool, false, Optional.empty(), ContainerFacts.UNKNOWN);
        return new Examination(List.of(facts))
                .findings().stream()
                        .map(finding -> finding.id() + " " + finding.what())
                        .toList();
    }
}
