/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.cdi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.ejb.Timer;
import jakarta.enterprise.context.spi.CreationalContext;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.ProcessSessionBean;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.connectionguard.deployment.TimerMethod;
import org.connectionguard.deployment.TimerMethod.RunBy;
import org.connectionguard.descriptor.EjbJar;
import org.connectionguard.discovery.Beans;
import org.connectionguard.server.ApplicationServer;
import org.connectionguard.server.ServersTimers;
import org.connectionguard.server.WildFlyServer;
import org.connectionguard.testing.Jndi;
import org.connectionguard.testing.SmallDeployment;
import org.connectionguard.testing.Stub;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Where the server has no threads for work of the application's under the name that is for all, as TomEE. */
class RunByHandTest {
    private static final String JOB = SmallDeployment.JOB;

    @RegisterExtension
    private final Jndi jndi = new Jndi();

    private final SmallDeployment deployment = new SmallDeployment();
    private final CompletableFuture<String> ran = new CompletableFuture<>();
    private final Timer timer = Stub.of(Timer.class, (method, arguments) -> 0L);

    /** With a view. */
    public class Trend {
        public void gather() {
            ran.complete(Thread.currentThread().getName());
        }
    }

    private RunByHand on(ApplicationServer server) throws NoSuchMethodException {
        Trend instance = new Trend();
        Bean<?> bean = Stub.of(Bean.class, (name, arguments) -> switch (name) {
            case "getBeanClass" -> Trend.class;
            case "getTypes" -> Set.of(Trend.class, Object.class);
            default -> null;
        });
        Beans beans = new Beans();
        beans.add(Stub.of(
                ProcessSessionBean.class, (name, arguments) -> name.equals("getEjbName") ? "Trend" : (Object) bean));
        BeanManager manager = Stub.of(BeanManager.class, (name, arguments) -> switch (name) {
            case "createCreationalContext" -> Stub.of(CreationalContext.class, (asked, nothing) -> null);
            case "getReference" -> instance;
            default -> null;
        });
        TimerMethod method = new TimerMethod(
                Trend.class,
                "Trend",
                Trend.class.getDeclaredMethod("gather"),
                EjbJar.NONE,
                "hour=2",
                RunBy.TIMER_SERVICE);
        RunByHand byHand = new RunByHand(
                new JobTimers(Map.of(JOB, method)),
                new ServersTimers(SmallDeployment.NAME),
                new BusinessViews(beans, manager),
                deployment.overview(),
                server);
        byHand.heard(JOB, timer);
        return byHand;
    }

    @Test
    void aJobThatIsCalledByItsBeansViewRunsOnAThreadOfTheGuards() throws NoSuchMethodException {
        try (RunByHand byHand = on(ApplicationServer.here())) {
            byHand.run(JOB);
            assertThat(ran).succeedsWithin(Duration.ofSeconds(10)).asString().startsWith("connection-guard run shop");
        }
    }

    @Test
    void whereTheServerCallsTimersItHasThreadsForThatAndElseNothingRuns() throws NoSuchMethodException {
        try (RunByHand byHand = on(new WildFlyServer())) {
            assertThatThrownBy(() -> byHand.run(JOB))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("java:comp/DefaultManagedExecutorService");
            assertThat(ran).isNotDone();
        }
    }
}
