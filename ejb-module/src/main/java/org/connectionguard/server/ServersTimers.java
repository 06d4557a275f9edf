/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.server;

import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.management.AttributeList;
import javax.management.JMException;
import javax.management.JMRuntimeException;
import javax.management.MBeanServer;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;
import org.connectionguard.message.Expiration;

/**
 * The timers that the server has, and when it has promised to call them. WildFly shows them by each enterprise bean's MBean in
 * its management model; of other servers nothing is known. No class of WildFly's is used. For any thread.
 */
public final class ServersTimers {
    /**
     * A timer. Immutable.
     *
     * @param next when it is to expire
     * @param persistent whether another server of a cluster may be the one that calls it
     * @param schedule its calendar expression, as {@link Expiration} writes it; empty where it has none
     */
    public record ServersTimer(Instant next, boolean persistent, Optional<String> schedule) {}

    /** How WildFly spells the parts of a calendar expression. */
    private static final Map<String, String> PARTS =
            Expiration.PARTS.stream().collect(Collectors.toMap(part -> part, ServersTimers::wildFlys));

    // Attributes of a timer's own MBean; in the list of its bean's timers the first is spelled otherwise.
    private static final String NEXT = "nextTimeout";
    private static final String PERSISTENT = "persistent";
    private static final String SCHEDULE = "schedule";

    private static final List<String> BEANS =
            List.of("singleton-bean", "stateless-session-bean", "message-driven-bean");

    private final MBeanServer server;
    private final String deployment;

    /** Where the beans were found. */
    private final Map<String, ObjectName> found = new ConcurrentHashMap<>();

    /** @param deployment the application's name */
    public ServersTimers(String deployment) {
        this(ManagementFactory.getPlatformMBeanServer(), deployment);
    }

    ServersTimers(MBeanServer server, String deployment) {
        this.server = server;
        this.deployment = deployment;
    }

    private static String wildFlys(String part) {
        return part.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }

    /**
     * The timers of a bean, none where it has none now.
     *
     * @return empty where nobody says
     */
    public Optional<List<ServersTimer>> of(String ejbName, Class<?> type) {
        try {
            Optional<ObjectName> bean = Optional.ofNullable(found.get(ejbName)).or(() -> find(ejbName, type));
            if (bean.isEmpty()) {
                return Optional.empty();
            }
            found.put(ejbName, bean.get());
            return Optional.of(timers(bean.get()));
        } catch (JMException | JMRuntimeException | ClassCastException e) {
            // Gone, not allowed, or another generation of WildFly.
            found.remove(ejbName);
            return Optional.empty();
        }
    }

    /**
     * Calls a timer of a bean now, as the server does it, and returns when the call has: of several the one that is due next.
     *
     * @param which whether it may be a timer
     * @return whether there was one
     * @throws Exception why the server has not called it, or what the call threw
     */
    public boolean call(String ejbName, Class<?> type, Predicate<ServersTimer> which) throws Exception {
        Optional<ObjectName> bean = find(ejbName, type);
        if (bean.isEmpty()) {
            return false;
        }
        Map<ObjectName, ServersTimer> candidates = new HashMap<>();
        for (ObjectName timer : named(bean.get().getCanonicalName() + ",service=timer-service,timer=*")) {
            AttributeList shown = server.getAttributes(timer, new String[] {NEXT, PERSISTENT, SCHEDULE});
            timer(values(shown)).filter(which).ifPresent(known -> candidates.put(timer, known));
        }
        Optional<ObjectName> next = candidates.entrySet().stream()
                .min(Comparator.comparing(each -> each.getValue().next()))
                .map(Map.Entry::getKey);
        if (next.isPresent()) {
            server.invoke(next.get(), "trigger", new Object[0], new String[0]);
        }
        return next.isPresent();
    }

    private static Map<String, Object> values(AttributeList attributes) {
        Map<String, Object> values = new HashMap<>();
        attributes.asList().forEach(attribute -> values.put(attribute.getName(), attribute.getValue()));
        return values;
    }

    private static Optional<ServersTimer> timer(Map<String, Object> values) {
        return Optional.ofNullable(values.get(NEXT))
                .filter(Long.class::isInstance)
                .map(next -> timer(
                        (Long) next, Boolean.TRUE.equals(values.get(PERSISTENT)), Optional.ofNullable((CompositeData)
                                values.get(SCHEDULE))));
    }

    private List<ServersTimer> timers(ObjectName bean) throws JMException {
        CompositeData[] timers = (CompositeData[]) server.getAttribute(bean, "timers");
        return Stream.of(timers == null ? new CompositeData[0] : timers)
                .filter(timer -> timer.get("next-timeout") instanceof Long)
                .map(ServersTimers::timer)
                .toList();
    }

    private static ServersTimer timer(CompositeData timer) {
        return timer(
                (Long) timer.get("next-timeout"),
                Boolean.TRUE.equals(timer.get(PERSISTENT)),
                Optional.ofNullable((CompositeData) timer.get(SCHEDULE)));
    }

    private static ServersTimer timer(Long next, boolean persistent, Optional<CompositeData> schedule) {
        return new ServersTimer(
                Instant.ofEpochMilli(next), persistent, schedule.map(each -> Expiration.of(parts(each), persistent)));
    }

    private static Map<String, String> parts(CompositeData schedule) {
        Map<String, String> parts = new HashMap<>();
        PARTS.forEach((part, key) ->
                Optional.ofNullable(schedule.get(key)).ifPresent(value -> parts.put(part, value.toString())));
        return parts;
    }

    /** Another application may have a bean of this name, and even of this class. */
    private Optional<ObjectName> find(String ejbName, Class<?> type) {
        return BEANS.stream()
                .flatMap(kind -> Stream.of("deployment=*", "deployment=*,subdeployment=*")
                        .map(place -> "jboss.as:" + place + ",subsystem=ejb3," + kind + "=" + key(ejbName)))
                .flatMap(pattern -> named(pattern).stream())
                .filter(bean -> isOurs(bean, type))
                .findFirst();
    }

    private Set<ObjectName> named(String pattern) {
        try {
            return server.queryNames(new ObjectName(pattern), null);
        } catch (MalformedObjectNameException e) {
            return Set.of();
        }
    }

    private static String key(String name) {
        return name.matches("[\\w.$-]+") ? name : ObjectName.quote(name);
    }

    private boolean isOurs(ObjectName bean, Class<?> type) {
        try {
            String[] names = (String[]) server.getAttribute(bean, "jndiNames");
            return type.getName().equals(server.getAttribute(bean, "componentClassName"))
                    && (names == null
                            || names.length == 0
                            || Arrays.stream(names)
                                    .anyMatch(name -> name.startsWith("java:global/" + deployment + "/")));
        } catch (JMException | JMRuntimeException | ClassCastException e) {
            return false;
        }
    }
}
