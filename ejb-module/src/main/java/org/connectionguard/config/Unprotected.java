/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.config;

/** What a timer that uses a data source without a guard means: {@code connection-guard.unprotected}. */
public enum Unprotected {
    /** A warning for each. */
    WARN,
    /** A deployment error that names them. */
    FAIL,
    /** Nothing; the report shows them all the same. */
    IGNORE;

    static final Format<Unprotected> FORMAT = Format.oneOf("warn, fail or ignore", values());
}
