/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.cdi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.ejb.Timer;
import jakarta.enterprise.context.spi.CreationalContext;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.ProcessSessionBean;
import java.io.IOException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.connectionguard.deployment.TimerMethod;
import org.connectionguard.deployment.TimerMethod.RunBy;
import org.connectionguard.descriptor.EjbJar;
import org.connectionguard.discovery.Beans;
import org.connectionguard.server.BusinessCall;
import org.connectionguard.testing.Stub;
import org.junit.jupiter.api.Test;

class BusinessViewsTest {
    /** What was asked of the container, and of the bean. */
    private final List<String> happened = new ArrayList<>();

    private final Timer timer = Stub.of(Timer.class, (method, arguments) -> null);

    /** A business interface. */
    public interface Nightly {
        void gather(Timer timer);
    }

    /** With one method of each kind. */
    public class Job implements Nightly {
        @Override
        public void gather(Timer given) {
            assertThat(given).isSameAs(timer);
            happened.add("gather");
        }

        public void plain() {
            happened.add("plain");
        }

        public void failing() throws IOException {
            throw new IOException("the body's own");
        }

        public void broken() {
            throw new AssertionError("the body's own");
        }

        void hidden() {}
    }

    private Optional<BusinessCall> of(String method, Set<Class<?>> types) throws NoSuchMethodException {
        Job instance = new Job();
        Bean<?> bean = Stub.of(Bean.class, (name, arguments) -> switch (name) {
            case "getBeanClass" -> Job.class;
            case "getTypes" -> types;
            case "hashCode" -> 1;
            case "equals" -> true;
            default -> null;
        });
        Beans beans = new Beans();
        beans.add(Stub.of(
                ProcessSessionBean.class, (name, arguments) -> name.equals("getEjbName") ? "Job" : (Object) bean));
        BeanManager manager = Stub.of(BeanManager.class, (name, arguments) -> switch (name) {
            case "createCreationalContext" -> Stub.of(CreationalContext.class, (asked, nothing) -> happened.add(asked));
            case "getReference" -> {
                happened.add(((Class<?>) arguments[1]).getSimpleName());
                yield instance;
            }
            default -> null;
        });
        Method declared = method.equals("gather")
                ? Job.class.getDeclaredMethod(method, Timer.class)
                : Job.class.getDeclaredMethod(method);
        return new BusinessViews(beans, manager)
                .of(new TimerMethod(Job.class, "Job", declared, EjbJar.NONE, "hour=2", RunBy.TIMER_SERVICE));
    }

    @Test
    void aPublicMethodIsCalledByTheBeansNoInterfaceView() throws Exception {
        of("plain", Set.of(Job.class, Object.class)).orElseThrow().call(timer);
        assertThat(happened).containsExactly("Job", "plain", "release");
    }

    @Test
    void oneOfABusinessInterfaceIsCalledByThatAndGetsTheTimer() throws Exception {
        of("gather", Set.of(Nightly.class, Object.class)).orElseThrow().call(timer);
        assertThat(happened).containsExactly("Nightly", "gather", "release");
    }

    @Test
    void whatIsNoBusinessMethodCannotBeCalled() throws Exception {
        assertThat(of("hidden", Set.of(Job.class, Object.class))).isEmpty();
        assertThat(of("plain", Set.of(Nightly.class, Object.class))).isEmpty();
    }

    @Test
    void whatTheBodyThrowsIsThrown() throws Exception {
        BusinessCall failing = of("failing", Set.of(Job.class)).orElseThrow();
        assertThatThrownBy(() -> failing.call(timer))
                .isInstanceOf(IOException.class)
                .hasMessage("the body's own");
        BusinessCall broken = of("broken", Set.of(Job.class)).orElseThrow();
        assertThatThrownBy(() -> broken.call(timer)).isInstanceOf(AssertionError.class);
        assertThat(happened).containsExactly("Job", "release", "Job", "release");
    }
}
