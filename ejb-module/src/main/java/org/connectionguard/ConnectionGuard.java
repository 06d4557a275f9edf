/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard;

import java.util.List;

/**
 * The guard for code that no interceptor reaches: tasks of an executor, batch artifacts, threads of your own. Inject it,
 * and call it before the work:
 *
 * <pre>{@code
 * @Inject ConnectionGuard guard;
 *
 * executor.submit(() -> {
 *     guard.validate("java:jboss/datasources/Defects");
 *     service.gather();
 * });
 * }</pre>
 *
 * <p>Safe for use by many threads at once.
 */
public interface ConnectionGuard {
    /**
     * Returns when each data source has given a live connection; dead ones were destroyed on the way. Inside an active
     * JTA transaction with a single data source it is the connection that the transaction goes on with.
     *
     * @param dataSources JNDI names; none: the configured default, else {@code java:comp/DefaultDataSource}
     * @throws DatabaseUnavailableException when one gave none in time; policies other than FAIL do not apply here
     * @throws GuardDefinitionException when a name is unknown, or is not a data source
     */
    void validate(String... dataSources);

    /**
     * The timers of this deployment, and how each is protected: what the table says that is logged at deployment.
     *
     * @return in the order of their names; none where {@code connection-guard.enabled} is false
     */
    List<TimerReport> timers();

    /**
     * What happened to the jobs of this deployment: when each ran last, how that ended, when it will run next.
     *
     * @return in the order of their names; none where {@code connection-guard.enabled} is false
     */
    List<JobStatus> jobs();

    /**
     * What happened to the data sources that they use.
     *
     * @return in the order of their names; none where {@code connection-guard.enabled} is false
     */
    List<DataSourceStatus> dataSources();
}
