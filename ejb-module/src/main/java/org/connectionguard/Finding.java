/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard;

/**
 * Something about a data source that hurts scheduled jobs, or what is not guarded. Immutable; holds no credentials.
 *
 * @param id {@code CG0301}…, as in the log; an id always stands for the same thing
 * @param dataSource JNDI name, as the application names it; {@code all data sources} for what concerns them together
 * @param severity how much it hurts
 * @param what what was found, with the numbers
 * @param why what it does to a scheduled job
 * @param remedy the line for WildFly's CLI, the URL option, the setting or the SQL statement that mends it
 * @param covered whether guarded jobs are safe from it already
 */
public record Finding(
        String id, String dataSource, Severity severity, String what, String why, String remedy, boolean covered) {

    /** How much a finding hurts. */
    public enum Severity {
        /** It costs time, or hurts only what is not guarded. Logged at INFO. */
        INFO,
        /** It can fail or hang a guarded job. Logged at WARN. */
        WARNING
    }
}
