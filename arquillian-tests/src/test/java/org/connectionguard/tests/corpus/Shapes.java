/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests.corpus;

import static org.connectionguard.tests.corpus.Packaging.EAR_WITH_EJB_JAR;
import static org.connectionguard.tests.corpus.Packaging.EAR_WITH_WAR;
import static org.connectionguard.tests.corpus.Packaging.EAR_WITH_WAR_AND_EJB_JAR;
import static org.connectionguard.tests.corpus.Packaging.EJB_JAR;
import static org.connectionguard.tests.corpus.Packaging.WAR;
import static org.connectionguard.tests.corpus.Part.code;
import static org.connectionguard.tests.corpus.Part.descriptor;
import static org.connectionguard.tests.corpus.Part.enterpriseBeans;
import static org.connectionguard.tests.corpus.Part.job;
import static org.connectionguard.tests.corpus.Part.missing;
import static org.connectionguard.tests.corpus.Part.onTop;

import java.util.List;

/** The fixed part of the corpus. Stateless. */
final class Shapes {
    private Shapes() {}

    private static final String EACH_SECOND =
            "@Schedule(hour = \"*\", minute = \"*\", second = \"*\", persistent = false)";

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
            // How the timer's bean comes by its data source.
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
            new Shape("JndiInCode", "looked up in the body", WAR, job(JNDI_IN_CODE.formatted("#source"))),
            new Shape(
                    "ReferenceInCode",
                    "`@Resource` at the class, looked up in the body",
                    WAR,
                    job("""
                    @Resource(name = "jdbc/#name", type = DataSource.class, lookup = "#source")
                    """ + JNDI_IN_CODE.formatted("java:comp/env/jdbc/#name"))),

            // Whom the timer asks.
            new Shape("EjbDao", "`@EJB`", WAR, timer(Delegation.EJB, Access.LOOKUP)).onEveryServer(),
            new Shape(
                    "EjbDaoMapped", "`@EJB`, `@Resource(mappedName)`", WAR, timer(Delegation.EJB, Access.MAPPED_NAME)),
            new Shape(
                    "EjbDaoPlain",
                    "`@EJB`, `@Resource DataSource`",
                    WAR,
                    onDefault(),
                    timer(Delegation.EJB, Access.PLAIN)),
            new Shape(
                    "EjbDaoReference",
                    "`@EJB`, a resource-ref in jboss-web.xml",
                    WAR,
                    timer(Delegation.EJB, Access.REFERENCE),
                    webReference("<lookup-name>#source</lookup-name>")),
            new Shape(
                    "LocalInterface",
                    "`@EJB` of a local interface",
                    WAR,
                    timer(Delegation.LOCAL_INTERFACE, Access.UNIT)),
            new Shape("InjectDao", "`@Inject`", WAR, timer(Delegation.INJECT, Access.UNIT)).onEveryServer(),
            new Shape("Chain", "`@Inject`, then `@EJB`", WAR, timer(Delegation.CHAIN, Access.UNIT)),
            new Shape("InstanceDao", "`@Inject @Any Instance`", WAR, timer(Delegation.INSTANCE, Access.LOOKUP)),
            new Shape("Superclass", "the superclass holds it", WAR, timer(Delegation.SUPERCLASS, Access.UNIT)),
            new Shape(
                    "GenericBase",
                    "`@Inject T` of a generic base class",
                    WAR,
                    timer(Delegation.GENERIC, Access.LOOKUP)),
            new Shape(
                    "GenericInstance",
                    "`@Inject @Any Instance<T>` of a generic base class",
                    WAR,
                    code("""
                            public abstract class #nameBase<T extends #namePart> {
                                @Inject @Any Instance<T> parts;
                                void all() { parts.forEach(part -> part.write("#nameJob")); }
                            }
                            """),
                    code("public interface #namePart { void write(String job); }"),
                    code("""
                            @ApplicationScoped public class #nameDao implements #namePart {
                                @Resource(lookup = "#source") DataSource source;
                                public void write(String job) { #nameLedger.write(job, source); }
                            }
                            """),
                    job("@Singleton public class #nameJob extends #nameBase<#nameDao> { " + EACH_SECOND
                            + " public void run() { all(); } }")),
            new Shape(
                    "GenericEjb",
                    "`@EJB` of a type variable",
                    WAR,
                    code("public abstract class #nameBase<T extends #nameWriting> { @EJB T dao; }"),
                    code("@Local public interface #nameWriting { void write(String job); }"),
                    code("""
                            @Stateless public class #nameDao implements #nameWriting {
                                @Resource(lookup = "#source") DataSource source;
                                public void write(String job) { #nameLedger.write(job, source); }
                            }
                            """),
                    job("@Singleton public class #nameJob extends #nameBase<#nameWriting> { " + EACH_SECOND
                            + " public void run() { dao.write(\"#nameJob\"); } }")),
            new Shape(
                    "DefaultMethod",
                    "an interface's default method uses it",
                    WAR,
                    timer(Delegation.DEFAULT_METHOD, Access.UNIT)),
            new Shape("Producer", "a producer of the data source", WAR, timer(Delegation.PRODUCER, Access.LOOKUP)),
            new Shape("UnitProducer", "a producer of the entity manager", WAR, timer(Delegation.PRODUCER, Access.UNIT))
                    .onEveryServer(),
            new Shape(
                    "TwoProducers",
                    "two producers in one class, the other's database is down",
                    WAR,
                    Units.of(
                            Place.TIMERS,
                            Units.unit("#name", "#source"),
                            Units.unit("down", CorpusServer.DOWN.jndiName())),
                    code("@Qualifier @Retention(RetentionPolicy.RUNTIME) public @interface #nameUp {}"),
                    code("@Qualifier @Retention(RetentionPolicy.RUNTIME) public @interface #nameDown {}"),
                    code("""
                            @ApplicationScoped public class #nameProducer {
                                @Produces @Dependent @#nameUp @PersistenceContext(unitName = "#name") EntityManager up;
                                @Produces @Dependent @#nameDown @PersistenceContext(unitName = "down") EntityManager down;
                            }
                            """),
                    scheduled("@Inject @#nameUp EntityManager source;")),
            new Shape(
                    "ProducerMethod",
                    "a producer method that looks it up in JNDI",
                    WAR,
                    code("""
                    @ApplicationScoped public class #nameProducer {
                        @Produces DataSource source() throws NamingException {
                            return (DataSource) new InitialContext().lookup("#source");
                        }
                    }
                    """),
                    scheduled("@Inject DataSource source;")),
            new Shape(
                    "ProviderDao",
                    "`@Inject Provider`",
                    WAR,
                    code(dao("@ApplicationScoped")),
                    calling("@Inject Provider<#nameDao> dao;", "dao.get()")),
            new Shape(
                    "SelectedDao",
                    "`CDI.current().select`",
                    WAR,
                    code(dao("@ApplicationScoped")),
                    calling("", "CDI.current().select(#nameDao.class).get()")),
            new Shape("LookedUpDao", "an EJB looked up in the body", WAR, code(dao("@Stateless")), job("""
                    @Singleton public class #nameJob {
                        @Schedule(hour = "*", minute = "*", second = "*", persistent = false)
                        public void run() throws NamingException {
                            ((#nameDao) new InitialContext().lookup("java:module/#nameDao")).write("#nameJob");
                        }
                    }
                    """)),
            new Shape(
                    "Event",
                    "the timer fires an event, an observer writes",
                    WAR,
                    code("""
                    @ApplicationScoped public class #nameObserver {
                        @Resource(lookup = "#source") DataSource source;
                        void write(@jakarta.enterprise.event.Observes String job) {
                            if (job.equals("#nameJob")) { #nameLedger.write(job, source); }
                        }
                    }
                    """),
                    job("@Singleton public class #nameJob { @Inject jakarta.enterprise.event.Event<String> events; "
                            + EACH_SECOND + " public void run() { events.fire(\"#nameJob\"); } }")),
            new Shape(
                    "Asynchronous",
                    "`@EJB` of an `@Asynchronous` method",
                    WAR,
                    code(dao("@Stateless @Asynchronous")),
                    calling("@EJB #nameDao dao;", "dao")),
            new Shape(
                    "ConstructorDao",
                    "a dao with an injected constructor",
                    WAR,
                    code("""
                    @ApplicationScoped public class #nameDao {
                        private DataSource source;
                        public #nameDao() {}
                        @Inject public #nameDao(DataSource source) { this.source = source; }
                        public void write(String job) { #nameLedger.write(job, source); }
                    }
                    """),
                    code("""
                    @ApplicationScoped public class #nameProducer { @Produces @Dependent @Resource(lookup = "#source") DataSource produced; }
                    """),
                    calling("@Inject #nameDao dao;", "dao")),

            // What makes it expire.
            new Shape("Schedules", "`@Schedules`", WAR, timer(TimerKind.SCHEDULES)),
            new Shape("Persistent", "a persistent timer", WAR, timer(TimerKind.PERSISTENT)),
            new Shape("Private", "a private method", WAR, timer(TimerKind.PRIVATE)),
            new Shape("Stateless", "`@Stateless`", WAR, timer(TimerKind.STATELESS)),
            new Shape("RequiresNew", "`REQUIRES_NEW`", WAR, timer(TimerKind.REQUIRES_NEW)),
            new Shape("BeanManaged", "bean-managed transactions", WAR, timer(TimerKind.BEAN_MANAGED)),
            new Shape("NotSupported", "`NOT_SUPPORTED`", WAR, job("""
                    @Singleton @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED) public class #nameJob {
                        @Resource(lookup = "#source") DataSource source;
                        @Schedule(hour = "*", minute = "*", second = "*", persistent = false)
                        public void run() { #nameLedger.write("#nameJob", source); }
                    }
                    """)),
            new Shape("Programmatic", "`@Timeout`, made by the bean", WAR, timer(TimerKind.PROGRAMMATIC))
                    .onEveryServer(),
            new Shape("TimedObject", "`TimedObject`", WAR, timer(TimerKind.TIMED_OBJECT)),
            new Shape("Described", "a timer of ejb-jar.xml", WAR, timer(TimerKind.DESCRIBED)).onEveryServer(),
            new Shape(
                    "DescribedBean",
                    "a bean that only ejb-jar.xml makes one",
                    WAR,
                    job("""
                    public class #nameJob {
                        @Resource(lookup = "#source") DataSource source;
                        public void run() { #nameLedger.write("#nameJob", source); }
                    }
                    """),
                    enterpriseBeans(describedBean(""))),
            new Shape("InheritedTimeout", "`@Timeout` and its timer are the superclass's", WAR, code("""
                            public abstract class #nameBase {
                                @Resource TimerService timers;
                                @PostConstruct void begin() { timers.createIntervalTimer(1000, 1000, new TimerConfig(null, false)); }
                                @Timeout void expire() { run(); }
                                abstract void run();
                            }
                            """), job("""
                            @Singleton @Startup public class #nameJob extends #nameBase {
                                @Resource(lookup = "#source") DataSource source;
                                void run() { #nameLedger.write("#nameJob", source); }
                            }
                            """)),
            new Shape("ScheduleOfInterface", "`@Schedule` at an interface's default method", WAR, code("""
                    public interface #nameScheduled {
                        @Schedule(hour = "*", minute = "*", second = "*", persistent = false) default void run() { write(); }
                        void write();
                    }
                    """), job("""
                    @Singleton public class #nameJob implements #nameScheduled {
                        @Resource(lookup = "#source") DataSource source;
                        public void write() { #nameLedger.write("#nameJob", source); }
                    }
                    """)),
            new Shape("Swallowing", "the body swallows its failure", WAR, job("""
                    @Singleton public class #nameJob {
                        @Resource(lookup = "#source") DataSource source;
                        @Schedule(hour = "*", minute = "*", second = "*", persistent = false)
                        public void run() {
                            try { #nameLedger.write("#nameJob", source); } catch (RuntimeException e) { e.getMessage(); }
                        }
                    }
                    """)),

            // Descriptors of old days, and whole ones.
            new Shape(
                    "Dtd20",
                    "ejb-jar.xml of EJB 2.0, with its DOCTYPE",
                    WAR,
                    timer(Access.LOOKUP),
                    oldDescriptor(Place.TIMERS, "2.0")),
            new Shape(
                    "Dtd11",
                    "ejb-jar.xml of EJB 1.1, with its DOCTYPE",
                    WAR,
                    timer(Access.LOOKUP),
                    oldDescriptor(Place.TIMERS, "1.1")),
            new Shape(
                    "DtdBeside",
                    "such a one in the EJB jar beside the WAR",
                    EAR_WITH_WAR_AND_EJB_JAR,
                    timer(Access.LOOKUP),
                    Part.code(Place.BESIDE, dao("@Stateless")),
                    oldDescriptor(Place.BESIDE, "2.0")),
            new Shape("Ejb30", "ejb-jar.xml of EJB 3.0", WAR, timer(Access.LOOKUP), descriptor("ejb-jar.xml", """
                    <ejb-jar xmlns="http://java.sun.com/xml/ns/javaee" version="3.0"><display-name>Of 2006</display-name></ejb-jar>
                    """)),
            new Shape(
                    "Complete",
                    "ejb-jar.xml with `metadata-complete`",
                    WAR,
                    job("""
                    public class #nameJob {
                        private DataSource source;
                        public void run() { #nameLedger.write("#nameJob", source); }
                    }
                    """),
                    descriptor("ejb-jar.xml", """
                    <ejb-jar xmlns="https://jakarta.ee/xml/ns/jakartaee" version="4.0" metadata-complete="true"><enterprise-beans>
                    """ + describedBean("""
                    <resource-ref><res-ref-name>jdbc/#name</res-ref-name><lookup-name>#source</lookup-name>
                      <injection-target><injection-target-class>corpus.#name.#nameJob</injection-target-class>
                      <injection-target-name>source</injection-target-name></injection-target></resource-ref>
                    """) + "</enterprise-beans></ejb-jar>")),

            // What CDI and JPA see of it.
            new Shape(
                    "EmptyBeansXml",
                    "an empty beans.xml",
                    WAR,
                    timer(Delegation.INJECT, Access.UNIT),
                    descriptor("beans.xml", "")),
            new Shape(
                    "BeansAll",
                    "bean-discovery-mode `all`",
                    WAR,
                    timer(Delegation.INJECT, Access.UNIT),
                    beansXml("all")),
            new Shape(
                    "BeansAnnotated",
                    "bean-discovery-mode `annotated`",
                    WAR,
                    timer(Delegation.INJECT, Access.UNIT),
                    beansXml("annotated")),
            new Shape(
                            "BeansNone",
                            "bean-discovery-mode `none`",
                            WAR,
                            timer(Delegation.EJB, Access.UNIT),
                            beansXml("none"))
                    .onEveryServer(),
            new Shape("CdiOff", "without the weld subsystem", WAR, timer(Delegation.EJB, Access.UNIT), without("weld"))
                    .onEveryServer(),
            new Shape(
                    "CdiOffInAll",
                    "jboss-all.xml: no CDI without beans.xml",
                    WAR,
                    timer(Delegation.EJB, Access.LOOKUP),
                    onTop("jboss-all.xml", """
                    <jboss xmlns="urn:jboss:1.0"><weld xmlns="urn:jboss:weld:1.0" require-bean-descriptor="true"/></jboss>
                    """)),
            new Shape("JpaOff", "without the jpa subsystem", WAR, timer(Delegation.EJB, Access.LOOKUP), without("jpa")),

            // Classes that refer to what is not there.
            new Shape(
                    "MissingInHelper",
                    "a helper class refers to a missing class",
                    WAR,
                    timer(Access.LOOKUP),
                    missing("public class #nameGone {}"),
                    code("public class #nameHelper { public #nameGone gone(#nameGone other) { return other; } }")),
            new Shape(
                    "MissingSupertype",
                    "a class extends a missing class",
                    WAR,
                    timer(Access.LOOKUP),
                    missing("public class #nameGone {}"),
                    code("@ApplicationScoped public class #nameHelper extends #nameGone {}")),
            new Shape(
                    "MissingInBean",
                    "the bean has a method of a missing class",
                    WAR,
                    missing("public class #nameGone {}"),
                    scheduled("""
                    @Resource(lookup = "#source") DataSource source; #nameGone gone() { return new #nameGone(); }
                    """)),
            new Shape(
                    "MissingInDao",
                    "the dao has a field of a missing class",
                    WAR,
                    missing("public class #nameGone {}"),
                    code(dao("@ApplicationScoped").replace("{ @Resource", "{ private #nameGone gone; @Resource")),
                    calling("@Inject #nameDao dao;", "dao")),

            // What it is delivered as.
            new Shape("EjbJarUnit", "an EJB jar alone", EJB_JAR, timer(Access.UNIT)).onEveryServer(),
            new Shape("EjbJarDao", "an EJB jar alone, `@EJB`", EJB_JAR, timer(Delegation.EJB, Access.LOOKUP)),
            new Shape(
                    "EjbJarNone",
                    "an EJB jar alone, bean-discovery-mode `none`",
                    EJB_JAR,
                    timer(Delegation.EJB, Access.LOOKUP),
                    beansXml("none")),
            new Shape(
                    "EjbJarDescribed",
                    "an EJB jar alone, all in ejb-jar.xml",
                    EJB_JAR,
                    job("""
                    public class #nameJob {
                        @Resource(lookup = "#source") DataSource source;
                        public void run() { #nameLedger.write("#nameJob", source); }
                    }
                    """),
                    enterpriseBeans(describedBean(""))),
            new Shape(
                    "WarLibrary",
                    "the timer in a jar of WEB-INF/lib",
                    WAR,
                    Part.code(Place.LIBRARY, dao("@Stateless")),
                    Part.job(
                            Place.LIBRARY,
                            "@Singleton public class #nameJob { @EJB #nameDao dao; " + EACH_SECOND
                                    + " public void run() { dao.write(\"#nameJob\"); } }")),
            new Shape("EarEjb", "an EAR with an EJB jar", EAR_WITH_EJB_JAR, timer(Access.UNIT)),
            new Shape(
                            "EarEjbByEjb",
                            "an EAR with an EJB jar, `@EJB`",
                            EAR_WITH_EJB_JAR,
                            timer(Delegation.EJB, Access.UNIT))
                    .onEveryServer(),
            new Shape(
                    "EarEjbByInject",
                    "an EAR with an EJB jar, `@Inject`",
                    EAR_WITH_EJB_JAR,
                    timer(Delegation.INJECT, Access.LOOKUP)),
            new Shape(
                    "EarEjbMapped",
                    "an EAR with an EJB jar, `@EJB`, `@Resource(mappedName)`",
                    EAR_WITH_EJB_JAR,
                    timer(Delegation.EJB, Access.MAPPED_NAME)),
            new Shape(
                    "EarEjbNone",
                    "an EAR with an EJB jar, bean-discovery-mode `none`",
                    EAR_WITH_EJB_JAR,
                    timer(Delegation.EJB, Access.LOOKUP),
                    beansXml("none")),
            new Shape("EarWar", "an EAR with a WAR", EAR_WITH_WAR, timer(Access.UNIT)).onEveryServer(),
            new Shape(
                    "EarWarByInject",
                    "an EAR with a WAR, `@Inject`",
                    EAR_WITH_WAR,
                    timer(Delegation.INJECT, Access.LOOKUP)),
            new Shape(
                    "EarWarLibrary",
                    "an EAR with a WAR, the dao in its lib",
                    EAR_WITH_WAR,
                    Delegation.INJECT.job(TimerKind.SCHEDULE, Access.LOOKUP, Place.LIBRARY)),
            new Shape(
                            "EarBothByEjb",
                            "an EAR: the timer in the WAR, its `@EJB` in the EJB jar",
                            EAR_WITH_WAR_AND_EJB_JAR,
                            Delegation.EJB.job(TimerKind.SCHEDULE, Access.UNIT, Place.BESIDE))
                    .onEveryServer(),
            new Shape(
                    "EarBothByInject",
                    "an EAR: the timer in the WAR, its `@Inject` in the EJB jar",
                    EAR_WITH_WAR_AND_EJB_JAR,
                    Delegation.CHAIN.job(TimerKind.SCHEDULE, Access.LOOKUP, Place.BESIDE)),
            new Shape(
                    "EarCdiOff",
                    "an EAR with a WAR, without the weld subsystem",
                    EAR_WITH_WAR,
                    timer(Delegation.EJB, Access.LOOKUP),
                    onTop("jboss-deployment-structure.xml", """
                    <jboss-deployment-structure><ear-subdeployments-isolated>false</ear-subdeployments-isolated>
                      <deployment><exclude-subsystems><subsystem name="weld"/></exclude-subsystems></deployment>
                      <sub-deployment name="#name.war"><exclude-subsystems><subsystem name="weld"/></exclude-subsystems></sub-deployment>
                    </jboss-deployment-structure>
                    """)),
            new Shape(
                    "EarUnitInLib",
                    "an EAR with an EJB jar, the unit in its lib",
                    EAR_WITH_EJB_JAR,
                    Units.own(Place.LIBRARY),
                    scheduled("@PersistenceContext(unitName = \"#name\") EntityManager source;")));

    private static Part timer(Access access) {
        return timer(Delegation.NONE, access);
    }

    private static Part timer(TimerKind timer) {
        return Delegation.NONE.job(timer, Access.LOOKUP, Place.TIMERS);
    }

    private static Part timer(Delegation delegation, Access access) {
        return delegation.job(TimerKind.SCHEDULE, access, Place.TIMERS);
    }

    /** A timer that writes through its field {@code source}. */
    private static Part scheduled(String fields) {
        return TimerKind.SCHEDULE.bean("", "", fields, "#nameLedger.write(\"#nameJob\", source);");
    }

    /** A timer that lets a {@link #dao} write. */
    private static Part calling(String field, String dao) {
        return TimerKind.SCHEDULE.bean("", "", field, dao + ".write(\"#nameJob\");");
    }

    private static String dao(String annotations) {
        return annotations + " public class #nameDao { @Resource(lookup = \"#source\") DataSource source;"
                + " public void write(String job) { #nameLedger.write(job, source); } }";
    }

    private static Part onDefault() {
        return layout -> layout.uses(CorpusServer.DEFAULT.name());
    }

    private static Part boundAs(String jndiName) {
        return layout -> layout.boundAs(jndiName);
    }

    static Part beansXml(String mode) {
        return descriptor(
                "beans.xml",
                "<beans xmlns=\"https://jakarta.ee/xml/ns/jakartaee\" version=\"4.0\" bean-discovery-mode=\"" + mode
                        + "\"/>");
    }

    private static Part webReference(String lookup) {
        return descriptor(
                "web.xml",
                "<web-app xmlns=\"https://jakarta.ee/xml/ns/jakartaee\" version=\"6.0\">" + reference(lookup)
                        + "</web-app>");
    }

    private static Part beanReference(String lookup) {
        return enterpriseBeans("<session><ejb-name>#nameJob</ejb-name>" + reference(lookup) + "</session>");
    }

    private static String reference(String lookup) {
        return "<resource-ref><res-ref-name>jdbc/#name</res-ref-name><res-type>javax.sql.DataSource</res-type>" + lookup
                + "</resource-ref>";
    }

    private static String describedBean(String references) {
        return "<session><ejb-name>#nameJob</ejb-name><ejb-class>corpus.#name.#nameJob</ejb-class>"
                + "<session-type>Singleton</session-type>" + TimerKind.DESCRIBED_TIMER + references + "</session>";
    }

    private static Part structure(String deployment) {
        return onTop(
                "jboss-deployment-structure.xml",
                "<jboss-deployment-structure><deployment>" + deployment + "</deployment></jboss-deployment-structure>");
    }

    static Part without(String subsystem) {
        return structure("<exclude-subsystems><subsystem name=\"" + subsystem + "\"/></exclude-subsystems>");
    }

    static Part oldDescriptor(Place place, String version) {
        return descriptor(place, "ejb-jar.xml", """
                <!DOCTYPE ejb-jar PUBLIC "-//Sun Microsystems, Inc.//DTD Enterprise JavaBeans %s//EN"
                    "http://java.sun.com/dtd/ejb-jar_%s.dtd">
                <ejb-jar><display-name>Of 2001</display-name></ejb-jar>
                """.formatted(version, version.replace('.', '_')));
    }
}
