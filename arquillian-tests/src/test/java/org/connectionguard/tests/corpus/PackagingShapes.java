/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests.corpus;

import static org.connectionguard.tests.corpus.CommonParts.beansXml;
import static org.connectionguard.tests.corpus.CommonParts.dao;
import static org.connectionguard.tests.corpus.CommonParts.describedBean;
import static org.connectionguard.tests.corpus.CommonParts.scheduled;
import static org.connectionguard.tests.corpus.CommonParts.timer;
import static org.connectionguard.tests.corpus.Packaging.EAR_WITH_EJB_JAR;
import static org.connectionguard.tests.corpus.Packaging.EAR_WITH_WAR;
import static org.connectionguard.tests.corpus.Packaging.EAR_WITH_WAR_AND_EJB_JAR;
import static org.connectionguard.tests.corpus.Packaging.EJB_JAR;
import static org.connectionguard.tests.corpus.Packaging.WAR;
import static org.connectionguard.tests.corpus.Part.enterpriseBeans;
import static org.connectionguard.tests.corpus.Part.job;
import static org.connectionguard.tests.corpus.Part.onTop;

import java.util.List;

/** What the application is delivered as. Stateless. */
final class PackagingShapes {
    private PackagingShapes() {}

    private static final String EACH_SECOND =
            "@Schedule(hour = \"*\", minute = \"*\", second = \"*\", persistent = false)";

    /** Each is one entry. */
    static final List<Shape> ALL = List.of(
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
}
