/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.connectionguard.tests.badinput.BoundTwice;
import org.connectionguard.tests.badinput.Correct;
import org.connectionguard.tests.badinput.NoBean;
import org.connectionguard.tests.badinput.NotADataSource;
import org.connectionguard.tests.badinput.PrivateMethod;
import org.connectionguard.tests.badinput.SkippedPrimitive;
import org.connectionguard.tests.badinput.UncheckableReader;
import org.connectionguard.tests.badinput.UncheckableWriter;
import org.connectionguard.tests.badinput.UnitWithoutDataSource;
import org.connectionguard.tests.badinput.WrongDuration;
import org.connectionguard.tests.badinput.WrongName;
import org.connectionguard.tests.examined.SilentJob;
import org.connectionguard.tests.server.Management;
import org.connectionguard.tests.server.TestApplication;
import org.connectionguard.tests.server.TestServers;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.EmptyAsset;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What cannot work is refused at deployment, in a sentence that names the thing, the place and the remedy. */
@Tag("any-database")
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class BadInputIT {
    /** Only so that Arquillian has the server started. */
    @Deployment(testable = false)
    static WebArchive empty() {
        return ShrinkWrap.create(WebArchive.class, "empty.war").addAsWebInfResource(EmptyAsset.INSTANCE, "beans.xml");
    }

    static Stream<Arguments> mistakes() {
        return Stream.of(
                arguments(
                        WrongName.class,
                        "CG0003 There is no data source java:jboss/datasources/Nowhere, which "
                                + WrongName.class.getName() + ".run names. Correct the name"),
                arguments(NotADataSource.class, "CG0004 java:jboss/UserTransaction"),
                arguments(
                        WrongDuration.class,
                        "CG0002 maxWait of @ValidConnections on " + WrongDuration.class.getName()
                                + ".run = 'soon' is not allowed: give an ISO 8601 duration"),
                arguments(SkippedPrimitive.class, "CG0010 " + SkippedPrimitive.class.getName() + ".run returns int"),
                arguments(PrivateMethod.class, "CG0009 " + PrivateMethod.class.getName() + ".work"),
                arguments(BoundTwice.class, "CG0011 " + BoundTwice.class.getName() + ".run carries"),
                arguments(NoBean.class, "CG0008 " + NoBean.class.getName()),
                arguments(
                        UncheckableWriter.class,
                        "CG0014 " + UncheckableWriter.class.getName() + ".run demands a server that accepts writes"
                                + " (writable), and nobody here knows how to ask H2, which"
                                + " java:jboss/datasources/ExampleDS leads to."));
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void aBeanThatCannotBeGuardedIsRefused(Class<?> bean, String sentence) {
        assertThat(Management.failureOfDeploying(archive(bean, ""))).contains(sentence);
    }

    /** It is the platform's default that is guarded. */
    @Test
    void aUnitWithoutADataSourceIsNoMistake() {
        assertThat(Management.failureOfDeploying(archive(UnitWithoutDataSource.class, "")))
                .isEmpty();
    }

    static Stream<Arguments> settings() {
        return Stream.of(
                arguments("connection-guard.max-wiat=PT1S", "CG0001 There is no setting connection-guard.max-wiat."),
                arguments("connection-guard.max-wait=30", "CG0002 connection-guard.max-wait = '30'"),
                arguments("connection-guard.validation-timeout=-PT1S", "connection-guard.validation-timeout = '-PT1S'"),
                arguments("connection-guard.on-unavailable=RETRY", "give FAIL, SKIP, PROCEED or LATER"),
                arguments(
                        "connection-guard.\"java:jboss/datasources/Defects\".pin=yes",
                        ".pin = 'yes' is not allowed: give true or false"));
    }

    @ParameterizedTest
    @MethodSource("settings")
    void aSettingThatCannotBeReadIsRefused(String line, String sentence) {
        assertThat(Management.failureOfDeploying(archive(Correct.class, line))).contains(sentence);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "connection-guard.writable",
                "connection-guard.\"java:jboss/datasources/ExampleDS\".writable",
            })
    void aSettingThatDemandsWritesWhereNobodyCanAskForThemIsRefused(String setting) {
        assertThat(Management.failureOfDeploying(archive(UncheckableReader.class, setting + "=true")))
                // The server tells it in quotes.
                .contains("CG0014 " + setting.replace("\"", "\\\"") + " demands a server that accepts writes");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "connection-guard.\"java:jboss/datasources/ExampleDS\".writable=false"})
    void whereNobodyDemandsWritesTheSameIsDeployed(String setting) {
        assertThat(Management.failureOfDeploying(archive(UncheckableReader.class, setting)))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aDemandForWritesThatCanBeCheckedIsDeployedWhetherTheDatabaseIsThereOrNot(boolean up) {
        if (!up) {
            TestServers.database().stop();
        }
        try {
            assertThat(Management.failureOfDeploying(archive(Correct.class, "connection-guard.writable=true")))
                    .isEmpty();
        } finally {
            if (!up) {
                TestServers.database().start();
            }
        }
    }

    @Test
    void aDatabaseThatIsDownDoesNotFailTheDeployment() {
        TestServers.database().stop();
        try {
            assertThat(Management.failureOfDeploying(archive(Correct.class, "")))
                    .isEmpty();
        } finally {
            TestServers.database().start();
        }
    }

    /** A database that says nothing at all, to nobody's connect, holds a deployment up for no longer than was said. */
    @Test
    void aSilentDatabaseThatIsToTakeWritesHoldsTheDeploymentUpForSecondsOnly() {
        Management.flushAllPools();
        TestServers.proxy().silenceAll();
        try {
            Instant start = Instant.now();
            assertThat(Management.failureOfDeploying(archive(SilentJob.class, "connection-guard.writable=true")))
                    .isEmpty();
            assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(30));
        } finally {
            TestServers.proxy().recover();
        }
    }

    private static WebArchive archive(Class<?> bean, String setting) {
        return ShrinkWrap.create(WebArchive.class, "mistake.war")
                .addClass(bean)
                .addAsLibraries(TestApplication.library())
                .addAsWebInfResource(EmptyAsset.INSTANCE, "beans.xml")
                .addAsResource(new StringAsset(setting.replace(":", "\\:")), "META-INF/microprofile-config.properties")
                .addAsResource(new StringAsset("""
                                <persistence xmlns="https://jakarta.ee/xml/ns/persistence" version="3.0">
                                  <persistence-unit name="bare">
                                    <properties>
                                      <property name="hibernate.dialect" value="org.hibernate.dialect.MySQLDialect"/>
                                      <property name="hibernate.boot.allow_jdbc_metadata_access" value="false"/>
                                    </properties>
                                  </persistence-unit>
                                </persistence>
                                """), "META-INF/persistence.xml");
    }
}
