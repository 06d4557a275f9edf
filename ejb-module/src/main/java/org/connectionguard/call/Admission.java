/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.call;

import java.sql.Connection;
import java.util.Map;
import javax.sql.DataSource;
import org.connectionguard.DatabaseUnavailableException;
import org.connectionguard.engine.Verdict;

/** Whether a job may start. Immutable. */
public sealed interface Admission {
    /**
     * All of its data sources have given a live connection.
     *
     * @param validated which one each gave, where its pool tells
     */
    record Granted(Map<DataSource, Connection> validated) implements Admission {}

    /** One of its data sources has not. */
    record Refused(String dataSource, Verdict.Unavailable verdict) implements Admission {
        public DatabaseUnavailableException exception() {
            return new DatabaseUnavailableException(
                    dataSource, verdict.message(), verdict.cause().orElse(null));
        }
    }
}
