/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.config;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Names of classes, {@code *} standing for any characters: {@code com.acme.legacy.*, *HeartbeatTimer}. Immutable.
 */
public final class ClassNamePatterns {
    static final Format<ClassNamePatterns> FORMAT = new Format<>(
            "full class names separated by commas, with * for any characters, such as com.acme.legacy.*, *HeartbeatTimer",
            ClassNamePatterns::parse);

    /** Matches no class. */
    static final ClassNamePatterns NONE = new ClassNamePatterns(List.of());

    private static final Pattern FORM = Pattern.compile("[\\w.$*]+");

    private final List<Pattern> patterns;

    private ClassNamePatterns(List<Pattern> patterns) {
        this.patterns = patterns;
    }

    private static Optional<ClassNamePatterns> parse(String text) {
        List<String> names =
                Arrays.stream(text.split(",", -1)).map(String::strip).toList();
        return Optional.of(names)
                .filter(each ->
                        each.stream().allMatch(name -> FORM.matcher(name).matches()))
                .map(each -> new ClassNamePatterns(
                        each.stream().map(ClassNamePatterns::pattern).toList()));
    }

    private static Pattern pattern(String name) {
        return Pattern.compile(Pattern.quote(name).replace("*", "\\E.*\\Q"));
    }

    /** Whether the class is meant. */
    public boolean match(Class<?> type) {
        return patterns.stream()
                .anyMatch(pattern -> pattern.matcher(type.getName()).matches());
    }
}
