/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.bench;

import java.util.Set;

/**
 * What the user asked for.
 *
 * @param quick a run of three minutes, which shows that everything works and says little
 * @param rounds how often everything is measured
 * @param questions only these; empty: all
 * @param publish whether the report also replaces the one that the documentation shows
 */
public record Options(boolean quick, int rounds, Set<String> questions, boolean publish) {
    private static final int ROUNDS = 4;

    /** From {@code bench.quick}, {@code bench.rounds}, {@code bench.questions} and {@code bench.publish}. */
    static Options ofProperties() {
        boolean quick = Boolean.getBoolean("bench.quick");
        int rounds = Integer.getInteger("bench.rounds", 0);
        String questions = System.getProperty("bench.questions", "");
        return new Options(
                quick,
                rounds > 0 ? rounds : quick ? 1 : ROUNDS,
                questions.isBlank() ? Set.of() : Set.of(questions.split(",")),
                Boolean.getBoolean("bench.publish"));
    }

    /** The larger number in a full run, the smaller in a quick one. */
    public int of(int full, int small) {
        return quick ? small : full;
    }

    boolean asks(String question) {
        return questions.isEmpty() || questions.contains(question);
    }
}
