/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.observability.jmx;

/** The guard of one deployment, by JMX. Times in milliseconds since 1970. For any thread. */
public interface GuardMXBean {
    /** The deployment's name. */
    String getDeployment();

    /** Since when there is a history. */
    long getSince();

    /** The same, as ISO 8601 has it. */
    String getSinceText();

    /** How many timers start only on live connections. */
    int getGuarded();

    /** How many timers use data sources, and nothing guards them. */
    int getUnprotected();

    /** How many timers use no data source, as far as that was found. */
    int getNothingToGuard();

    /** How many jobs there are: timers, and other methods that are guarded. */
    int getJobs();

    /** How many data sources there are. */
    int getDataSources();

    /** Asks a data source for a live connection: {@code live}, or why there is none. */
    String validate(String dataSource);

    /** Destroys what is idle in the data source's pool. */
    String sweep(String dataSource);

    /** Has a job run now, beside its schedule; returns at once. */
    String run(String job);

    /** What the doctor finds, a line for each. */
    String examine();

    /** Counters and lists begin anew. */
    String reset();
}
