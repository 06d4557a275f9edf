/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.bench.app;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import javax.sql.DataSource;

/** Measures one contender at a time. */
@ApplicationScoped
public class Contest {
    @Inject
    private Stopwatch stopwatch;

    @Inject
    private PlainJob plain;

    @Inject
    private GuardedJob guarded;

    @Inject
    private BypassJob bypass;

    @Inject
    private InlineJob inline;

    @Inject
    private ByHandJob byHand;

    /** Calls of one job; of a part, which has no transaction, {@code checkouts} means nothing. */
    Measurement measure(Contender contender, boolean inTransaction, int checkouts, int threads, int times)
            throws Exception {
        DataSource dataSource = DataSources.of("bench/" + (contender.isJob() ? contender : Contender.UNGUARDED));
        switch (contender) {
            case IS_VALID:
                try (Connection connection = dataSource.getConnection()) {
                    return stopwatch.measure(() -> connection.isValid(2), 1, times);
                }
            case CHECKOUT:
                return stopwatch.measure(() -> dataSource.getConnection().close(), threads, times);
            case HAND_OFF:
                try (HandOff handOff = new HandOff()) {
                    handOff.run(() -> true);
                    return stopwatch.measure(() -> handOff.run(() -> true), 1, times);
                }
            case HANDED_OVER:
                try (HandOff handOff = new HandOff();
                        Connection connection = dataSource.getConnection()) {
                    handOff.run(() -> true);
                    return stopwatch.measure(() -> handOff.run(() -> connection.isValid(2)), 1, times);
                }
            default:
                Job job = job(contender);
                return stopwatch.measure(
                        inTransaction
                                ? () -> job.inTransaction(dataSource, checkouts)
                                : () -> job.outside(dataSource, checkouts),
                        threads,
                        times);
        }
    }

    private Job job(Contender contender) {
        return switch (contender) {
            case GUARD -> guarded;
            case BYPASS -> bypass;
            case INLINE -> inline;
            case BY_HAND -> byHand;
            default -> plain;
        };
    }
}
