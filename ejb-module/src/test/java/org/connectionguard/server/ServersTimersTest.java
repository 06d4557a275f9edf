/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javax.management.MBeanServer;
import javax.management.MBeanServerFactory;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;
import org.connectionguard.server.ServersTimers.ServersTimer;
import org.connectionguard.testing.ShownTimers;
import org.junit.jupiter.api.Test;

/** The beans' timers by their names, as WildFly 39 shows them. */
class ServersTimersTest {
    private static final Instant TWO = Instant.parse("2026-11-27T02:00:00Z");

    private final MBeanServer server = MBeanServerFactory.newMBeanServer();
    private final ServersTimers timers = new ServersTimers(server, "shop");

    private void show(String name, String application, CompositeData... shown) throws Exception {
        ShownTimers.show(server, name, Job.class, application, shown);
    }

    /** A bean. */
    private static final class Job {}

    @Test
    void theTimersOfABeanAreThoseThatTheServerShows() throws Exception {
        show(
                "deployment=shop.war,subsystem=ejb3,singleton-bean=Job",
                "shop",
                ShownTimers.nightly(TWO, true),
                ShownTimers.interval(TWO));
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
        show(
                "deployment=shop.ear,subdeployment=jobs.jar,subsystem=ejb3,singleton-bean=Job",
                "shop",
                ShownTimers.interval(TWO));
        assertThat(timers.of("Job", Job.class).orElseThrow()).hasSize(1);
    }

    @Test
    void anotherApplicationsBeanOfTheSameNameIsNotOurs() throws Exception {
        show("deployment=other.war,subsystem=ejb3,singleton-bean=Job", "other", ShownTimers.interval(TWO));
        assertThat(timers.of("Job", Job.class)).isEmpty();
        show(
                "deployment=shop.war,subsystem=ejb3,singleton-bean=Job",
                "shop",
                ShownTimers.interval(TWO),
                ShownTimers.interval(TWO));
        assertThat(timers.of("Job", Job.class).orElseThrow()).hasSize(2);
    }

    @Test
    void ofABeanThatIsGoneNothingIsKnown() throws Exception {
        show("deployment=shop.war,subsystem=ejb3,singleton-bean=Job", "shop", ShownTimers.interval(TWO));
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
