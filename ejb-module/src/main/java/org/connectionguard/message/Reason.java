/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.message;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The kinds of trouble with a data source, each with what is to be done. */
public enum Reason {
    /** The database cannot be reached. */
    DOWN(". Is the database running, and reachable from this server?"),
    /** Something was asked and does not answer. */
    SILENT(". Is the network to it cut, or the server frozen? Give the JDBC URL connectTimeout and socketTimeout"),
    /** The database, or the pool, has no connection left. */
    EXHAUSTED(". The database is up: raise max-pool-size, max_connections or the user's limit, or find what"
            + " holds the connections"),
    /** The database refuses us, and waiting does not help. */
    REFUSED(". Waiting does not help: correct user, password, schema or account"),
    /** There is only its name yet: nothing is bound to that. */
    MISSING(". Is the name spelt correctly, and does the application run that binds it?"),
    /** Connections come, and all of them are dead, read-only or otherwise unfit. */
    UNFIT(". New connections are unfit too: look at the server"),
    /** Enough jobs wait for this data source already. */
    CROWDED(""),
    /** The job's time was over before its data source could be asked. */
    NO_TIME(". That says nothing of the database: raise max-wait, or look at what took the time"),
    /** No thread could be started to ask with. */
    NO_THREAD(". That says nothing of the database: look at the memory and the limits of this server's process"),
    /** The job's own transaction let no connection in. */
    TRANSACTION(
            ". That says nothing of the database: look at the transaction's time-out, and at what else takes part in it"),
    /** Nobody knows how to ask this product for what was demanded. */
    UNCHECKABLE(". Take the demand away: connections are validated without it"),
    /** Another run of its timer, which had been put off, is being made up. */
    MAKING_UP(""),
    /** The job's thread was interrupted. */
    INTERRUPTED(""),
    /** The server is being suspended or shut down, or the application undeployed. */
    STOPPED("");

    private static final List<String> OF_OUTAGES = Stream.of(DOWN, SILENT, EXHAUSTED, REFUSED, MISSING, UNFIT)
            .map(Reason::word)
            .toList();

    private final String remedy;

    Reason(String remedy) {
        this.remedy = remedy;
    }

    /** Its name as it stands in a sentence. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** The words for why a data source may be away; the others are a job's own. */
    public static List<String> ofOutages() {
        return OF_OUTAGES;
    }

    /** What to do, as the end of a sentence; empty where there is nothing to be done. */
    public String remedy() {
        return remedy;
    }
}
