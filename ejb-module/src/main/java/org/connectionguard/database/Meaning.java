/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.database;

/** What a failure to get or use a connection says about the database. */
public enum Meaning {
    /** The database cannot be reached, or is on its way down or up: worth waiting for. */
    TRANSIENT,
    /** The database is there, and has no connection left for us: worth waiting for, and not an outage. */
    EXHAUSTED,
    /** Waiting changes nothing: wrong password, no such schema, locked account. */
    PERMANENT,
    /** Nothing that we know; treated as transient, and logged with state and code. */
    UNKNOWN
}
