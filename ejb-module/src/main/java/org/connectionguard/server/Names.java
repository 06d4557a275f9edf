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

    /** Something that is asked of classes which are there at run time only. */
    @FunctionalInterface
    interface Question<T> {
        T ask() throws ReflectiveOperationException;
    }

    /** Its answer; empty where the server is another one, or of another generation. */
    static <T> Optional<T> ask(Question<T> question) {
        try {
            return Optional.ofNullable(question.ask());
        } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
            return Optional.empty();
        }
    }

    /** A class that the application sees. */
    static Class<?> type(String name) throws ClassNotFoundException {
        return Class.forName(name, true, Names.class.getClassLoader());
    }

    /** What a public static method without parameters gives, of a class that the application sees. */
    static <T> Optional<T> call(Class<T> type, String className, String method) {
        return ask(() -> type.cast(type(className).getMethod(method).invoke(null)));
    }
}
