/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.connectionguard.tests.server.Cli;
import org.connectionguard.tests.server.Management;
import org.connectionguard.tests.server.Observer;
import org.connectionguard.tests.server.TestServers;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The README's command that configures a running WildFly, run as it stands there. */
@Tag("any-database")
@ExtendWith(ArquillianExtension.class)
@RunAsClient
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "There the command is jboss-cli.bat")
class CliScriptsIT {
    @TempDir
    private Path directory;

    /** Only so that Arquillian has the server started. */
    @Deployment(testable = false)
    static WebArchive observer() {
        return Observer.archive();
    }

    @Test
    void theRecommendedDataSourceWorksAndHasWhatItsCommentsSay() throws Exception {
        Cli.Result result = Cli.run(directory, "data-source-recommended.cli", parameters("Recommended"));
        assertThat(result.output())
                .contains("Data source Recommended: java:jboss/datasources/Recommended, recommended");
        assertThat(result.code()).as(result.output()).isZero();
        assertThat(Management.attribute("exception-sorter-class-name", "Recommended"))
                .endsWith("MySQLExceptionSorter");
        assertThat(Management.attribute("background-validation-millis", "Recommended"))
                .isEqualTo("30000");
        assertThat(Management.connects("Recommended")).isTrue();

        // The timers' store on that data source, and back again.
        Cli.Result store =
                Cli.run(directory, "timer-store.cli", Map.of("ds.jndi", "java:jboss/datasources/Recommended"));
        assertThat(store.code()).as(store.output()).isZero();
        assertThat(Management.defaultTimerStore()).isEqualTo("database");
        Management.removeDatabaseTimerStore();
    }

    /** What it connects with is tried elsewhere, and has no part in this. */
    @Test
    void theRecommendedDataSourceForPostgreSqlHasItsSorterAndItsDriversOptions() throws Exception {
        Cli.Result driver = Cli.run(
                directory,
                List.of("/subsystem=datasources/jdbc-driver=postgresql:add(driver-module-name=com.h2database.h2,"
                        + " driver-class-name=org.h2.Driver)"));
        assertThat(driver.code()).as(driver.output()).isZero();
        Map<String, String> parameters = new TreeMap<>(parameters("ForPostgreSql"));
        parameters.put("ds.driver.name", "postgresql");
        try {
            Cli.Result result = Cli.run(directory, "data-source-recommended.cli", parameters);
            assertThat(result.code()).as(result.output()).isZero();
            assertThat(Management.attribute("driver-name", "ForPostgreSql")).isEqualTo("postgresql");
            assertThat(Management.attribute("exception-sorter-class-name", "ForPostgreSql"))
                    .endsWith(".postgres.PostgreSQLExceptionSorter");
            assertThat(Management.attribute("valid-connection-checker-class-name", "ForPostgreSql"))
                    .endsWith(".postgres.PostgreSQLValidConnectionChecker");
            Cli.Result options = Cli.run(
                    directory,
                    List.of("/subsystem=datasources/data-source=ForPostgreSql/connection-properties=loginTimeout"
                            + ":read-attribute(name=value)"));
            assertThat(options.output()).contains("\"result\" => \"10\"");
        } finally {
            if (Management.dataSources().contains("ForPostgreSql")) {
                Management.removeDataSource("ForPostgreSql");
            }
            Management.remove("subsystem", "datasources", "jdbc-driver", "postgresql");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ds.name", "ds.jndi", "ds.url", "ds.user", "ds.password"})
    void aMissingParameterIsNamedAndNothingIsDone(String missing) throws Exception {
        Map<String, String> parameters = new TreeMap<>(parameters("Half"));
        parameters.remove(missing);
        Cli.Result result = Cli.run(directory, "data-source-recommended.cli", parameters);
        assertThat(result.code()).isNotZero();
        assertThat(result.output()).contains("Unrecognized system property " + missing);
        assertThat(result.output()).doesNotContain("password=");
        assertThat(Management.dataSources()).doesNotContain("Half");
    }

    @Test
    void whatThePoolsSayOfFailedConnectsAndDestroyedConnectionsIsQuietedHoweverOftenOneRunsIt() throws Exception {
        for (int time = 0; time < 2; time++) {
            Cli.Result result = Cli.run(directory, "quiet-pool-log.cli", Map.of());
            assertThat(result.code()).as(result.output()).isZero();
        }
        for (String part : List.of("pool.strategy", "listener")) {
            String logger = "org.jboss.jca.core.connectionmanager." + part;
            Cli.Result level =
                    Cli.run(directory, List.of("/subsystem=logging/logger=" + logger + ":read-attribute(name=level)"));
            assertThat(level.output()).contains("\"result\" => \"ERROR\"");
            Management.remove("subsystem", "logging", "logger", logger);
        }
    }

    @Test
    void aServerThatRefusesSaysWhy() throws Exception {
        Cli.Result result = Cli.run(directory, "data-source.cli", parameters("Defects"));
        assertThat(result.code()).isNotZero();
        assertThat(result.output()).contains("WFLYCTL0212: Duplicate resource", "Defects");
    }

    private static Map<String, String> parameters(String name) {
        return Map.of(
                "ds.name", name,
                "ds.jndi", "java:jboss/datasources/" + name,
                "ds.url", TestServers.database().url(),
                "ds.user", TestServers.database().user(),
                "ds.password", TestServers.database().password());
    }
}
