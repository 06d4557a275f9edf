/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests.corpus;

import static org.connectionguard.tests.corpus.Part.descriptor;
import static org.connectionguard.tests.corpus.Part.enterpriseBeans;
import static org.connectionguard.tests.corpus.Part.onTop;

/** Parts that several shapes have. Stateless. */
final class CommonParts {
    private CommonParts() {}

    static Part timer(Access access) {
        return timer(Delegation.NONE, access);
    }

    static Part timer(TimerKind timer) {
        return Delegation.NONE.job(timer, Access.LOOKUP, Place.TIMERS);
    }

    static Part timer(Delegation delegation, Access access) {
        return delegation.job(TimerKind.SCHEDULE, access, Place.TIMERS);
    }

    /** A timer that writes through its field {@code source}. */
    static Part scheduled(String fields) {
        return TimerKind.SCHEDULE.bean("", "", fields, "#nameLedger.write(\"#nameJob\", source);");
    }

    /** A timer that lets a {@link #dao} write. */
    static Part calling(String field, String dao) {
        return TimerKind.SCHEDULE.bean("", "", field, dao + ".write(\"#nameJob\");");
    }

    static String dao(String annotations) {
        return annotations + " public class #nameDao { @Resource(lookup = \"#source\") DataSource source;"
                + " public void write(String job) { #nameLedger.write(job, source); } }";
    }

    static Part onDefault() {
        return layout -> layout.uses(CorpusServer.DEFAULT.name());
    }

    static Part boundAs(String jndiName) {
        return layout -> layout.boundAs(jndiName);
    }

    static Part beansXml(String mode) {
        return descriptor(
                "beans.xml",
                "<beans xmlns=\"https://jakarta.ee/xml/ns/jakartaee\" version=\"4.0\" bean-discovery-mode=\"" + mode
                        + "\"/>");
    }

    static Part webReference(String lookup) {
        return descriptor(
                "web.xml",
                "<web-app xmlns=\"https://jakarta.ee/xml/ns/jakartaee\" version=\"6.0\">" + reference(lookup)
                        + "</web-app>");
    }

    static Part beanReference(String lookup) {
        return enterpriseBeans("<session><ejb-name>#nameJob</ejb-name>" + reference(lookup) + "</session>");
    }

    static String reference(String lookup) {
        return "<resource-ref><res-ref-name>jdbc/#name</res-ref-name><res-type>javax.sql.DataSource</res-type>" + lookup
                + "</resource-ref>";
    }

    static String describedBean(String references) {
        return "<session><ejb-name>#nameJob</ejb-name><ejb-class>corpus.#name.#nameJob</ejb-class>"
                + "<session-type>Singleton</session-type>" + TimerKind.DESCRIBED_TIMER + references + "</session>";
    }

    static Part structure(String deployment) {
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
