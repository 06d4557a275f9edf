/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard;

import java.util.List;
import javax.sql.DataSource;

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
     * The same for a data source that the application has in its hands: a pool that it made itself, one that was injected, or a
     * proxy of one. The settings are those of its JNDI name, where the guard knows one; else those of the pool's own name, as
     * {@code connection-guard."HikariPool-Reports".max-wait}. Nothing of it is kept.
     *
     * @param dataSource what a connection will be asked of afterwards: to the guard each object is a data source of its own
     * @throws DatabaseUnavailableException when it gave none in time, or is closed; policies other than FAIL do not apply here
     * @throws GuardDefinitionException when it is null
     */
    void validate(DataSource dataSource);

    /**
     * The timers of this deployment, and how each is protected: what the table says that is logged at deployment.
     *
     * @return in the order of their names; none where {@code connection-guard.enabled} is false
     */
    List<TimerReport> timers();

    /**
     * Has a job run now, beside its schedule: its timer is called on a thread of the server's (of the guard's
     * own where the server has none), with all that belongs to a call
     * (interceptors, security, transaction). Of several timers it is the one that is due next. Returns at once; what comes of it is
     * told as of every run.
     *
     * @param job its name, as {@link #jobs()} has it
     * @throws IllegalArgumentException when it is no job of this deployment, or no EJB timer's
     * @throws IllegalStateException when it is under way, when it has not run yet and another method of its bean has the same
     *     schedule (the server does not show which of their timers is whose), when there is no thread for it, or where
     *     {@code connection-guard.enabled} is false
     */
    void run(String job);

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
