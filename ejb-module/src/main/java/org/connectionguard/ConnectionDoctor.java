/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard;

import java.util.List;

/**
 * Looks at data sources as a scheduled job depends on them: the server's time-outs and limits, the pool, the driver's
 * options, the timers' threads and the transaction time-out. What it finds at deployment is in the log; inject it to ask
 * again:
 *
 * <pre>{@code
 * @Inject ConnectionDoctor doctor;
 *
 * doctor.examine().forEach(finding -> report(finding.what(), finding.remedy()));
 * }</pre>
 *
 * <p>Safe for use by many threads at once. It changes nothing, and borrows one connection of each data source for the time
 * of two queries.
 */
public interface ConnectionDoctor {
    /**
     * Examines data sources one after another. A data source that gives no answer takes five seconds at most, and is a
     * finding itself. While WildFly starts it shows nothing of its configuration, and while it deploys an application nothing of
     * what comes with it, so that a bean that asks then hears of the database only.
     *
     * @param dataSources JNDI names; none: those of all guarded methods known so far, which are those that carry the
     *     annotation, and those that were called, and those in which WildFly's timer service keeps its timers
     * @return what was found, in the order of data sources and ids; empty: nothing to mend
     * @throws GuardDefinitionException when a name is unknown, or is not a data source
     */
    List<Finding> examine(String... dataSources);
}
