/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.server;

/**
 * Whose timer a timer is. Jakarta EE has no way to ask; WildFly's timers have a public method that says it: the deployment's
 * name, a dot, and the bean's name. Stateless.
 */
public final class TimerOwner {
    private TimerOwner() {}

    /** Whether it is known that the timer is the bean's. */
    public static boolean is(String ejbName, Object timer) {
        try {
            Object owner = timer.getClass().getMethod("getTimedObjectId").invoke(timer);
            return String.valueOf(owner).endsWith("." + ejbName);
        } catch (ReflectiveOperationException e) {
            // Another kind of timer.
            return false;
        }
    }
}
