/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.console.state;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.management.JMException;
import javax.management.JMRuntimeException;
import javax.management.MBeanServer;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;

/**
 * Reads what WildFly's pools count where that is switched on; of other servers' pools nothing is known. They are looked for
 * only when other data sources are asked for than before: that takes longer than to read them. For one thread.
 */
final class PoolReader {
    private static final String SWITCHED_ON = "statisticsEnabled";
    private static final String[] OF_POOL = {SWITCHED_ON, "ActiveCount", "InUseCount", "AvailableCount", "MaxUsedCount"
    };

    private final MBeanServer server;
    private Set<String> wanted = Set.of();
    private Map<String, ObjectName> known = Map.of();

    PoolReader(MBeanServer server) {
        this.server = server;
    }

    /** The pools of those data sources of which there are figures, by their JNDI names. */
    Map<String, Pool> read(Set<String> jndiNames) {
        if (!wanted.equals(jndiNames)) {
            known = find(jndiNames);
            wanted = Set.copyOf(jndiNames);
        }
        Map<String, Pool> pools = new HashMap<>();
        known.forEach((jndiName, name) -> pool(name).ifPresent(pool -> pools.put(jndiName, pool)));
        return Map.copyOf(pools);
    }

    private Map<String, ObjectName> find(Set<String> jndiNames) {
        Map<String, ObjectName> found = new HashMap<>();
        for (String kind : new String[] {"data-source", "xa-data-source"}) {
            for (ObjectName source : server.queryNames(name("jboss.as:subsystem=datasources," + kind + "=*"), null)) {
                jndiName(source)
                        .filter(jndiNames::contains)
                        .ifPresent(
                                jndiName -> found.put(jndiName, name(source.getCanonicalName() + ",statistics=pool")));
            }
        }
        return Map.copyOf(found);
    }

    private Optional<String> jndiName(ObjectName source) {
        try {
            return Optional.ofNullable(server.getAttribute(source, "jndiName")).map(Object::toString);
        } catch (JMException | JMRuntimeException e) {
            // It went meanwhile, or this one may not be looked at.
            return Optional.empty();
        }
    }

    private Optional<Pool> pool(ObjectName name) {
        try {
            return Optional.of(Attributes.of(server, name, OF_POOL))
                    .filter(pool -> Boolean.parseBoolean(pool.text(SWITCHED_ON)))
                    .map(pool -> new Pool(
                            pool.count("ActiveCount"),
                            pool.count("InUseCount"),
                            pool.count("AvailableCount"),
                            pool.count("MaxUsedCount")));
        } catch (JMException | JMRuntimeException e) {
            // Its data source was removed, and may be made again under another name: then it is looked for.
            wanted = Set.of();
            return Optional.empty();
        }
    }

    private static ObjectName name(String name) {
        try {
            return new ObjectName(name);
        } catch (MalformedObjectNameException e) {
            throw new IllegalStateException(e);
        }
    }
}
