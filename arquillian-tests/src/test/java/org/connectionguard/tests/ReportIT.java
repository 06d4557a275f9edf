/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.connectionguard.tests.report.AnnotatedTimer;
import org.connectionguard.tests.report.CollectingTimer;
import org.connectionguard.tests.report.Collector;
import org.connectionguard.tests.report.DeclaredTimer;
import org.connectionguard.tests.report.HeartbeatTimer;
import org.connectionguard.tests.report.PlainTimer;
import org.connectionguard.tests.report.ProgrammaticTimer;
import org.connectionguard.tests.report.ReportedTimers;
import org.connectionguard.tests.server.Management;
import org.connectionguard.tests.server.Observer;
import org.connectionguard.tests.server.TestApplication;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a deployment says of its timers: the whole table, as an operator reads it in the server's log. */
@Tag("any-database")
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class ReportIT {
    private static final String NOTHING_BINDS =
            "nothing binds the guard to it: annotate it with @ValidConnections, or set connection-guard.auto=timers";

    private static final String NONE_FOUND = "no data source was found in what its bean uses: name it in"
            + " connection-guard.default-data-source, or by @ValidConnections(\"java:…\")";

    /** Only so that Arquillian has the server started. */
    @Deployment(testable = false)
    static WebArchive observer() {
        return Observer.archive();
    }

    @Test
    void withoutASettingOnlyTheAnnotatedIsGuarded() throws IOException {
        assertThat(Management.failureOfDeploying(archive("reported", ""))).isEmpty();
        assertThat(Management.logged("CG0120 reported ")).isEqualTo("""
                CG0120 reported has 5 timers: 1 guarded, 1 with nothing to guard, 3 unprotected
                  timer                   schedule               transaction    data sources                                                  protection
                  AnnotatedTimer.run      year=2100              NOT_SUPPORTED  java:jboss/datasources/Defects (@Resource of AnnotatedTimer)  @ValidConnections
                  DeclaredTimer.declared  second=7 year=2100     REQUIRES_NEW   java:jboss/datasources/Defects (@Resource of DeclaredTimer)   UNPROTECTED: $nothingBinds
                  HeartbeatTimer.beat     year=2100, persistent  REQUIRED       none found                                                    NOTHING TO GUARD: $noneFound
                  PlainTimer.run          hour=2 year=2100       REQUIRED       java:jboss/datasources/Defects (@Resource of PlainTimer)      UNPROTECTED: $nothingBinds
                  ProgrammaticTimer.late  programmatic           bean-managed   java:jboss/datasources/Defects (@Resource of PlainTimer)      UNPROTECTED: $nothingBinds
                """.replace("$nothingBinds", NOTHING_BINDS)
                .replace("$noneFound", NONE_FOUND)
                .lines()
                .toList());
    }

    @Test
    void withTheSettingAllAreThatUseADataSource() throws IOException {
        assertThat(Management.failureOfDeploying(
                        archive("dropped", "connection-guard.auto=timers\nconnection-guard.exclude=*.PlainTimer")))
                .isEmpty();
        assertThat(Management.logged("CG0120 dropped "))
                .isEqualTo("""
                CG0120 dropped has 5 timers: 3 guarded, 1 with nothing to guard, 1 unprotected
                  timer                   schedule               transaction    data sources                                                  protection
                  AnnotatedTimer.run      year=2100              NOT_SUPPORTED  java:jboss/datasources/Defects (@Resource of AnnotatedTimer)  @ValidConnections
                  DeclaredTimer.declared  second=7 year=2100     REQUIRES_NEW   java:jboss/datasources/Defects (@Resource of DeclaredTimer)   connection-guard.auto
                  HeartbeatTimer.beat     year=2100, persistent  REQUIRED       none found                                                    NOTHING TO GUARD: $noneFound
                  PlainTimer.run          hour=2 year=2100       REQUIRED       java:jboss/datasources/Defects (@Resource of PlainTimer)      UNPROTECTED: connection-guard.exclude matches its class
                  ProgrammaticTimer.late  programmatic           bean-managed   java:jboss/datasources/Defects (@Resource of PlainTimer)      connection-guard.auto
                """.replace("$noneFound", NONE_FOUND).lines().toList());
        assertThat(Management.logged("CG0121 PlainTimer.run ")).isNotEmpty();
        assertThat(Management.systemProperty(ReportedTimers.PROPERTY).lines())
                .containsExactly(
                        "AnnotatedTimer.run GUARDED",
                        "DeclaredTimer.declared GUARDED",
                        "HeartbeatTimer.beat NOTHING_TO_GUARD",
                        "PlainTimer.run UNPROTECTED",
                        "ProgrammaticTimer.late GUARDED");
    }

    @Test
    void anUnprotectedTimerCanBeAnError() {
        assertThat(Management.failureOfDeploying(archive("refused", "connection-guard.unprotected=fail")))
                .contains(
                        "CG0121 PlainTimer.run uses java:jboss/datasources/Defects (@Resource of PlainTimer) without a"
                                + " guard: " + NOTHING_BINDS,
                        "CG0121 DeclaredTimer.declared",
                        "CG0121 ProgrammaticTimer.late");
    }

    @Test
    void anApplicationWhoseClassesCdiDoesNotShowIsToldSo() throws IOException {
        assertThat(Management.failureOfDeploying(timer("hidden", PlainTimer.class)
                        .addAsWebInfResource(
                                new StringAsset("<beans version='4.0' bean-discovery-mode='none'/>"), "beans.xml")))
                .isEmpty();
        assertThat(Management.logged("CG0122 "))
                .singleElement()
                .asString()
                .contains("hidden.war", "WEB-INF/beans.xml says bean-discovery-mode=\"none\"");
    }

    @Test
    void aGenericBaseClassThatInjectsItsVariableCostsNeitherDeploymentNorGuard() throws IOException {
        assertThat(Management.failureOfDeploying(
                        timer("generic", CollectingTimer.class).addClasses(Collector.class, Collector.Part.class)))
                .isEmpty();
        assertThat(Management.logged("CG0120 generic "))
                .contains("CG0120 generic has 1 timer: 1 guarded, 0 with nothing to guard, 0 unprotected");
    }

    /** WildFly takes it for complete: no annotation counts beside it. */
    @Test
    void aDescriptorOfOldDaysWithADtdEndsNoDeployment() {
        assertThat(Management.failureOfDeploying(
                        timer("oldest", PlainTimer.class).addAsWebInfResource(new StringAsset("""
                                <!DOCTYPE ejb-jar PUBLIC "-//Sun Microsystems, Inc.//DTD Enterprise JavaBeans 2.0//EN"
                                    "http://java.sun.com/dtd/ejb-jar_2_0.dtd">
                                <ejb-jar><display-name>Of 2001</display-name></ejb-jar>
                                """), "ejb-jar.xml")))
                .isEmpty();
    }

    /** Guarded without any code. */
    private static WebArchive timer(String name, Class<?> bean) {
        return ShrinkWrap.create(WebArchive.class, name + ".war")
                .addClass(bean)
                .addAsLibraries(TestApplication.library())
                .addAsResource(
                        new StringAsset("connection-guard.auto=timers"), "META-INF/microprofile-config.properties");
    }

    private static WebArchive archive(String name, String settings) {
        return ShrinkWrap.create(WebArchive.class, name + ".war")
                .addClasses(
                        AnnotatedTimer.class,
                        PlainTimer.class,
                        ProgrammaticTimer.class,
                        DeclaredTimer.class,
                        HeartbeatTimer.class,
                        ReportedTimers.class)
                .addAsLibraries(TestApplication.library())
                .addAsResource(new StringAsset(settings), "META-INF/microprofile-config.properties")
                .addAsWebInfResource(new StringAsset("""
                                <ejb-jar xmlns="https://jakarta.ee/xml/ns/jakartaee" version="4.0">
                                  <enterprise-beans>
                                    <session>
                                      <ejb-name>DeclaredTimer</ejb-name>
                                      <timer>
                                        <schedule><second>7</second><year>2100</year></schedule>
                                        <timeout-method><method-name>declared</method-name></timeout-method>
                                        <persistent>false</persistent>
                                      </timer>
                                    </session>
                                  </enterprise-beans>
                                  <assembly-descriptor>
                                    <container-transaction>
                                      <method><ejb-name>DeclaredTimer</ejb-name><method-name>*</method-name></method>
                                      <trans-attribute>RequiresNew</trans-attribute>
                                    </container-transaction>
                                  </assembly-descriptor>
                                </ejb-jar>
                                """), "ejb-jar.xml");
    }
}
