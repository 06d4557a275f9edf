/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.connectionguard.message.DeployedDescriptor;
import org.connectionguard.message.JdbcExtensions;
import org.connectionguard.message.PoolPlace;
import org.connectionguard.message.ServerConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mariadb.jdbc.Configuration;
import org.postgresql.PGProperty;
import org.postgresql.ds.PGSimpleDataSource;

class DriverOptionsTest {
    private static final PoolPlace PLACE = new ServerConfiguration("data-source", "X", JdbcExtensions.MYSQL);

    private static DriverOptions of(String url, Map<String, String> properties) {
        return DriverOptions.of(url, "", false, properties);
    }

    @ParameterizedTest
    @CsvSource({
        "jdbc:mysql://db:3306/defects, MYSQL, db:3306",
        "jdbc:mysql://me:secret@db:3306/defects?user=me&password=secret, MYSQL, db:3306",
        "'jdbc:mysql:loadbalance://one,two/defects', MYSQL, 'one,two'",
        "jdbc:mysql://me:sec@ret@db:3306/defects, MYSQL, db:3306",
        "jdbc:mysql://me:sec?ret@db:3306/defects, MYSQL, ''",
        "jdbc:mysql://address=(host=db)(user=me)(password=secret)/defects, MYSQL, address=(host=db)(user=***)(password=***)",
        "jdbc:mysql://db, MYSQL, db",
        "jdbc:mariadb://db/defects, MARIADB, db",
        "'jdbc:mariadb:loadbalance://one,two/defects', MARIADB, 'one,two'",
        "jdbc:postgresql://db/defects, POSTGRESQL, db",
        "jdbc:h2:mem:test;DB_CLOSE_DELAY=-1, , ''",
        "'', , ''",
    })
    void driverAndServerAreReadAndNoCredentials(String url, Driver driver, String server) {
        DriverOptions options = of(url, Map.of());
        assertThat(options.driver()).isEqualTo(Optional.ofNullable(driver));
        assertThat(options.server()).isEqualTo(server);
        assertThat(options.toString()).doesNotContain("sec", "ret", "me:", "=me");
    }

    @ParameterizedTest
    @CsvSource({
        "jdbc:mysql://db/defects, org.mariadb.jdbc.Driver, MARIADB",
        "'', org.mariadb.jdbc.MariaDbDataSource, MARIADB",
        "'', com.mysql.cj.jdbc.MysqlXADataSource, MYSQL",
        "jdbc:mysql://db/defects, com.example.TracingDriver, MYSQL",
        "'', org.postgresql.xa.PGXADataSource, POSTGRESQL",
        "'', org.h2.Driver, ",
    })
    void theClassTellsMoreThanTheUrl(String url, String className, Driver driver) {
        assertThat(DriverOptions.of(url, className, false, Map.of()).driver()).isEqualTo(Optional.ofNullable(driver));
    }

    @Test
    void timeOutsAreMillisecondsAndZeroIsNone() {
        DriverOptions options =
                of("jdbc:mysql://db/defects?connectTimeout=0&socketTimeout=3000&autoReconnect=TRUE", Map.of());
        assertThat(options.connectTimeout()).isEmpty();
        assertThat(options.socketTimeout()).contains(Duration.ofSeconds(3));
        assertThat(options.isOn("autoReconnect")).isTrue();
        assertThat(options.isOn("interactiveClient")).isFalse();
    }

    @Test
    void aConnectOfMariaDbsDriverEndsAfterHalfAMinuteUnlessItIsToldOtherwise() {
        assertThat(of("jdbc:mysql://db/defects", Map.of()).connectTimeout()).isEmpty();
        assertThat(of("jdbc:mariadb://db/defects", Map.of()).connectTimeout()).contains(Duration.ofSeconds(30));
        assertThat(of("jdbc:mariadb://db/defects?connectTimeout=0", Map.of()).connectTimeout())
                .isEmpty();
        assertThat(of("jdbc:mariadb://db/defects", Map.of("connectTimeout", "7000"))
                        .connectTimeout())
                .contains(Duration.ofSeconds(7));
    }

    /** Read by the driver itself, as it is now. */
    @Test
    void theOptionsHaveTheNamesThatMariaDbsDriverKnows() throws SQLException {
        String url = "jdbc:mariadb://db/defects";
        assertThat(Configuration.parse(url).connectTimeout())
                .isEqualTo(of(url, Map.of()).connectTimeout().orElseThrow().toMillis());
        String bounded = url + "?connectTimeout=7000&socketTimeout=4000";
        assertThat(Configuration.parse(bounded).connectTimeout())
                .isEqualTo(of(bounded, Map.of()).connectTimeout().orElseThrow().toMillis());
        assertThat(Configuration.parse(bounded).socketTimeout())
                .isEqualTo(of(bounded, Map.of()).socketTimeout().orElseThrow().toMillis());
    }

    /** Read by the driver itself, as it is now. */
    @Test
    void timeOutsOfPostgreSqlsDriverAreSecondsAndAConnectEndsAfterTen() throws SQLException {
        String url = "jdbc:postgresql://db/defects";
        DriverOptions bounded = of(url + "?socketTimeout=60", Map.of());
        assertThat(bounded.socketTimeout()).contains(Duration.ofSeconds(60));
        assertThat(bounded.connectTimeout()).contains(Duration.ofSeconds(10));
        assertThat(PGProperty.CONNECT_TIMEOUT.getDefaultValue()).isEqualTo("10");
        assertThat(of(url, Map.of()).socketTimeout()).isEmpty();
        assertThat(PGProperty.SOCKET_TIMEOUT.getDefaultValue()).isEqualTo("0");
        assertThat(of(url, Map.of()).remedy(PLACE, "socketTimeout", Duration.ofSeconds(60)))
                .endsWith("/connection-properties=socketTimeout:add(value=60)");
    }

    /** The driver reads the URL's last; its data sources do not let the URL overrule what was set. */
    @Test
    void withPostgreSqlsDriverTheUrlWinsAndWithItsDataSourcesTheSetter() throws SQLException {
        String url = "jdbc:postgresql://db/defects?socketTimeout=3";
        Map<String, String> property = Map.of("socketTimeout", "4");
        Properties properties = new Properties();
        properties.putAll(property);
        assertThat(of(url, property).socketTimeout()).contains(Duration.ofSeconds(3));
        assertThat(org.postgresql.Driver.parseURL(url, properties).getProperty("socketTimeout"))
                .isEqualTo("3");
        String dataSource = "org.postgresql.ds.PGSimpleDataSource";
        assertThat(DriverOptions.of(url, dataSource, true, property).socketTimeout())
                .contains(Duration.ofSeconds(4));
        PGSimpleDataSource urlFirst = new PGSimpleDataSource();
        urlFirst.setURL(url);
        urlFirst.setSocketTimeout(4);
        PGSimpleDataSource urlLast = new PGSimpleDataSource();
        urlLast.setSocketTimeout(4);
        urlLast.setURL(url);
        assertThat(List.of(urlFirst.getSocketTimeout(), urlLast.getSocketTimeout()))
                .containsExactly(4, 4);
    }

    @Test
    void mariaDbsDriverTakesThemInAnyCaseAndMySqlsDoesNot() throws SQLException {
        String options = "://db/defects?sockettimeout=4000";
        assertThat(Configuration.parse("jdbc:mariadb" + options).socketTimeout())
                .isEqualTo(4000);
        assertThat(of("jdbc:mariadb" + options, Map.of()).socketTimeout()).contains(Duration.ofSeconds(4));
        assertThat(of("jdbc:mysql" + options, Map.of()).socketTimeout()).isEmpty();
    }

    @Test
    void withMySqlsDriverThePoolsPropertyWinsAndWithMariaDbsTheUrl() {
        Map<String, String> property = Map.of("socketTimeout", "4000");
        assertThat(of("jdbc:mysql://db/defects?socketTimeout=3000", property).socketTimeout())
                .contains(Duration.ofSeconds(4));
        assertThat(of("jdbc:mariadb://db/defects?socketTimeout=3000", property).socketTimeout())
                .contains(Duration.ofSeconds(3));
    }

    /** They have no setter for a time-out. */
    @Test
    void mariaDbsDataSourcesTakeOptionsInTheirUrlOnly() {
        DriverOptions options = DriverOptions.of(
                "jdbc:mariadb://db/defects",
                "org.mariadb.jdbc.MariaDbDataSource",
                true,
                Map.of("socketTimeout", "4000"));
        assertThat(options.socketTimeout()).isEmpty();
        assertThat(options.remedy(PLACE, "socketTimeout", "60000"))
                .isEqualTo("connection URL option socketTimeout=60000");
    }

    @ParameterizedTest
    @CsvSource({
        "mysql, '', '', add(value=5)",
        "mysql, '', socketTimeout, 'write-attribute(name=value, value=5)'",
        "mysql, socketTimeout=1, '', URL",
        "mysql, socketTimeout=1, socketTimeout, 'write-attribute(name=value, value=5)'",
        "mariadb, '', '', add(value=5)",
        "mariadb, socketTimeout=1, socketTimeout, URL",
        "postgresql, socketTimeout=1, socketTimeout, URL",
    })
    void anOptionIsChangedWhereTheOneStandsThatCounts(String scheme, String inUrl, String property, String remedy) {
        DriverOptions options =
                of("jdbc:" + scheme + "://db/defects?" + inUrl, property.isEmpty() ? Map.of() : Map.of(property, "1"));
        assertThat(options.remedy(PLACE, "socketTimeout", "5"))
                .isEqualTo(
                        remedy.equals("URL")
                                ? "connection URL option socketTimeout=5"
                                : "/subsystem=datasources/data-source=X/connection-properties=socketTimeout:" + remedy);
    }

    @Test
    void inADeploymentTheOptionStandsInItsFile() {
        PoolPlace file = new DeployedDescriptor("a.war", "data-source", "java:/X", JdbcExtensions.MYSQL);
        assertThat(of("jdbc:mysql://db/defects", Map.of()).remedy(file, "socketTimeout", "5"))
                .isEqualTo("in the -ds.xml of a.war, <datasource> of java:/X:"
                        + " <connection-property name=\"socketTimeout\">5</connection-property>");
    }
}
