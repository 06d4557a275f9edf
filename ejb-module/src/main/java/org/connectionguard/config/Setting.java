/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.config;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.connectionguard.OnUnavailable;

/**
 * The settings that a data source may have, each with what its text may be and what holds when nothing is set. A new one
 * wants a line here, and in {@link Settings} the method that tells it and the one that changes it.
 */
enum Setting {
    ENABLED(Format.FLAG, true),
    VALIDATION_TIMEOUT(Format.DURATION, Duration.ofSeconds(2)),
    MAX_WAIT(Format.DURATION_OR_ZERO, Duration.ofSeconds(30)),
    INITIAL_BACKOFF(Format.DURATION, Duration.ofMillis(100)),
    MAX_BACKOFF(Format.DURATION, Duration.ofSeconds(5)),
    MAX_WAITING_JOBS(Format.COUNT, 4),
    ON_UNAVAILABLE(Format.POLICY, OnUnavailable.FAIL),
    SKIP_IF_VALIDATED_WITHIN(Format.DURATION_OR_ZERO, Duration.ZERO),
    MAX_AGE(Format.DURATION),
    WRITABLE(Format.FLAG, false),
    PIN(Format.FLAG, true),
    HEALTH_DOWN_AFTER(Format.DURATION);

    private final Format<?> format;
    private final Optional<Object> otherwise;

    Setting(Format<?> format) {
        this.format = format;
        this.otherwise = Optional.empty();
    }

    <T> Setting(Format<T> format, T otherwise) {
        this.format = format;
        this.otherwise = Optional.of(otherwise);
    }

    /** The name that follows the prefix: max-wait. */
    String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    Format<?> format() {
        return format;
    }

    /** What holds when it is not set; empty: nothing does. */
    Optional<Object> otherwise() {
        return otherwise;
    }

    /** All names, in the order in which they are told. */
    static List<String> keys() {
        return Arrays.stream(values()).map(Setting::key).toList();
    }
}
