/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.engine;

import java.io.Serial;
import java.sql.SQLException;

/** There is no data source to be asked for a connection, but only its name. It may come at any moment. */
public final class MissingDataSourceException extends SQLException {
    @Serial
    private static final long serialVersionUID = 1L;

    /** @param message what there is instead */
    public MissingDataSourceException(String message) {
        super(message);
    }
}
