/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.engine;

import java.util.Optional;
import org.connectionguard.GuardEvent.Evicted;
import org.connectionguard.GuardEvent.Validated;
import org.connectionguard.database.DatabaseProduct;
import org.connectionguard.pool.PoolControl;

/** What a probe found. Immutable. What follows from each is the {@link Gate}'s table. */
sealed interface Outcome {
    /** Whether something answered, so that the line before the gate moves: a silence, or no connection at all, is none. */
    default boolean isAnswer() {
        return true;
    }

    /**
     * A connection that is fit for the job; it is back in the pool, or bound to the job's transaction.
     *
     * @param asked whether it was asked; else it had been just before
     * @param nanos how long the question took
     * @param bound whether it is bound to the job's transaction
     * @param finding what was seen on the way
     */
    record Fit(boolean asked, long nanos, boolean bound, Finding finding) implements Outcome {
        Fit flawed() {
            return new Fit(
                    asked, nanos, bound, new Finding(finding.product(), false, finding.doubt(), finding.origin()));
        }

        Fit boundToTransaction() {
            return new Fit(asked, nanos, true, finding);
        }
    }

    /** A fit one, and others have found dead ones meanwhile: the job's transaction is not to take what comes. */
    record Overtaken(Fit fit) implements Outcome {}

    /**
     * A connection that is not; it is destroyed, and perhaps its idle siblings with it.
     *
     * @param nanos how long the question took
     */
    record Unfit(Fault fault, boolean siblings, long nanos) implements Outcome {
        @Override
        public boolean isAnswer() {
            return fault.kind() != Fault.Kind.SILENT;
        }
    }

    /** No connection. */
    record None(Throwable failure) implements Outcome {
        @Override
        public boolean isAnswer() {
            return false;
        }
    }

    /**
     * There may have been a fit one, but what the job's transaction got is unfit: it is destroyed, too late for this transaction.
     */
    record DeadInTransaction(Unfit unfit) implements Outcome {
        @Override
        public boolean isAnswer() {
            return unfit.isAnswer();
        }
    }

    /** The job's transaction was entered and gave no connection. */
    record NotBound(Throwable failure) implements Outcome {
        @Override
        public boolean isAnswer() {
            return false;
        }
    }

    /** The job's transaction let nobody in, or ended meanwhile: that says nothing of the database. */
    record NotEntered(Throwable failure) implements Outcome {}

    /** Alive; but nobody knows how to ask this product for what was demanded. */
    record Uncheckable(String product) implements Outcome {}

    /** What is wrong with a connection. */
    record Fault(Kind kind, String why) {
        /** The kinds. */
        enum Kind {
            DEAD,
            SILENT,
            READ_ONLY,
            /** Its last user left autocommit off. */
            AUTOCOMMIT,
            AGED,
            /** It went back with an exception. */
            COMPLAINED;

            /** What a question came to that found it; empty where nothing was asked. */
            Optional<Validated.Result> answer() {
                return switch (this) {
                    case DEAD -> Optional.of(Validated.Result.DEAD);
                    case SILENT -> Optional.of(Validated.Result.SILENT);
                    case READ_ONLY -> Optional.of(Validated.Result.UNFIT);
                    case AUTOCOMMIT, AGED, COMPLAINED -> Optional.empty();
                };
            }

            /** Why the connection is destroyed, as it is told. */
            Evicted.Cause cause() {
                return switch (this) {
                    case DEAD -> Evicted.Cause.DEAD;
                    case SILENT -> Evicted.Cause.SILENT;
                    case AGED -> Evicted.Cause.AGED;
                    case READ_ONLY, AUTOCOMMIT, COMPLAINED -> Evicted.Cause.UNFIT;
                };
            }

            /** Whether its idle siblings will have it too, and the data source may be in trouble. */
            boolean isShared() {
                return this == DEAD || this == SILENT || this == READ_ONLY;
            }
        }
    }

    /**
     * What is seen of a connection that is no fault.
     *
     * @param product what it is connected to, if we know that
     * @param flawless whether it was seen to have no fault of its own
     * @param doubt why what was demanded could not be asked, in the driver's words
     * @param origin where it comes from, if that was to be learnt
     */
    record Finding(
            Optional<DatabaseProduct> product, boolean flawless, Optional<String> doubt, Optional<Origin> origin) {
        static final Finding NOTHING = new Finding(Optional.empty(), false, Optional.empty(), Optional.empty());
    }

    /**
     * Where a connection comes from.
     *
     * @param handle its class
     * @param known whether there is an adapter for its pool
     * @param control the pool, where it can be reached
     */
    record Origin(String handle, boolean known, Optional<PoolControl> control) {}
}
