/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.call;

import static org.assertj.core.api.Assertions.assertThat;

import javax.sql.DataSource;
import org.connectionguard.config.Settings;
import org.connectionguard.engine.Target;
import org.connectionguard.testing.Stub;
import org.junit.jupiter.api.Test;

/** What one call of a transaction leaves to the next. */
class MemoTest {
    private static final boolean BINDS = true;

    private final Target reader = target(Settings.DEFAULTS);
    private final Target writer = new Target("java:x", reader.dataSource(), Settings.DEFAULTS.withWritable(true));
    private final Target other = target(Settings.DEFAULTS);
    private final Memo memo = new Memo();

    private static Target target(Settings settings) {
        return new Target("java:x", Stub.of(DataSource.class, (method, arguments) -> null), settings);
    }

    @Test
    void whatWasNeverAskedIsNotCovered() {
        assertThat(memo.covers(reader, !BINDS)).isFalse();
        assertThat(memo.waitedInVain(reader)).isFalse();
        memo.validated(other, true);
        assertThat(memo.covers(reader, !BINDS)).isFalse();
        assertThat(memo.targets()).containsExactly(other);
    }

    @Test
    void whoIsAloneIsKnownToBe() {
        assertThat(memo.knowsNoneBut(reader)).isTrue();
        memo.validated(reader, true);
        assertThat(memo.knowsNoneBut(writer)).isTrue();
        assertThat(memo.knowsNoneBut(other)).isFalse();
        memo.inVain(other);
        assertThat(memo.knowsNoneBut(reader)).isFalse();
    }

    @Test
    void aReadersValidationCoversReadersOnly() {
        memo.validated(reader, true);
        assertThat(memo.covers(reader, BINDS)).isTrue();
        assertThat(memo.covers(writer, BINDS)).isFalse();
    }

    @Test
    void aWritersValidationCoversBothAlsoAfterAReader() {
        memo.validated(writer, true);
        assertThat(memo.covers(writer, BINDS)).isTrue();
        assertThat(memo.covers(reader, BINDS)).isTrue();
        memo.validated(reader, true);
        assertThat(memo.covers(writer, BINDS)).isTrue();
    }

    @Test
    void aValidationWithoutBindingCoversWhoDoesNotBind() {
        memo.validated(reader, false);
        assertThat(memo.covers(reader, !BINDS)).isTrue();
        assertThat(memo.covers(reader, BINDS)).isFalse();
    }

    @Test
    void whatIsBoundStaysBound() {
        memo.validated(reader, true);
        memo.validated(writer, false);
        assertThat(memo.covers(writer, BINDS)).isTrue();
    }

    @Test
    void whatWasWaitedForInVainIsNotCoveredUntilItIsBack() {
        memo.inVain(reader);
        assertThat(memo.covers(reader, !BINDS)).isFalse();
        assertThat(memo.waitedInVain(reader)).isTrue();
        assertThat(memo.waitedInVain(other)).isFalse();
        // The body uses it all the same.
        assertThat(memo.targets()).containsExactly(reader);
        memo.validated(reader, false);
        assertThat(memo.covers(reader, !BINDS)).isTrue();
        assertThat(memo.covers(writer, !BINDS)).isFalse();
        assertThat(memo.waitedInVain(reader)).isFalse();
    }
}
