/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.connectionguard.message.PoolPlace.Attribute;
import org.connectionguard.message.PoolPlace.CheckoutValidation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PoolPlaceTest {
    private static final Attribute CHECKER = new Attribute("valid-connection-checker-class-name", "a.Checker");
    private static final Attribute MATCH = new Attribute("validate-on-match", "true");

    @Test
    void theServersConfigurationIsWrittenByTheCli() {
        PoolPlace place = new ServerConfiguration("xa-data-source", "Defects", JdbcExtensions.MYSQL);
        assertThat(place.set(MATCH))
                .isEqualTo("/subsystem=datasources/xa-data-source=Defects:write-attribute(name=validate-on-match,"
                        + " value=true)");
        assertThat(place.set(CHECKER, MATCH))
                .isEqualTo("xa-data-source --name=Defects --valid-connection-checker-class-name=a.Checker"
                        + " --validate-on-match=true");
        assertThat(place.addOption("socketTimeout", "5"))
                .isEqualTo("/subsystem=datasources/xa-data-source=Defects/xa-datasource-properties=socketTimeout"
                        + ":add(value=5)");
    }

    @Test
    void sorterAndCheckerAreThoseOfTheDriversVendor() {
        WildFlyPlace place = new ServerConfiguration("data-source", "X", JdbcExtensions.POSTGRESQL);
        String extensions = "org.jboss.jca.adapters.jdbc.extensions.postgres.PostgreSQL";
        assertThat(place.giveSorter()).endsWith("value=" + extensions + "ExceptionSorter)");
        assertThat(place.giveChecker()).endsWith("value=" + extensions + "ValidConnectionChecker)");
        assertThat(place.validate()).contains(extensions + "ValidConnectionChecker");
    }

    @Test
    void aNameThatTheCliWouldMisreadIsQuoted() {
        PoolPlace place = new ServerConfiguration("data-source", "java:/X", JdbcExtensions.MYSQL);
        assertThat(place.changeOption("socketTimeout", "5"))
                .isEqualTo("/subsystem=datasources/data-source=\"java:/X\"/connection-properties=socketTimeout"
                        + ":write-attribute(name=value, value=5)");
    }

    @ParameterizedTest
    @CsvSource({
        "exception-sorter-class-name, a.Sorter, <validation><exception-sorter class-name=\"a.Sorter\"/></validation>",
        "background-validation-millis, 3, <validation><background-validation-millis>3</background-validation-millis></validation>",
        "idle-timeout-minutes, 10, <timeout><idle-timeout-minutes>10</idle-timeout-minutes></timeout>",
        "blocking-timeout-wait-millis, 5, <timeout><blocking-timeout-millis>5</blocking-timeout-millis></timeout>",
        "max-pool-size, 7, <xa-pool><max-pool-size>7</max-pool-size></xa-pool>",
    })
    void aDeployedFileIsToldItsElements(String attribute, String value, String element) {
        assertThat(new DeployedDescriptor("w.war in a.ear", "xa-data-source", "java:/X", JdbcExtensions.MYSQL)
                        .set(new Attribute(attribute, value)))
                .isEqualTo("in the -ds.xml of w.war in a.ear, <xa-datasource> of java:/X: " + element);
    }

    @Test
    void agroalsSettingsAreWrittenByTheCliInItsOwnSubsystem() {
        AgroalPlace place = new AgroalPlace("xa-datasource", "java:/X");
        String where = "/subsystem=datasources-agroal/xa-datasource=\"java:/X\":";
        String pool = where + "write-attribute(name=connection-pool.";
        assertThat(place.letIdleGo(Duration.ofSeconds(600)))
                .isEqualTo(pool + "min-size, value=0); " + pool + "idle-removal, value=4)");
        assertThat(place.letIdleGo(Duration.ofSeconds(121))).endsWith("value=1)");
        assertThat(place.letIdleGo(Duration.ofHours(8))).endsWith("value=10)");
        assertThat(place.validate()).isEqualTo(pool + "background-validation, value=30000)");
        assertThat(place.checkoutValidation()).isEmpty();
        assertThat(place.waitFiveSeconds()).isEqualTo(pool + "blocking-timeout, value=5000)");
        assertThat(place.growTo(7)).isEqualTo(pool + "max-size, value=7)");
        String option = where + "map-put(name=connection-factory.connection-properties, key=socketTimeout, value=5)";
        assertThat(place.addOption("socketTimeout", "5")).isEqualTo(option);
        assertThat(place.changeOption("socketTimeout", "5")).isEqualTo(option);
        assertThat(place.joinTransactions()).isEqualTo(where + "write-attribute(name=jta, value=true)");
        assertThat(place.count()).isEqualTo(where + "write-attribute(name=statistics-enabled, value=true)");
    }

    // The pools that are not WildFly's own.

    @Test
    void hikarisSettingsAreItsProperties() {
        PoolPlace place = new HikariPlace("Defects");
        String where = "in the configuration of the HikariCP pool Defects: ";
        assertThat(place.letIdleGo(Duration.ofSeconds(600))).isEqualTo(where + "maxLifetime=400000");
        assertThat(place.letIdleGo(Duration.ofHours(8))).isEqualTo(where + "maxLifetime=1800000");
        assertThat(place.validate()).isEqualTo(where + "keepaliveTime=30000");
        assertThat(place.checkoutValidation()).isEmpty();
        assertThat(place.waitFiveSeconds()).isEqualTo(where + "connectionTimeout=5000");
        assertThat(place.growTo(7)).isEqualTo(where + "maximumPoolSize=7");
        assertThat(place.addOption("socketTimeout", "5")).isEqualTo(where + "dataSource.socketTimeout=5");
        assertThat(place.changeOption("socketTimeout", "5")).isEqualTo(where + "dataSource.socketTimeout=5");
    }

    @Test
    void tomcatJdbcsSettingsAreItsProperties() {
        PoolPlace place = new TomcatPlace("Defects");
        String where = "in the configuration of the tomcat-jdbc pool Defects: ";
        assertThat(place.letIdleGo(Duration.ofSeconds(600)))
                .isEqualTo(where + "minIdle=0, minEvictableIdleTimeMillis=300000, timeBetweenEvictionRunsMillis=30000");
        assertThat(place.validate()).isEqualTo(where + "testWhileIdle=true, timeBetweenEvictionRunsMillis=30000");
        assertThat(place.checkoutValidation())
                .contains(new CheckoutValidation(
                        "testOnBorrow",
                        where + "testOnBorrow=false, testWhileIdle=true, timeBetweenEvictionRunsMillis=30000"));
        assertThat(place.waitFiveSeconds()).isEqualTo(where + "maxWait=5000");
        assertThat(place.growTo(7)).isEqualTo(where + "maxActive=7");
        assertThat(place.addOption("socketTimeout", "5")).isEqualTo(where + "connectionProperties=...;socketTimeout=5");
        assertThat(place.changeOption("socketTimeout", "5"))
                .isEqualTo(where + "connectionProperties=...;socketTimeout=5");
    }

    @Test
    void tomEesSettingsAreThoseOfItsResource() {
        PoolPlace place = new TomEePlace("jdbc/Defects");
        String where = "in tomee.xml, <Resource id=\"jdbc/Defects\">: ";
        assertThat(place.letIdleGo(Duration.ofSeconds(600)))
                .isEqualTo(where
                        + "MinIdle = 0, MinEvictableIdleTime = 300 seconds, TimeBetweenEvictionRuns = 30 seconds");
        assertThat(place.validate()).isEqualTo(where + "TestWhileIdle = true, TimeBetweenEvictionRuns = 30 seconds");
        assertThat(place.checkoutValidation())
                .contains(new CheckoutValidation(
                        "TestOnBorrow",
                        where + "TestOnBorrow = false, TestWhileIdle = true, TimeBetweenEvictionRuns = 30 seconds"));
        assertThat(place.waitFiveSeconds()).isEqualTo(where + "MaxWaitTime = 5 seconds");
        assertThat(place.growTo(7)).isEqualTo(where + "MaxActive = 7");
        assertThat(place.addOption("socketTimeout", "5")).isEqualTo(where + "JdbcUrl with the option socketTimeout=5");
        assertThat(place.changeOption("socketTimeout", "5"))
                .isEqualTo(where + "ConnectionProperties with socketTimeout=5");
    }

    /** It sets one after another, and refuses to switch validation on that has nothing to ask with. */
    @Test
    void glassFishsSettingsAreWrittenByAsadminInAnOrderThatItTakes() {
        PoolPlace place = new GlassFishPlace("Defects");
        String pool = " resources.jdbc-connection-pool.Defects.";
        assertThat(place.letIdleGo(Duration.ofSeconds(600)))
                .isEqualTo("asadmin set" + pool + "idle-timeout-in-seconds=299");
        assertThat(place.validate())
                .isEqualTo("asadmin set" + pool
                        + "validation-classname=org.glassfish.api.jdbc.validation.JDBC40ConnectionValidation" + pool
                        + "connection-validation-method=custom-validation" + pool
                        + "validate-atmost-once-period-in-seconds=30" + pool
                        + "is-connection-validation-required=true");
        assertThat(place.checkoutValidation())
                .contains(new CheckoutValidation(
                        "is-connection-validation-required",
                        "asadmin set" + pool + "validate-atmost-once-period-in-seconds=30"));
        assertThat(place.waitFiveSeconds()).isEqualTo("asadmin set" + pool + "max-wait-time-in-millis=5000");
        assertThat(place.growTo(7)).isEqualTo("asadmin set" + pool + "max-pool-size=7");
        assertThat(place.addOption("socketTimeout", "5")).isEqualTo("asadmin set" + pool + "property.socketTimeout=5");
        assertThat(place.changeOption("socketTimeout", "5"))
                .isEqualTo("asadmin set" + pool + "property.socketTimeout=5");
    }

    @Test
    void libertysSettingsAreAttributesOfElementsInTheDataSource() {
        PoolPlace place = new LibertyPlace("Defects");
        String where = "in server.xml, <dataSource id=\"Defects\">: ";
        assertThat(place.letIdleGo(Duration.ofSeconds(100)))
                .isEqualTo(where + "<connectionManager minPoolSize=\"0\" maxIdleTime=\"50s\" reapTime=\"25s\"/>");
        assertThat(place.validate()).isEqualTo("in server.xml: <dataSource id=\"Defects\" validationTimeout=\"5s\">");
        assertThat(place.checkoutValidation()).isEmpty();
        assertThat(place.waitFiveSeconds()).isEqualTo(where + "<connectionManager connectionTimeout=\"5s\"/>");
        assertThat(place.growTo(7)).isEqualTo(where + "<connectionManager maxPoolSize=\"7\"/>");
        assertThat(place.addOption("socketTimeout", "5")).isEqualTo(where + "<properties socketTimeout=\"5\"/>");
        assertThat(place.changeOption("socketTimeout", "5")).isEqualTo(where + "<properties socketTimeout=\"5\"/>");
    }

    @Test
    void elementsOfOnePartStandTogetherAndAttributesAlone() {
        PoolPlace place = new DeployedDescriptor("my-ds.xml", "data-source", "java:/X", JdbcExtensions.MYSQL);
        assertThat(place.set(CHECKER, MATCH, new Attribute("max-pool-size", "7")))
                .isEqualTo("in my-ds.xml, <datasource> of java:/X: <validation><valid-connection-checker"
                        + " class-name=\"a.Checker\"/><validate-on-match>true</validate-on-match></validation>"
                        + "<pool><max-pool-size>7</max-pool-size></pool>");
        assertThat(place.set(new Attribute("jta", "true"))).endsWith("<datasource> of java:/X: jta=\"true\"");
        assertThat(place.addOption("socketTimeout", "5"))
                .endsWith(": <connection-property name=\"socketTimeout\">5</connection-property>");
        assertThat(new DeployedDescriptor("a.war", "xa-data-source", "java:/X", JdbcExtensions.MYSQL)
                        .changeOption("socketTimeout", "5"))
                .endsWith(": <xa-datasource-property name=\"socketTimeout\">5</xa-datasource-property>");
    }
}
