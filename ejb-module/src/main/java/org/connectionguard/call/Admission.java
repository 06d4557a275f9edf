/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.call;

import java.util.Map;
import javax.sql.DataSource;
import org.connectionguard.DatabaseUnavailableException;
import org.connectionguard.engine.Target;
import org.connectionguard.engine.Verdict;

/** Whether a job may start. Immutable. */
public sealed interface Admission {
    /** What all of its data sources took. */
    Verdict.Effort effort();

    /**
     * All of its data sources have given a live connection.
     *
     * @param validated when each did, by the engine's clock
     */
    record Granted(Map<DataSource, Long> validated, Verdict.Effort effort) implements Admission {}

    /** One of its data sources has not. */
    record TurnedAway(Target target, Verdict.Unavailable verdict, Verdict.Effort effort) implements Admission {
        /** Its JNDI name. */
        public String dataSource() {
            return target.name();
        }

        /** What the job, or who called for it, is told. */
        public DatabaseUnavailableException exception() {
            return exception(verdict.message());
        }

        /** The same, where there is more to be said. */
        DatabaseUnavailableException exception(String message) {
            return new DatabaseUnavailableException(
                    dataSource(), message, verdict.cause().orElse(null));
        }
    }
}
