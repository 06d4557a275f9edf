/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One of the files in {@code server-config} that users adapt to their server, with its parameters.
 *
 * @param name with its directory
 */
public record Template(String name, Map<String, String> parameters) {
    private static final Pattern PARAMETER = Pattern.compile("\\$\\{([\\w.]+)(?::([^}]*))?}");

    /**
     * The text, with the parameters in their places.
     *
     * @throws StartException where there is no such file, or one of its parameters has no value
     */
    public String text() {
        try (InputStream in = Template.class.getResourceAsStream("/" + name)) {
            if (in == null) {
                throw new StartException("There is no " + name + " in server-config");
            }
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return PARAMETER.matcher(text).replaceAll(match -> Matcher.quoteReplacement(value(match)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String value(MatchResult match) {
        String value = parameters.getOrDefault(match.group(1), match.group(2));
        if (value == null) {
            throw new StartException(name + " needs the parameter " + match.group(1));
        }
        return value;
    }
}
