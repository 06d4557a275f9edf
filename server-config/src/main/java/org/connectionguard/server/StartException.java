/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.server;

/** Something could not be started. The message is one line that names the thing and the remedy. */
public final class StartException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public StartException(String message) {
        this(message, null);
    }

    public StartException(String message, Throwable cause) {
        // The message says it all; a stack trace would only hide it.
        super(message, cause, false, false);
    }
}
