/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests.corpus;

import static org.connectionguard.tests.corpus.CommonParts.calling;
import static org.connectionguard.tests.corpus.CommonParts.dao;
import static org.connectionguard.tests.corpus.CommonParts.onDefault;
import static org.connectionguard.tests.corpus.CommonParts.scheduled;
import static org.connectionguard.tests.corpus.CommonParts.timer;
import static org.connectionguard.tests.corpus.CommonParts.webReference;
import static org.connectionguard.tests.corpus.Packaging.WAR;
import static org.connectionguard.tests.corpus.Part.code;
import static org.connectionguard.tests.corpus.Part.job;

import java.util.List;

/** Whom the timer asks for what it writes. Stateless. */
final class DelegationShapes {
    private DelegationShapes() {}

    private static final String EACH_SECOND =
            "@Schedule(hour = \"*\", minute = \"*\", second = \"*\", persistent = false)";

    /** Each is one entry. */
    static final List<Shape> ALL = List.of(
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
                    calling("@Inject #nameDao dao;", "dao")));
}
