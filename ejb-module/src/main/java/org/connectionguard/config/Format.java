/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.config;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.connectionguard.GuardDefinitionException;
import org.connectionguard.OnUnavailable;
import org.connectionguard.message.Messages;

/**
 * What a setting's text may be. Immutable.
 *
 * @param allowed what it may be, for the error
 * @param parser empty where the text is no such thing
 */
record Format<T>(String allowed, Function<String, Optional<T>> parser) {
    static final Format<Boolean> FLAG = new Format<>(
            "true or false",
            text -> Optional.of(text).filter(Set.of("true", "false")::contains).map(Boolean::valueOf));

    static final Format<Integer> COUNT = new Format<>(
            "a whole number from 1 on",
            text -> Optional.of(text)
                    .filter(number -> number.matches("[1-9]\\d{0,8}"))
                    .map(Integer::valueOf));

    static final Format<Duration> DURATION = new Format<>(
            "an ISO 8601 duration such as PT2S or PT0.1S, longer than PT0S to P1D",
            text -> parseDuration(text).filter(duration -> !duration.isZero()));

    static final Format<Duration> DURATION_OR_ZERO =
            new Format<>("an ISO 8601 duration such as PT2S or PT0.1S, from PT0S to P1D", Format::parseDuration);

    static final Format<OnUnavailable> POLICY = new Format<>(
            "FAIL, SKIP, PROCEED or LATER",
            text -> Arrays.stream(OnUnavailable.values())
                    .filter(policy ->
                            policy != OnUnavailable.CONFIGURED && policy.name().equals(text))
                    .findFirst());

    /** The constants of an enum, in lower case. */
    static <E extends Enum<E>> Format<E> oneOf(String allowed, E[] values) {
        return new Format<>(
                allowed,
                text -> Arrays.stream(values)
                        .filter(value -> value.name().toLowerCase(Locale.ROOT).equals(text))
                        .findFirst());
    }

    /**
     * Reads a text.
     *
     * @param name where it stands, for the error
     * @throws GuardDefinitionException when it is not allowed
     */
    T read(String name, String text) {
        return parser.apply(text)
                .orElseThrow(() -> new GuardDefinitionException(Messages.invalidSetting(name, text, allowed)));
    }

    private static Optional<Duration> parseDuration(String text) {
        try {
            return Optional.of(Duration.parse(text))
                    .filter(duration -> !duration.isNegative() && duration.compareTo(Duration.ofDays(1)) <= 0);
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
