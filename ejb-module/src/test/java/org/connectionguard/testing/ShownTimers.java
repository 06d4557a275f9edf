/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.testing;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;
import javax.management.openmbean.CompositeDataSupport;
import javax.management.openmbean.CompositeType;
import javax.management.openmbean.OpenDataException;
import javax.management.openmbean.OpenType;
import javax.management.openmbean.SimpleType;

/** Enterprise beans' MBeans with their timers, as WildFly shows them. Stateless. */
public final class ShownTimers {
    private ShownTimers() {}

    /**
     * Shows a bean.
     *
     * @param name behind the domain's
     * @param application the first part of the bean's global JNDI name
     */
    public static void show(MBeanServer server, String name, Class<?> type, String application, CompositeData... timers)
            throws JMException {
        Map<String, Object> attributes = new HashMap<>();
        attributes.put("componentClassName", type.getName());
        attributes.put("jndiNames", new String[] {"java:module/Job", "java:global/" + application + "/Job"});
        attributes.put("timers", timers);
        server.registerMBean(new Shown(attributes), new ObjectName("jboss.as:" + name));
    }

    /** A timer of two o'clock each night. */
    public static CompositeData nightly(Instant next, boolean persistent) throws OpenDataException {
        Map<String, Object> schedule = new HashMap<>(Map.of(
                "second", "0",
                "minute", "0",
                "hour", "2",
                "day-of-month", "*",
                "day-of-week", "*",
                "month", "*",
                "year", "*"));
        schedule.put("timezone", null);
        return timer(next, persistent, composite(schedule));
    }

    /** A timer that the application has made. */
    public static CompositeData interval(Instant next) throws OpenDataException {
        return timer(next, false, null);
    }

    private static CompositeData timer(Instant next, boolean persistent, CompositeData schedule)
            throws OpenDataException {
        Map<String, Object> values = new HashMap<>();
        values.put("next-timeout", next.toEpochMilli());
        values.put("persistent", persistent);
        values.put("schedule", schedule);
        return composite(values);
    }

    private static CompositeData composite(Map<String, Object> values) throws OpenDataException {
        String[] names = values.keySet().toArray(String[]::new);
        OpenType<?>[] types = new OpenType<?>[names.length];
        for (int i = 0; i < names.length; i++) {
            Object value = values.get(names[i]);
            types[i] = value instanceof CompositeData data
                    ? data.getCompositeType()
                    : value instanceof Long
                            ? SimpleType.LONG
                            : value instanceof Boolean ? SimpleType.BOOLEAN : SimpleType.STRING;
        }
        return new CompositeDataSupport(new CompositeType("Complex type", "it", names, names, types), values);
    }
}
