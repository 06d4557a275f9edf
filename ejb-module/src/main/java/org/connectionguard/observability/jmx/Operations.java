/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.observability.jmx;

/** What an operator can do to one deployment's guard. For any thread; each answers in words, and throws nothing. */
public interface Operations {
    /** Asks a data source for a live connection, as a job would: "live", or why not. */
    String validate(String dataSource);

    /** Destroys what is idle in its pool. */
    String sweep(String dataSource);

    /** Has a job run now, beside its schedule. */
    String run(String job);

    /** What the doctor says of all data sources. */
    String examine();

    /** Counters and lists begin anew. */
    String reset();
}
