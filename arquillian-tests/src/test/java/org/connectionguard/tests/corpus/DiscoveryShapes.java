/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests.corpus;

import static org.connectionguard.tests.corpus.CommonParts.beansXml;
import static org.connectionguard.tests.corpus.CommonParts.timer;
import static org.connectionguard.tests.corpus.CommonParts.without;
import static org.connectionguard.tests.corpus.Packaging.WAR;
import static org.connectionguard.tests.corpus.Part.code;
import static org.connectionguard.tests.corpus.Part.descriptor;
import static org.connectionguard.tests.corpus.Part.job;
import static org.connectionguard.tests.corpus.Part.onTop;

import java.util.List;

/** What CDI and JPA see of the application. Stateless. */
final class DiscoveryShapes {
    private DiscoveryShapes() {}

    /** Each is one entry. */
    static final List<Shape> ALL = List.of(
            new Shape(
                    "EmptyBeansXml",
                    "an empty beans.xml",
                    WAR,
                    timer(Delegation.INJECT, Access.UNIT),
                    descriptor("beans.xml", "")),
            new Shape("Vetoed", "a timer's bean that is `@Vetoed`", WAR, job("""
                    @Vetoed @Singleton public class #nameJob {
                        @Resource(lookup = "#source") DataSource source;
                        @Schedule(hour = "*", minute = "*", second = "*", persistent = false)
                        public void run() { #nameLedger.write("#nameJob", source); }
                    }
                    """)),
            new Shape(
                    "OwnExtension",
                    "an extension of the application's own",
                    WAR,
                    timer(Delegation.INJECT, Access.LOOKUP),
                    extension(),
                    beansXml("annotated")),
            new Shape(
                    "ExtensionAlone",
                    "an extension of the application's own, and no beans.xml",
                    WAR,
                    timer(Access.LOOKUP),
                    extension()),
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
            new Shape(
                    "JpaOff", "without the jpa subsystem", WAR, timer(Delegation.EJB, Access.LOOKUP), without("jpa")));

    /** By it an archive without beans.xml is none of beans (CDI, "Bean archives"). */
    private static Part extension() {
        return Part.of(
                code("""
                        public class #nameExtension implements jakarta.enterprise.inject.spi.Extension {
                            void see(@jakarta.enterprise.event.Observes
                                    jakarta.enterprise.inject.spi.ProcessAnnotatedType<#nameJob> event) {
                                event.configureAnnotatedType();
                            }
                        }
                        """),
                Part.resource(
                        Place.TIMERS,
                        "META-INF/services/jakarta.enterprise.inject.spi.Extension",
                        "corpus.#name.#nameExtension"));
    }
}
