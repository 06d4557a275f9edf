/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests.corpus;

import static org.connectionguard.tests.corpus.CommonParts.dao;
import static org.connectionguard.tests.corpus.CommonParts.describedBean;
import static org.connectionguard.tests.corpus.CommonParts.oldDescriptor;
import static org.connectionguard.tests.corpus.CommonParts.timer;
import static org.connectionguard.tests.corpus.Packaging.EAR_WITH_WAR_AND_EJB_JAR;
import static org.connectionguard.tests.corpus.Packaging.WAR;
import static org.connectionguard.tests.corpus.Part.descriptor;
import static org.connectionguard.tests.corpus.Part.job;

import java.util.List;

/** Descriptors of old days, and such as say everything. Stateless. */
final class DescriptorShapes {
    private DescriptorShapes() {}

    /** Each is one entry. */
    static final List<Shape> ALL = List.of(
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
                    """) + "</enterprise-beans></ejb-jar>")));
}
