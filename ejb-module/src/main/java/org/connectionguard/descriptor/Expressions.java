/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.descriptor;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The expressions in descriptors and annotations that WildFly replaces where it is told to: {@code ${property}},
 * {@code ${property:otherwise}}, {@code ${one,other}}, {@code ${env.VARIABLE}}. Nobody need ask whether it is told: an
 * application whose data source has such a name is deployed only where it is replaced. Immutable.
 */
public record Expressions(Properties properties, Map<String, String> environment) {
    /** The innermost: another may stand around it. */
    private static final Pattern EXPRESSION = Pattern.compile("\\$\\{([^${}:]+)(:([^${}]*))?}");

    /** However they are nested. */
    private static final int MOST = 100;

    /** The text as this server takes it; what leads to nothing stays as it is. */
    public static String replaced(String text) {
        return new Expressions(System.getProperties(), System.getenv()).replace(text);
    }

    String replace(String text) {
        String replaced = text;
        for (int count = 0; count < MOST; count++) {
            Optional<String> next = replaceOne(replaced);
            if (next.isEmpty()) {
                return replaced;
            }
            replaced = next.get();
        }
        return text;
    }

    private Optional<String> replaceOne(String text) {
        Matcher matcher = EXPRESSION.matcher(text);
        while (matcher.find()) {
            Optional<String> value = Stream.of(matcher.group(1).split(","))
                    .flatMap(name -> value(name.strip()).stream())
                    .findFirst()
                    .or(() -> Optional.ofNullable(matcher.group(3)));
            if (value.isPresent()) {
                return Optional.of(text.substring(0, matcher.start()) + value.get() + text.substring(matcher.end()));
            }
        }
        return Optional.empty();
    }

    /** WildFly takes a variable for a property of the same letters too: A_B for a.b. */
    private Optional<String> value(String name) {
        String variable = name.replaceAll("[^A-Za-z0-9_]", "_").toUpperCase(Locale.ROOT);
        return Optional.ofNullable(properties.getProperty(name))
                .or(() -> Optional.ofNullable(
                        environment.get(name.startsWith("env.") ? name.substring("env.".length()) : variable)));
    }
}
