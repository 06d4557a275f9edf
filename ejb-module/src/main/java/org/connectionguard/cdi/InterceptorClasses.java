/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.cdi;

import java.util.List;
import java.util.Set;

/** The classes by which applications name the guard. They lie in a layer above, and so are known by their names. Stateless. */
final class InterceptorClasses {
    static final Set<String> NAMES = Set.of(
            "org.connectionguard.interceptor.ValidConnectionsInterceptor",
            "org.connectionguard.interceptor.EnabledInterceptor");

    private InterceptorClasses() {}

    static List<Class<?>> load() {
        return NAMES.stream().<Class<?>>map(InterceptorClasses::load).toList();
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName(name, false, InterceptorClasses.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }
}
