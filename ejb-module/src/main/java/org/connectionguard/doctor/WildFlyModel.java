/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.doctor;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import javax.management.JMException;
import javax.management.JMRuntimeException;
import javax.management.MBeanServer;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import org.connectionguard.engine.Target;

/**
 * WildFly's configuration, read through the MBeans in which it shows its management model, expressions resolved. No class of
 * WildFly's is used: on other servers there are no such MBeans, and nothing is known. User and password are never read.
 * Attributes that are not set show as null; the defaults here are IronJacamar's. Stateless.
 */
final class WildFlyModel {
    private static final String DOMAIN = "jboss.as:subsystem=";
    private static final int DEFAULT_POOL_SIZE = 20;
    private static final Duration DEFAULT_IDLE = Duration.ofMinutes(30);
    private static final Duration DEFAULT_BLOCKING = Duration.ofSeconds(30);

    private final MBeanServer beans = ManagementFactory.getPlatformMBeanServer();

    /** Whether the server is on its way up: until it is, it shows nothing of its configuration. */
    boolean isStarting() {
        return text(parsed("jboss.root:type=state"), "RunningState")
                .filter("starting"::equalsIgnoreCase)
                .isPresent();
    }

    /** What the server gives to timers. */
    ContainerFacts container() {
        String pool = text(name("ejb3,service=timer-service"), "threadPoolName").orElse("default");
        Optional<Long> threads = number(name("ejb3,thread-pool=" + pool), "maxThreads");
        return new ContainerFacts(
                pool,
                threads.isPresent() ? OptionalInt.of(threads.get().intValue()) : OptionalInt.empty(),
                number(name("transactions"), "defaultTimeout")
                        .filter(seconds -> seconds > 0)
                        .map(Duration::ofSeconds));
    }

    /** The pool behind a data source, by whatever name the application calls it. */
    Optional<PoolFacts> pool(Target target) {
        return pool(jndi -> jndi.equals(target.name())).or(() -> pool(jndi -> leadsTo(jndi, target)));
    }

    private Optional<PoolFacts> pool(Predicate<String> jndiName) {
        return Stream.of("data-source", "xa-data-source")
                .flatMap(kind -> beans.queryNames(name("datasources," + kind + "=*"), null).stream()
                        .filter(bean -> text(bean, "jndiName").filter(jndiName).isPresent())
                        .map(bean -> facts(kind, bean)))
                .findFirst();
    }

    private static boolean leadsTo(String jndi, Target target) {
        try {
            return target.dataSource().equals(InitialContext.doLookup(jndi));
        } catch (NamingException e) {
            // One that is disabled.
            return false;
        }
    }

    private PoolFacts facts(String kind, ObjectName bean) {
        boolean background = flag(bean, "backgroundValidation").orElse(false);
        return new PoolFacts(
                kind,
                unquoted(bean.getKeyProperty(kind)),
                number(bean, "maxPoolSize").map(Long::intValue).orElse(DEFAULT_POOL_SIZE),
                number(bean, "idleTimeoutMinutes").map(Duration::ofMinutes).orElse(DEFAULT_IDLE),
                number(bean, "backgroundValidationMillis")
                        .filter(millis -> background)
                        .map(Duration::ofMillis)
                        .orElse(Duration.ZERO),
                flag(bean, "validateOnMatch").orElse(false),
                text(bean, "validConnectionCheckerClassName").isPresent()
                        || text(bean, "checkValidConnectionSql").isPresent(),
                text(bean, "exceptionSorterClassName").isPresent(),
                number(bean, "blockingTimeoutWaitMillis")
                        .map(Duration::ofMillis)
                        .orElse(DEFAULT_BLOCKING),
                // An XA data source has no such attribute: it always takes part.
                kind.equals("xa-data-source") || flag(bean, "jta").orElse(true),
                driver(kind, bean));
    }

    private DriverOptions driver(String kind, ObjectName bean) {
        String children = kind.equals("data-source") ? "connection-properties" : "xa-datasource-properties";
        Map<String, String> properties = new HashMap<>();
        for (String option : DriverOptions.NAMES) {
            child(bean, children, option).ifPresent(value -> properties.put(option, value));
        }
        Optional<String> url = text(bean, "connectionUrl").or(() -> child(bean, children, "URL"));
        return DriverOptions.of(url.orElse(""), Map.copyOf(properties));
    }

    private Optional<String> child(ObjectName bean, String type, String name) {
        Set<ObjectName> found = beans.queryNames(name(bean.getCanonicalName(), type, name), null);
        return found.stream().findFirst().flatMap(each -> text(each, "value"));
    }

    private Optional<Boolean> flag(ObjectName bean, String attribute) {
        return attribute(bean, attribute).map(value -> Boolean.valueOf(value.toString()));
    }

    private Optional<Long> number(ObjectName bean, String attribute) {
        return attribute(bean, attribute).map(value -> Long.valueOf(value.toString()));
    }

    private Optional<String> text(ObjectName bean, String attribute) {
        return attribute(bean, attribute).map(Object::toString).filter(text -> !text.isEmpty());
    }

    private Optional<Object> attribute(ObjectName bean, String attribute) {
        try {
            return Optional.ofNullable(beans.getAttribute(bean, attribute));
        } catch (JMException | JMRuntimeException e) {
            // Another server, another generation of WildFly, or not allowed: not known.
            return Optional.empty();
        }
    }

    private static String unquoted(String key) {
        return key.startsWith("\"") ? ObjectName.unquote(key) : key;
    }

    private static ObjectName name(String rest) {
        return parsed(DOMAIN + rest);
    }

    private static ObjectName name(String parent, String type, String child) {
        return parsed(parent + "," + type + "=" + child);
    }

    private static ObjectName parsed(String name) {
        try {
            return new ObjectName(name);
        } catch (MalformedObjectNameException e) {
            throw new IllegalStateException(e);
        }
    }
}
