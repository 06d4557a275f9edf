/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.message;

/**
 * Something of a data source, or of the server, that the doctor could not look at. Immutable.
 *
 * @param words what, and why not
 */
public record Gap(String words) {
    /** The database is none of those that are known. */
    public static final Gap DATABASE = new Gap("its database (MySQL, MariaDB and PostgreSQL are known)");

    /** The driver is none of those that are known, and WildFly's checkers are a driver's. */
    public static final Gap DRIVER_AND_VALIDATION = new Gap(
            "its driver, and what its pool validates with (of drivers MySQL's, MariaDB's and PostgreSQL's are known)");

    /** The driver is none of those that are known. */
    public static final Gap DRIVER = new Gap("its driver (MySQL's, MariaDB's and PostgreSQL's are known)");

    /** The pool was given a data source of the driver's. */
    public static final Gap DRIVER_OPTIONS =
            new Gap("its driver's options (they are set in the data source that its pool was given)");

    /** The server does not tell. */
    public static final Gap TRANSACTIONS = new Gap("how long transactions may last");

    /** The server does not tell, or has no number of its own for timers. */
    public static final Gap TIMERS = new Gap("how many threads the timers have");

    /** A definition makes the data source. */
    public static final Gap DEFINED =
            new Gap("its pool and its driver (WildFly shows none that a @DataSourceDefinition makes)");

    /** The pool is asked by way of a connection that it lends. */
    public static final Gap NO_CONNECTION =
            new Gap("its pool and its driver (they are asked by a connection, and none could be had)");

    /**
     * The pool tells nothing.
     *
     * @param dataSource the data source's class
     * @param server the application server's name
     */
    public static Gap untold(String dataSource, String server) {
        return new Gap("its pool and its driver (" + dataSource + " does not tell how they are set up on " + server
                + (server.equals("WildFly") ? ", and they do not stand in its datasources subsystem" : "") + ")");
    }
}
