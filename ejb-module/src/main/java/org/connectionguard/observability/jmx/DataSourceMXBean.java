/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.observability.jmx;

/** What is known of a data source since the deployment, by JMX. Times in milliseconds since 1970. For any thread. */
public interface DataSourceMXBean {
    /** The first of its JNDI names that the guard was asked for. */
    String getName();

    /** {@code HEALTHY}, {@code SUSPECT}, {@code UNAVAILABLE} or {@code BACK}. */
    String getState();

    /** Since when it is in that state. */
    long getStateSince();

    /** The same, as ISO 8601 has it. */
    String getStateSinceText();

    /** How many jobs wait for it now. */
    int getWaiting();

    /** How many questions have not come back, and nobody waits for them any more. */
    int getStuck();

    /** How many connections that were asked were fit. */
    long getValidationsAlive();

    /** How many were dead. */
    long getValidationsDead();

    /** How many did not answer in time. */
    long getValidationsSilent();

    /** How many were alive, and not fit for the job. */
    long getValidationsUnfit();

    /** How long all these questions took, in milliseconds. */
    long getValidationMillis();

    /** How many connections were destroyed since they were dead. */
    long getEvictionsDead();

    /** How many since they did not answer in time. */
    long getEvictionsSilent();

    /** How many since they were too old. */
    long getEvictionsAged();

    /** How many since they were not fit. */
    long getEvictionsUnfit();

    /** How often what was idle in the pool was destroyed with one of them. */
    long getEvictionsSibling();

    /** How many jobs have waited for it. */
    long getWaits();

    /** How long they waited together, in milliseconds. */
    long getWaitMillis();

    /** How many outages are over. */
    long getOutages();

    /** How long these took together, in milliseconds. */
    long getOutageMillis();

    /** Why it gave no connections the last time, in a word; empty: it always did. */
    String getLastOutageReason();

    /** The last outages, the newest at the end. */
    Outage[] getLastOutages();

    /** Asks it for a live connection: {@code live}, or why there is none. */
    String validate();

    /** Destroys what is idle in its pool. */
    String sweep();

    /** An outage. */
    interface Outage {
        /** When it was noticed. */
        long getBegin();

        /** The same, as ISO 8601 has it. */
        String getBeginText();

        /** How long it took; -1 while it lasts. */
        long getMillis();

        /** The kind of trouble in a word. */
        String getReason();

        /** In the driver's words. */
        String getDetail();
    }
}
