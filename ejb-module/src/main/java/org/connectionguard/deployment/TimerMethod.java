/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.deployment;

import java.lang.reflect.Method;
import org.connectionguard.descriptor.EjbJar;

/**
 * A method that timers call. Immutable.
 *
 * @param bean the bean's class, which may inherit the method
 * @param ejbName the bean's name
 * @param descriptor the ejb-jar.xml of the bean's archive
 * @param schedule when it expires, as declared
 * @param runBy whose timers they are
 */
public record TimerMethod(
        Class<?> bean, String ejbName, Method method, EjbJar descriptor, String schedule, RunBy runBy) {
    /** Who runs the method. */
    public enum RunBy {
        /** The EJB container: a timeout method. */
        TIMER_SERVICE,
        /** Jakarta Concurrency, from when the application starts: {@code @Schedule}. */
        SCHEDULE,
        /** Jakarta Concurrency's interceptor, from when the method is first called: {@code @Asynchronous(runAt = …)}. */
        ASYNCHRONOUS
    }

    /** For messages. */
    public String place() {
        return bean.getName() + "." + method.getName();
    }
}
