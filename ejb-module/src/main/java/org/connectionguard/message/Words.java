/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.message;

import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What others say, fit to be repeated in a log: drivers put the whole connection URL into their exceptions, with user and
 * password, and whole statements with all their values. Whatever repeats their words takes them from here. Stateless.
 */
public final class Words {
    /** Of a message so much is repeated; it is looked through on the thread of a job that has failed, and kept with its run. */
    static final int MOST = 1000;

    /** {@code user=…}, {@code trustStorePassword={…}}, wherever they stand; also one whose end has been cut off. */
    private static final Pattern SECRET =
            Pattern.compile("(?i)((?:user|uid|pass(?:word|wd|phrase)?|pwd|secret|token)[\\w.-]{0,100}\\s*=\\s*)"
                    + "(?:\\{[^}]*(?:}|$)|\"[^\"]*(?:\"|$)|'[^']*(?:'|$)|[^\\s&;)]+)");

    /** A connection URL: JDBC's subprotocols, an authority or Oracle's short form, and options after ? or ;. */
    private static final Pattern URL =
            Pattern.compile("(?i)((?:jdbc:(?:[\\w+.-]+:)*|[a-z][\\w+.-]{0,30}:(?=//))(?://)?)([^\\s?;]*)(\\S*)");

    private Words() {}

    /** A throwable's class and the first line of its message, no more of it than anybody reads. */
    public static String of(Throwable thrown) {
        return thrown.getClass().getSimpleName() + ": " + withoutSecrets(firstLine(thrown));
    }

    /** An application's exceptions may throw here, where a text in the user's language is missing. */
    private static String firstLine(Throwable thrown) {
        try {
            String line =
                    String.valueOf(thrown.getMessage()).lines().findFirst().orElse("");
            return line.length() > MOST ? beginning(line) + "\u2026" : line;
        } catch (RuntimeException | Error e) {
            return "it has no message, but " + e.getClass().getSimpleName();
        }
    }

    /** In whole words: the part of a URL that has been cut off may be the one by which its password is known. */
    private static String beginning(String line) {
        int end = MOST;
        while (end > 0 && !Character.isWhitespace(line.charAt(end))) {
            end--;
        }
        return line.substring(0, end);
    }

    /** A text without the user, the password and the options of any connection URL, and without such options elsewhere. */
    public static String withoutSecrets(String text) {
        String unpaired = SECRET.matcher(text).replaceAll("$1***");
        return URL.matcher(unpaired).replaceAll(Words::url);
    }

    private static String url(MatchResult found) {
        String scheme = found.group(1);
        // An @ behind a question mark: the password may have that mark, and where it begins cannot be told.
        String address = found.group(3).contains("@")
                ? ""
                : found.group(2).replaceFirst(".*@", scheme.endsWith("//") ? "" : "@");
        return Matcher.quoteReplacement(scheme + address);
    }
}
