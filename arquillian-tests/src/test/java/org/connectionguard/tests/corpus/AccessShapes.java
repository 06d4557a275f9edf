/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests.corpus;

import static org.connectionguard.tests.corpus.CommonParts.beanReference;
import static org.connectionguard.tests.corpus.CommonParts.boundAs;
import static org.connectionguard.tests.corpus.CommonParts.onDefault;
import static org.connectionguard.tests.corpus.CommonParts.scheduled;
import static org.connectionguard.tests.corpus.CommonParts.structure;
import static org.connectionguard.tests.corpus.CommonParts.timer;
import static org.connectionguard.tests.corpus.CommonParts.webReference;
import static org.connectionguard.tests.corpus.Packaging.WAR;
import static org.connectionguard.tests.corpus.Part.code;
import static org.connectionguard.tests.corpus.Part.descriptor;
import static org.connectionguard.tests.corpus.Part.job;
import static org.connectionguard.tests.corpus.Part.setting;

import java.util.List;

/** How the timer's bean comes by its data source. Stateless. */
final class AccessShapes {
    private AccessShapes() {}

    private static final String JNDI_IN_CODE = """
            @Singleton public class #nameJob {
                @Schedule(hour = "*", minute = "*", second = "*", persistent = false)
                public void run() throws NamingException {
                    #nameLedger.write("#nameJob", (DataSource) new InitialContext().lookup("%s"));
                }
            }
            """;

    /** Each is one entry. */
    static final List<Shape> ALL = List.of(
            new Shape("Lookup", "`@Resource(lookup)`", WAR, timer(Access.LOOKUP)).onEveryServer(),
            new Shape("MappedName", "`@Resource(mappedName)`", WAR, timer(Access.MAPPED_NAME)),
            new Shape("Setter", "`@Resource` at a setter", WAR, timer(Access.SETTER)),
            new Shape("Unit", "`@PersistenceContext(unitName)`", WAR, timer(Access.UNIT)).onEveryServer(),
            new Shape("OnlyUnit", "`@PersistenceContext`, the only unit", WAR, timer(Access.ONLY_UNIT)),
            new Shape("Factory", "`@PersistenceUnit`", WAR, timer(Access.FACTORY)),
            new Shape(
                    "ContextName",
                    "`@PersistenceContext(name, unitName)`",
                    WAR,
                    Units.own(Place.TIMERS),
                    scheduled("""
                    @PersistenceContext(name = "persistence/#name", unitName = "#name") EntityManager source;
                    """)),
            new Shape(
                    "WebReference",
                    "a resource-ref in web.xml, with lookup-name",
                    WAR,
                    timer(Access.REFERENCE),
                    webReference("<lookup-name>#source</lookup-name>")),
            new Shape(
                            "JbossWeb",
                            "a resource-ref in web.xml, mapped in jboss-web.xml",
                            WAR,
                            timer(Access.REFERENCE),
                            webReference(""),
                            descriptor("jboss-web.xml", """
                                    <jboss-web><resource-ref><res-ref-name>jdbc/#name</res-ref-name>
                                      <jndi-name>#source</jndi-name></resource-ref></jboss-web>
                                    """))
                    .onEveryServer(),
            new Shape(
                    "EjbReference",
                    "the bean's resource-ref in ejb-jar.xml",
                    WAR,
                    timer(Access.REFERENCE),
                    beanReference("<lookup-name>#source</lookup-name>")),
            new Shape(
                    "JbossEjb3",
                    "the bean's resource-ref in ejb-jar.xml, mapped in jboss-ejb3.xml",
                    WAR,
                    timer(Access.REFERENCE),
                    beanReference(""),
                    descriptor("jboss-ejb3.xml", """
                            <jboss:ejb-jar xmlns:jboss="http://www.jboss.com/xml/ns/javaee"
                                xmlns="http://java.sun.com/xml/ns/javaee" version="3.1" impl-version="2.0">
                              <enterprise-beans><session><ejb-name>#nameJob</ejb-name>
                                <resource-ref><res-ref-name>jdbc/#name</res-ref-name><lookup-name>#source</lookup-name></resource-ref>
                              </session></enterprise-beans>
                            </jboss:ejb-jar>
                            """)),
            new Shape("PlainDefault", "`@Resource DataSource` without a name", WAR, onDefault(), timer(Access.PLAIN)),
            new Shape(
                    "UnitWithoutSource",
                    "a unit without a data source",
                    WAR,
                    onDefault(),
                    Units.of(Place.TIMERS, Units.without("#name")),
                    scheduled("@PersistenceContext EntityManager source;")),
            new Shape(
                    "UnitBesideOneWithout",
                    "a unit beside one without a data source",
                    WAR,
                    Units.of(Place.TIMERS, Units.unit("#name", "#source"), Units.without("other")),
                    scheduled("@PersistenceContext(unitName = \"#name\") EntityManager source;"
                            + " @PersistenceContext(unitName = \"other\") EntityManager other;")),
            new Shape(
                    "UnitBesideH2",
                    "a unit beside one on another database",
                    WAR,
                    Units.of(
                            Place.TIMERS,
                            Units.unit("#name", "#source"),
                            Units.unit("other", "java:jboss/datasources/ExampleDS")),
                    scheduled("@PersistenceContext(unitName = \"#name\") EntityManager source;")),
            new Shape(
                    "UnitWithoutJava",
                    "a unit on `jdbc/…`, which is `java:/jdbc/…`",
                    WAR,
                    boundAs("java:/jdbc/corpus/#name"),
                    Units.of(Place.TIMERS, Units.unit("#name", "jdbc/corpus/#name")),
                    scheduled("@PersistenceContext EntityManager source;")),
            new Shape(
                    "TwoNames",
                    "one data source under two names",
                    WAR,
                    boundAs("java:/jdbc/corpus/#name"),
                    Units.of(Place.TIMERS, Units.unit("#name", "jdbc/corpus/#name")),
                    scheduled(
                            "@PersistenceContext EntityManager source; @Resource(lookup = \"#source\") DataSource same;")),
            new Shape(
                            "ExpressionInUnit",
                            "`${name:default}` in `<jta-data-source>`",
                            WAR,
                            Units.of(Place.TIMERS, Units.unit("#name", "${corpus.nobody.sets.this:#source}")),
                            scheduled("@PersistenceContext EntityManager source;"))
                    .onEveryServer(),
            new Shape(
                            "ExpressionInLookup",
                            "`${name:default}` in `@Resource(lookup)`",
                            WAR,
                            scheduled("@Resource(lookup = \"${corpus.nobody.sets.this:#source}\") DataSource source;"))
                    .onEveryServer(),
            new Shape(
                    "Definition",
                    "`@DataSourceDefinition`",
                    WAR,
                    scheduled("""
                    @Resource(lookup = "java:app/jdbc/#name") DataSource source;
                    """),
                    code("""
                    @DataSourceDefinition(name = "java:app/jdbc/#name", className = "com.mysql.cj.jdbc.MysqlDataSource",
                        url = "#url", user = "#user", password = "#password", minPoolSize = 0, maxPoolSize = 5)
                    @Singleton public class #nameDefinition {}
                    """),
                    structure("<dependencies><module name=\"com.mysql\"/></dependencies>")),
            new Shape("DsXml", "a `-ds.xml` in the archive", WAR, scheduled("""
                    @Resource(lookup = "java:jboss/datasources/own/#name") DataSource source;
                    """), descriptor("own-ds.xml", """
                    <datasources xmlns="http://www.jboss.org/ironjacamar/schema">
                      <datasource jndi-name="java:jboss/datasources/own/#name" pool-name="own-#name">
                        <connection-url>#url</connection-url><driver>mysql</driver>
                        <pool><min-pool-size>0</min-pool-size><max-pool-size>5</max-pool-size></pool>
                        <security><user-name>#user</user-name><password>#password</password></security>
                      </datasource>
                    </datasources>
                    """)),
            new Shape(
                    "NamedInSettings",
                    "looked up in the body, named in `connection-guard.default-data-source`",
                    WAR,
                    setting("connection-guard.default-data-source=#source"),
                    job(JNDI_IN_CODE.formatted("#source"))),
            new Shape(
                    "OffUnderOtherName",
                    "switched off under another name than the unit's",
                    WAR,
                    boundAs("java:/jdbc/corpus/#name"),
                    setting("connection-guard.\"java\\:/jdbc/corpus/#name\".enabled=false"),
                    Units.of(Place.TIMERS, Units.unit("#name", "jdbc/corpus/#name")),
                    scheduled("@PersistenceContext EntityManager source;")),
            new Shape("JndiInCode", "looked up in the body", WAR, job(JNDI_IN_CODE.formatted("#source"))),
            new Shape(
                    "ReferenceInCode",
                    "`@Resource` at the class, looked up in the body",
                    WAR,
                    job("""
                    @Resource(name = "jdbc/#name", type = DataSource.class, lookup = "#source")
                    """ + JNDI_IN_CODE.formatted("java:comp/env/jdbc/#name"))));
}
