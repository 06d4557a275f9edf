/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests.corpus;

import java.util.Comparator;
import java.util.Map;
import java.util.TreeSet;

/**
 * What is to be thought of a cell. Immutable.
 *
 * @param detail for a reader who looks for the cause; may be empty
 */
record Verdict(Kind kind, String detail) {

    /** From good to bad. */
    enum Kind {
        NOT_APPLICABLE("–", false),
        /** Nothing was promised, and nothing is different. */
        AS_WITHOUT("=", false),
        /** Deployed as without the library, and healed of the KILL without losing a body. */
        HEALED("✔", false),
        /** As without the library; not healed, which had been said before. */
        TOLD("told", false),
        /** Healed, and a body was begun on a dead connection though the report said that it was guarded. */
        LOST_A_BODY("**✘ lost a body**", true),
        /** Not healed, and the report said that it was guarded. */
        DIED_GUARDED("**✘ dies, called guarded**", true),
        /** Not healed, and nobody had said so. */
        DIED_IN_SILENCE("**✘ dies, nothing said**", true),
        OTHER_JOBS("**✘ other timers run**", true),
        NOT_DEPLOYED("**✘ not deployed**", true),
        DEPLOYED("**✘ deployed, as it is not without**", true);

        private final String symbol;
        private final boolean red;

        Kind(String symbol, boolean red) {
            this.symbol = symbol;
            this.red = red;
        }

        boolean isRed() {
            return red;
        }

        /** In the matrix. */
        @Override
        public String toString() {
            return symbol;
        }
    }

    static final Verdict NOT_APPLICABLE = new Verdict(Kind.NOT_APPLICABLE, "");

    /** Of a deployment that the library has something to do with. */
    static Verdict of(Way way, Outcome control, Outcome outcome) {
        if (outcome.deployed() != control.deployed()) {
            return outcome.deployed()
                    ? new Verdict(Kind.DEPLOYED, "without the library: " + control.cause())
                    : new Verdict(Kind.NOT_DEPLOYED, outcome.cause());
        }
        if (!outcome.ran().equals(control.ran())) {
            return new Verdict(
                    Kind.OTHER_JOBS, new TreeSet<>(outcome.ran()) + " instead of " + new TreeSet<>(control.ran()));
        }
        if (!way.isProtecting() || outcome.recoveries().isEmpty()) {
            return new Verdict(Kind.AS_WITHOUT, "");
        }
        return outcome.recoveries().entrySet().stream()
                .map(Verdict::of)
                .max(Comparator.comparing(Verdict::kind))
                .orElseThrow();
    }

    private static Verdict of(Map.Entry<String, Outcome.Recovery> job) {
        Outcome.Recovery recovery = job.getValue();
        String detail = job.getKey() + " " + recovery;
        if (recovery.state() == Outcome.State.HEALED) {
            return recovery.word() == Outcome.Word.GUARDED && recovery.lost() > 0
                    ? new Verdict(Kind.LOST_A_BODY, detail)
                    : new Verdict(Kind.HEALED, "");
        }
        return new Verdict(
                switch (recovery.word()) {
                    case GUARDED -> Kind.DIED_GUARDED;
                    case NOT_PROTECTED -> Kind.TOLD;
                    case NOTHING -> Kind.DIED_IN_SILENCE;
                },
                detail);
    }
}
