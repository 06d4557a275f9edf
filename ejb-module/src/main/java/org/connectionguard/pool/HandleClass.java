/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.pool;

import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/**
 * The class of a pool's handles, or of the invocation handlers behind them, recognised by its name, and what was looked up
 * for it; where that fails, it fails once. Remembers the class seen last, of which there is one in a server. Never a
 * ClassValue: it would hold us. For any thread.
 *
 * @param <T> what is looked up
 */
final class HandleClass<T> {
    /** Looks up what is used of the classes behind the handle's. */
    @FunctionalInterface
    interface Lookup<T> {
        T in(Class<?> handle) throws ReflectiveOperationException;
    }

    private record Seen<T>(Class<?> handle, Optional<T> found) {}

    private final String name;
    private final Lookup<T> lookup;
    private volatile Optional<Seen<T>> last = Optional.empty();

    HandleClass(String name, Lookup<T> lookup) {
        this.name = name;
        this.lookup = lookup;
    }

    /** What answers for a handle: the invocation handler of one that is a JDK proxy, else the handle itself. */
    static Object behind(Connection handle) {
        try {
            return Proxy.isProxyClass(handle.getClass()) ? Proxy.getInvocationHandler(handle) : handle;
        } catch (SecurityException e) {
            return handle;
        }
    }

    /** What was looked up, if the handle is of that class, or of one that extends it. */
    Optional<T> find(Object handle) {
        Optional<Seen<T>> seen = last;
        if (seen.isPresent() && seen.get().handle().isInstance(handle)) {
            return seen.get().found();
        }
        for (Class<?> type = handle.getClass(); type != null; type = type.getSuperclass()) {
            if (type.getName().equals(name)) {
                return look(type);
            }
        }
        return Optional.empty();
    }

    /**
     * What was looked up.
     *
     * @throws SQLException when the handle is of another class
     */
    T get(Object handle) throws SQLException {
        return find(handle).orElseThrow(() -> new SQLException(handle.getClass() + " is no " + name));
    }

    private Optional<T> look(Class<?> type) {
        Optional<T> found;
        try {
            found = Optional.of(lookup.in(type));
        } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
            // Only the name is the same, or a module or a security manager forbids it.
            found = Optional.empty();
        }
        last = Optional.of(new Seen<>(type, found));
        return found;
    }
}
