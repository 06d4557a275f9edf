/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.doctor;

import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import javax.management.ObjectName;
import org.connectionguard.message.AgroalPlace;

/**
 * Agroal's data sources as WildFly's model shows them: what a pool does not know of itself. The rest stands there beside the
 * password, and is asked of the pool. For any thread.
 */
record AgroalModel(ManagementBeans beans) {
    /** The first one that is bound to such a name. */
    Optional<ManagedFacts> find(Predicate<String> jndiName) {
        return Stream.of("datasource", "xa-datasource")
                .flatMap(kind -> beans.named("jboss.as:subsystem=datasources-agroal," + kind + "=*").stream()
                        .filter(bean ->
                                beans.text(bean, "jndiName").filter(jndiName).isPresent())
                        .map(bean -> facts(kind, bean)))
                .findFirst();
    }

    private ManagedFacts facts(String kind, ObjectName bean) {
        return new ManagedFacts(
                new AgroalPlace(kind, ManagementBeans.key(bean, kind)),
                // An XA data source has no such attribute: it always takes part.
                beans.flag(bean, "jta").orElse(true),
                beans.flag(bean, "statisticsEnabled"));
    }
}
