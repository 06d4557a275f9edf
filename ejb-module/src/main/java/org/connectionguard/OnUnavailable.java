/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard;

/** What becomes of a job whose database did not come back in time. */
public enum OnUnavailable {
    /** What the setting {@code connection-guard.on-unavailable} says; {@link #FAIL} when it says nothing. */
    CONFIGURED,

    /**
     * {@link DatabaseUnavailableException}. The container then retries the timeout as it does after any failure. Where that failure
     * may be the one after which the timer is not called any more, or not at its next expirations, and of a method that Jakarta
     * Concurrency runs by a schedule, which its first exception ends for ever, the run is left out instead, and logged.
     */
    FAIL,

    /**
     * The method returns normally without having run, logged and counted, so that the container does not retry. It returns
     * nothing as its type says it: an empty Optional, stream, collection, map or array, or a future that has completed with
     * null; of any other type null, and so does every method that Jakarta Concurrency runs by a schedule, which anything else
     * would end. Not possible on a method that returns a primitive value: such a method is refused at
     * deployment.
     */
    SKIP,

    /** The body runs all the same, as it would without a guard. */
    PROCEED,

    /**
     * The run is put off: the method returns normally without its body, and as soon as the data source gives a live connection
     * again the timer is called once, however many of its expirations were missed. For the methods of EJB timers only: on any
     * other method, and on a server whose timers cannot be called, it is an error at deployment where the annotation says it, and
     * {@link #FAIL} where only the setting does. What is put off is kept in memory, and dropped when the application is undeployed;
     * that of a timer that expires once is kept by the server, over a restart too if it is persistent.
     */
    LATER
}
