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
 * One of the scripts in {@code server-config/wildfly}, with its parameters. The scripts that users run are the scripts
 * that run here; only the parameters are put in beforehand, so that many can run in one start of the CLI.
 */
public record CliScript(String name, Map<String, String> parameters) {
    private static final Pattern PARAMETER = Pattern.compile("\\$\\{([\\w.]+)(?::([^}]*))?}");

    /** The script's lines, ready for the CLI. */
    String text() {
        try (InputStream in = CliScript.class.getResourceAsStream("/wildfly/" + name)) {
            if (in == null) {
                throw new StartException("There is no script " + name + " in server-config/wildfly");
            }
            String script = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return PARAMETER.matcher(script).replaceAll(match -> Matcher.quoteReplacement(value(match)));
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
