/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.cdi;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ejb.Timer;
import java.util.List;
import java.util.stream.Stream;
import org.connectionguard.deployment.TimerMethod;
import org.connectionguard.deployment.TimerMethod.RunBy;
import org.connectionguard.descriptor.EjbJar;
import org.junit.jupiter.api.Test;

class TimerBeansTest {
    /** Two of its methods have one name. */
    static class Job {
        void gather() {}

        void run() {}

        void run(Timer timer) {}
    }

    private static TimerMethod timer(String name, Class<?>... parameters) {
        try {
            return new TimerMethod(
                    Job.class,
                    "Job",
                    Job.class.getDeclaredMethod(name, parameters),
                    EjbJar.NONE,
                    "",
                    RunBy.TIMER_SERVICE);
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void ofTwoMethodsOfOneNameNobodyKnowsWhichIsMeant() {
        List<TimerMethod> timers = Stream.of(timer("gather"), timer("run"), timer("run", Timer.class))
                .toList();
        TimerBeans beans = new TimerBeans(timers, null, null);
        assertThat(timers).filteredOn(beans::isKnownByName).containsExactly(timers.get(0));
    }
}
