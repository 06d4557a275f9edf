/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.connectionguard.GuardEvent.Evicted;
import org.connectionguard.GuardEvent.Validated;
import org.connectionguard.engine.Outcome.Fault;
import org.connectionguard.engine.Outcome.Finding;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What is told of each outcome, and which of them moves the line. */
class OutcomeTest {
    private static final Outcome.Fit FIT = new Outcome.Fit(true, 1, false, Finding.NOTHING);
    private static final SQLException FAILURE = new SQLException("gone");

    private static Outcome.Unfit unfit(Fault.Kind kind) {
        return new Outcome.Unfit(new Fault(kind, "why"), false, 1);
    }

    @Test
    void whateverAnsweredMovesTheLine() {
        assertThat(List.of(
                        FIT,
                        new Outcome.Overtaken(FIT),
                        new Outcome.NotEntered(FAILURE),
                        new Outcome.Uncheckable("Fake")))
                .allMatch(Outcome::isAnswer);
        assertThat(List.of(new Outcome.None(FAILURE), new Outcome.NotBound(FAILURE)))
                .noneMatch(Outcome::isAnswer);
    }

    @ParameterizedTest
    @EnumSource(Fault.Kind.class)
    void ofUnfitOnesTheSilentHaveNotAnswered(Fault.Kind kind) {
        boolean answered = kind != Fault.Kind.SILENT;
        assertThat(unfit(kind).isAnswer()).isEqualTo(answered);
        assertThat(new Outcome.DeadInTransaction(unfit(kind)).isAnswer()).isEqualTo(answered);
    }

    @ParameterizedTest
    @CsvSource({
        "DEAD, DEAD, DEAD, true",
        "SILENT, SILENT, SILENT, true",
        "READ_ONLY, UNFIT, UNFIT, true",
        "AUTOCOMMIT, , UNFIT, false",
        "AGED, , AGED, false",
        "COMPLAINED, , UNFIT, false"
    })
    void eachFaultIsToldAsWhatTheQuestionCameToAndAsWhatTheConnectionDiedOf(
            Fault.Kind kind, Validated.Result answer, Evicted.Cause cause, boolean shared) {
        assertThat(kind.answer()).isEqualTo(Optional.ofNullable(answer));
        assertThat(kind.cause()).isEqualTo(cause);
        assertThat(kind.isShared()).isEqualTo(shared);
    }

    @Test
    void whatIsFlawedOrBoundIsElseTheSame() {
        Finding finding = new Finding(Optional.empty(), true, Optional.of("doubt"), Optional.empty());
        Outcome.Fit fit = new Outcome.Fit(true, 7, false, finding);
        assertThat(fit.boundToTransaction()).isEqualTo(new Outcome.Fit(true, 7, true, finding));
        assertThat(fit.flawed())
                .isEqualTo(new Outcome.Fit(
                        true, 7, false, new Finding(Optional.empty(), false, Optional.of("doubt"), Optional.empty())));
    }
}
