/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.annotation.Resource;
import java.lang.reflect.Method;
import javax.sql.DataSource;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.connectionguard.ValidConnections;
import org.connectionguard.testing.Jndi;
import org.connectionguard.testing.Log;
import org.connectionguard.testing.SmallDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class PlansWithoutCdiTest {
    private static final String SETTING = "connection-guard.max-wait";

    @RegisterExtension
    private final Log log = new Log();

    @RegisterExtension
    private final Jndi jndi = new Jndi();

    private final PlansWithoutCdi plans = new PlansWithoutCdi();
    private Method method;

    static class Job {
        @Resource(lookup = "java:/Jobs")
        DataSource dataSource;

        void run() {}
    }

    @BeforeEach
    void method() throws NoSuchMethodException {
        method = Job.class.getDeclaredMethod("run");
        jndi.bind("java:/Jobs", new SmallDatabase().dataSource());
    }

    @AfterEach
    void unset() {
        System.clearProperty(SETTING);
    }

    @Test
    void aTimersDataSourceIsFound() {
        assertThat(plans.plan(method).targets()).hasSize(1);
    }

    @ValidConnections("java:/Nowhere")
    static class Annotated {
        void run() {}
    }

    @Test
    void anAnnotationThatCannotWorkLeavesTheTimerAsItWas() throws NoSuchMethodException {
        assertThat(plans.plan(Annotated.class.getDeclaredMethod("run")).gap())
                .hasValueSatisfying(why -> assertThat(why).startsWith("CG0003"));
    }

    @Test
    void aSettingThatCannotBeLeavesTheTimerAsItWas() {
        System.setProperty(SETTING, "30");
        assertThat(plans.plan(method).gap())
                .hasValueSatisfying(why -> assertThat(why).startsWith("CG0002 connection-guard.max-wait = '30'"));
    }

    static class Heartbeat {
        void beat() {}
    }

    @Test
    void thatATimerUsesNothingThatIsKnownIsSaidOnceSinceNoReportSaysIt() throws NoSuchMethodException {
        Method beat = Heartbeat.class.getDeclaredMethod("beat");
        assertThat(plans.plan(beat).gap()).isPresent();
        assertThat(plans.plan(beat).gap()).isPresent();
        assertThat(log.lines())
                .singleElement(InstanceOfAssertFactories.STRING)
                .startsWith("INFO CG0111 " + Heartbeat.class.getName() + ".beat runs without a guard: no data source");
    }
}
