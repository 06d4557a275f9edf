/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.console.verdict;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Words with times between them: whoever reads it has a clock and a time zone of his own. Immutable.
 *
 * @param parts {@code String} or {@code Long}, a time in milliseconds since 1970
 */
public record Sentence(List<Object> parts) {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("d MMM uuuu HH:mm:ss zzz", Locale.ENGLISH);

    /** Strings and times, in their order. */
    public static Sentence of(Object... parts) {
        return new Sentence(List.of(parts));
    }

    /** Both, a blank between them. */
    Sentence and(Sentence next) {
        return joined(" ", next);
    }

    Sentence joined(String between, Sentence next) {
        List<Object> all = new ArrayList<>(parts);
        all.add(between);
        all.addAll(next.parts);
        return new Sentence(List.copyOf(all));
    }

    /** With the times of one zone. */
    public String text(ZoneId zone) {
        StringBuilder text = new StringBuilder();
        for (Object part : parts) {
            text.append(
                    part instanceof Long time
                            ? TIME.format(Instant.ofEpochMilli(time).atZone(zone))
                            : part);
        }
        return text.toString();
    }
}
