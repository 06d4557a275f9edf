/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.pool;

/** How what a pool lends takes part in a JTA transaction. */
public enum Enlistment {
    /** XA: with any number of others. */
    TWO_PHASE,

    /** As a local transaction: two of these do not meet in one transaction. */
    ONE_PHASE,

    /** Not at all. */
    NONE,

    /** The pool does not tell. */
    UNKNOWN
}
