/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard;

/**
 * A data source gave no live connection in time, so the guarded body did not start. The message says which data source,
 * what was tried, for how long, and what to do; the cause is what the driver or the pool threw last, where they threw.
 *
 * <p>It is a runtime exception: in an EJB the container rolls the transaction back and treats a timeout as failed.
 */
public final class DatabaseUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** JNDI name of the data source. */
    private final String dataSource;

    /**
     * Made by the guard.
     *
     * @param dataSource JNDI name of the data source
     * @param message which data source, what was tried, what to do
     * @param cause what was thrown last; may be null
     */
    public DatabaseUnavailableException(String dataSource, String message, Throwable cause) {
        super(message, cause);
        this.dataSource = dataSource;
    }

    /**
     * The data source.
     *
     * @return its JNDI name
     */
    public String dataSource() {
        return dataSource;
    }
}
