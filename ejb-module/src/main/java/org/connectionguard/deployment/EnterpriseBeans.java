/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.deployment;

import jakarta.enterprise.inject.spi.Annotated;
import jakarta.enterprise.inject.spi.AnnotatedMethod;
import java.util.Set;

/**
 * What makes an enterprise bean, known by name: a server may have CDI and no enterprise beans (WildFly's
 * standalone-microprofile.xml), and then its applications do not see these annotations' classes. Stateless.
 */
public final class EnterpriseBeans {
    private static final Set<String> BEAN =
            Set.of("jakarta.ejb.Stateless", "jakarta.ejb.Singleton", "jakarta.ejb.MessageDriven");

    private static final Set<String> TIMEOUT =
            Set.of("jakarta.ejb.Schedule", "jakarta.ejb.Schedules", "jakarta.ejb.Timeout");

    private EnterpriseBeans() {}

    /** Whether an annotation makes the class one that can have timers. */
    public static boolean is(Annotated type) {
        return has(type, BEAN);
    }

    /** Whether an annotation makes the method a timer's. */
    static boolean isTimeout(AnnotatedMethod<?> method) {
        return has(method, TIMEOUT);
    }

    /** Whether this server has enterprise beans. */
    static boolean areThere() {
        try {
            Class.forName("jakarta.ejb.Timeout", false, EnterpriseBeans.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException | LinkageError e) {
            return false;
        }
    }

    private static boolean has(Annotated annotated, Set<String> names) {
        return annotated.getAnnotations().stream()
                .anyMatch(
                        annotation -> names.contains(annotation.annotationType().getName()));
    }
}
