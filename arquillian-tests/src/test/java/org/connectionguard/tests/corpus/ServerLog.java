/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests.corpus;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.regex.Pattern;
import org.connectionguard.tests.server.Management;

/** What the guard has said since a moment, wherever it said it. Immutable. */
record ServerLog(List<String> lines) {
    /** These say of a bean, or of an archive, that something in it is not guarded. */
    private static final Pattern UNGUARDED = Pattern.compile(" CG01(11|15|16|18|21|22|23|25) ");

    /** How much has been logged until now. */
    static int length() {
        return read().size();
    }

    /** What was logged after so many lines. */
    static ServerLog since(int length) {
        List<String> all = read();
        return new ServerLog(all.subList(length, all.size()));
    }

    private static List<String> read() {
        try {
            return Management.log();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What was said of a job's protection; the worse counts. */
    Outcome.Word word(Application application, String job) {
        String row = "  " + job + ".";
        List<String> said = lines.stream()
                .filter(line -> line.startsWith(row)
                        || UNGUARDED.matcher(line).find() && (line.contains(job) || line.contains(application.file())))
                .toList();
        if (said.isEmpty()) {
            return Outcome.Word.NOTHING;
        }
        return said.stream()
                        .allMatch(line -> line.startsWith(row)
                                && !line.contains("UNPROTECTED: ")
                                && !line.contains("NOTHING TO GUARD: "))
                ? Outcome.Word.GUARDED
                : Outcome.Word.NOT_PROTECTED;
    }
}
