/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.engine;

import java.util.Optional;
import org.connectionguard.database.DatabaseProduct;
import org.connectionguard.database.Failure;
import org.connectionguard.message.Reason;
import org.connectionguard.pool.Pools;

/**
 * What is wrong with a data source, or with the one job that wants something of it. Immutable.
 *
 * @param reason the kind
 * @param detail in the driver's, the pool's or our own words
 * @param cause what was thrown
 */
public record Trouble(Reason reason, String detail, Optional<Throwable> cause) {
    static Trouble of(Reason reason, String detail) {
        return new Trouble(reason, detail, Optional.empty());
    }

    /** What a failed checkout says; empty where nobody knows what it means. */
    static Optional<Trouble> known(Throwable failure, Pools pools, Optional<DatabaseProduct> product) {
        if (failure instanceof MissingDataSourceException missing) {
            return Optional.of(new Trouble(Reason.MISSING, missing.getMessage(), Optional.of(missing)));
        }
        if (pools.isExhausted(failure)) {
            return Optional.of(because(Reason.EXHAUSTED, failure));
        }
        return switch (Failure.meaning(failure, product)) {
            case PERMANENT -> Optional.of(because(Reason.REFUSED, failure));
            case EXHAUSTED -> Optional.of(because(Reason.EXHAUSTED, failure));
            case TRANSIENT -> Optional.of(because(Reason.DOWN, failure));
            case UNKNOWN -> Optional.empty();
        };
    }

    /** What a failed checkout says that nobody knows: no connection, and it may pass. */
    static Trouble unknown(Throwable failure) {
        return because(Reason.DOWN, failure);
    }

    private static Trouble because(Reason reason, Throwable failure) {
        return new Trouble(reason, Failure.describe(failure), Optional.of(failure));
    }
}
