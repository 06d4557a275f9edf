/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.pool;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;

/**
 * The public getters of settings whose class is there at run time only. They are looked up at each call: who asks for
 * settings asks seldom. Immutable.
 *
 * @param type public, and declares or inherits them
 */
record Getters(Class<?> type, Object target) {
    /** Those of a class, or an interface, that the target's own class loader knows. */
    static Getters of(String type, Object target) throws SQLException {
        return Foreign.ask(
                "Looking for " + type,
                () -> new Getters(Class.forName(type, false, target.getClass().getClassLoader()), target));
    }

    /** What one returns, if anything. */
    Optional<Object> find(String name) throws SQLException {
        Member getter = Foreign.ask("Looking for " + name, () -> Member.method(type, name));
        return getter.find(Object.class, target);
    }

    /** What one returns, which has to be something. */
    String text(String name) throws SQLException {
        return find(name).map(Object::toString).orElseThrow(() -> new SQLException(name + " gives nothing"));
    }

    /** Some products keep numbers as texts. */
    long number(String name) throws SQLException {
        String text = text(name);
        return Foreign.ask("Reading " + name, () -> Long.parseLong(text));
    }

    /** Empty where it is zero or less, which mostly means never, or for ever. */
    Optional<Duration> duration(String name) throws SQLException {
        return find(name).map(Duration.class::cast).filter(duration -> !duration.isZero() && !duration.isNegative());
    }

    boolean flag(String name) throws SQLException {
        return Boolean.parseBoolean(text(name));
    }

    /** Empty where it is zero or less, which mostly means never, or for ever. */
    Optional<Duration> millis(String name) throws SQLException {
        return Optional.of(number(name)).filter(number -> number > 0).map(Duration::ofMillis);
    }

    /** Empty where it is zero or less, which mostly means never, or for ever. */
    Optional<Duration> seconds(String name) throws SQLException {
        return Optional.of(number(name)).filter(number -> number > 0).map(Duration::ofSeconds);
    }
}
