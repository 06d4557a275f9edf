/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.pool;

import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.sql.SQLException;
import java.util.Optional;

/** A method or a field of a class that is there at run time only, looked up once. Immutable. */
final class Member {
    @FunctionalInterface
    private interface Access {
        Object to(Object target, Object... arguments) throws ReflectiveOperationException;
    }

    private final String name;
    private final Access access;

    private Member(String name, Access access) {
        this.name = name;
        this.access = access;
    }

    /** A public method. */
    static Member method(Class<?> type, String name, Class<?>... parameters) throws NoSuchMethodException {
        return new Member(name, type.getMethod(name, parameters)::invoke);
    }

    /** A method that is not public, or whose class is not. */
    static Member hiddenMethod(Class<?> type, String name, Class<?>... parameters) throws NoSuchMethodException {
        Method method = type.getDeclaredMethod(name, parameters);
        method.setAccessible(true);
        return new Member(name, method::invoke);
    }

    /** A field that is not public. */
    static Member hiddenField(Class<?> type, String name) throws NoSuchFieldException {
        Field field = type.getDeclaredField(name);
        field.setAccessible(true);
        return new Member(name, (target, arguments) -> field.get(target));
    }

    /** Calls it, whatever it returns. */
    void call(Object target, Object... arguments) throws SQLException {
        Foreign.call(name, () -> access.to(target, arguments));
    }

    /** What it returns or holds, if anything. */
    <T> Optional<T> find(Class<T> type, Object target, Object... arguments) throws SQLException {
        return Foreign.ask(name, () -> Optional.ofNullable(type.cast(access.to(target, arguments))));
    }

    /** What it returns or holds, which has to be something. */
    <T> T get(Class<T> type, Object target, Object... arguments) throws SQLException {
        return find(type, target, arguments).orElseThrow(() -> new SQLException(name + " gives nothing"));
    }
}
