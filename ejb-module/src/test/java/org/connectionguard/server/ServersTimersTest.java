/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.management.MBeanServer;
import javax.management.MBeanServerFactory;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;
import javax.management.openmbean.CompositeDataSupport;
import javax.management.openmbean.CompositeType;
import javax.management.openmbean.OpenDataException;
import javax.management.openmbean.OpenType;
import javax.management.openmbean.SimpleType;
import org.connectionguard.server.ServersTimers.ServersTimer;
import org.connectionguard.testing.Shown;
import org.junit.jupiter.api.Test;

/** The beans' timers by their names, as WildFly 39 shows them. */
class ServersTimersTest {
    private static final Instant TWO = Instant.parse("2026-11-27T02:00:00Z");

    private final MBeanServer server = MBeanServerFactory.newMBeanServer();
    private final ServersTimers timers = new ServersTimers(server, "shop");

    private void show(String name, String application, CompositeData... shown) throws Exception {
        Map<String, Object> attributes = new HashMap<>();
        attributes.put("componentClassName", Job.class.getName());
        attributes.put("jndiNames", new String[] {"java:module/Job", "java:global/" + application + "/Job"});
        attributes.put("timers", shown);
        server.registerMBean(new Shown(attributes), new ObjectName("jboss.as:" + name));
    }

    /** A bean. */
    private static final class Job {}

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

    private static CompositeData nightly(boolean persistent) throws OpenDataException {
        Map<String, Object> schedule = new HashMap<>(Map.of(
                "second", "0",
                "minute", "0",
                "hour", "2",
                "day-of-month", "*",
                "day-of-week", "*",
                "month", "*",
                "year", "*"));
        schedule.put("timezone", null);
        return composite(
                Map.of("next-timeout", TWO.toEpochMilli(), "persistent", persistent, "schedule", composite(schedule)));
    }

    private static CompositeData interval() throws OpenDataException {
        Map<String, Object> values = new HashMap<>(Map.of("next-timeout", TWO.toEpochMilli(), "persistent", false));
        values.put("schedule", null);
        return composite(values);
    }

    @Test
    void theTimersOfABeanAreThoseThatTheServerShows() throws Exception {
        show("deployment=shop.war,subsystem=ejb3,singleton-bean=Job", "shop", nightly(true), interval());
        assertThat(timers.of("Job", Job.class))
                .contains(List.of(
                        new ServersTimer(TWO, true, Optional.of("daily at 02:00:00, persistent")),
                        new ServersTimer(TWO, false, Optional.empty())));
    }

    @Test
    void aBeanWithoutTimersHasNone() throws Exception {
        show("deployment=shop.war,subsystem=ejb3,stateless-session-bean=Job", "shop");
        assertThat(timers.of("Job", Job.class)).contains(List.of());
    }

    @Test
    void ofAModuleOfAnEarTheyAreFoundToo() throws Exception {
        show("deployment=shop.ear,subdeployment=jobs.jar,subsystem=ejb3,singleton-bean=Job", "shop", interval());
        assertThat(timers.of("Job", Job.class).orElseThrow()).hasSize(1);
    }

    @Test
    void anotherApplicationsBeanOfTheSameNameIsNotOurs() throws Exception {
        show("deployment=other.war,subsystem=ejb3,singleton-bean=Job", "other", interval());
        assertThat(timers.of("Job", Job.class)).isEmpty();
        show("deployment=shop.war,subsystem=ejb3,singleton-bean=Job", "shop", interval(), interval());
        assertThat(timers.of("Job", Job.class).orElseThrow()).hasSize(2);
    }

    @Test
    void ofABeanThatIsGoneNothingIsKnown() throws Exception {
        show("deployment=shop.war,subsystem=ejb3,singleton-bean=Job", "shop", interval());
        assertThat(timers.of("Job", Job.class)).isPresent();
        server.unregisterMBean(new ObjectName("jboss.as:deployment=shop.war,subsystem=ejb3,singleton-bean=Job"));
        assertThat(timers.of("Job", Job.class)).isEmpty();
    }

    @Test
    void anotherServerShowsNothing() {
        assertThat(timers.of("Job", Job.class)).isEmpty();
        assertThat(timers.of("a bean: with, signs=", Job.class)).isEmpty();
    }
}
