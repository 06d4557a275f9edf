/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.server;

import java.util.Optional;
import javax.naming.InitialContext;
import javax.naming.NamingException;

/** What a server has under a name, or gives by a class of its own. Stateless. */
final class Names {
    private Names() {}

    /** What is under a JNDI name, if it is of that type. */
    static <T> Optional<T> find(Class<T> type, String name) {
        try {
            return Optional.of(type.cast(InitialContext.doLookup(name)));
        } catch (NamingException | RuntimeException e) {
            // Another server's name, or not one for this thread.
            return Optional.empty();
        }
    }

    /** What a public static method without parameters gives, of a class that the application sees. */
    static <T> Optional<T> call(Class<T> type, String className, String method) {
        try {
            return Optional.ofNullable(type.cast(Class.forName(className, true, Names.class.getClassLoader())
                    .getMethod(method)
                    .invoke(null)));
        } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
            // Another server.
            return Optional.empty();
        }
    }
}
