/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.console.verdict;

/** How much somebody has to do about it; the worst first. */
public enum Level {
    /** A run is missing or went wrong, and nobody but you will mend it. */
    TROUBLE,
    /** Something is under way, and is expected to come right by itself. */
    ATTENTION,
    WELL
}
