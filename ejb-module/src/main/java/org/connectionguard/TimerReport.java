/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard;

import java.util.List;

/**
 * A timer method of a deployment, and how it is protected; a line of the table that is logged at deployment. Methods that
 * Jakarta Concurrency runs by a schedule are timer methods too. Immutable.
 *
 * @param bean the bean's class
 * @param method the method's name
 * @param schedule when it expires, as declared: {@code daily at 02:00:00, persistent}, {@code hour=2 dayOfWeek=Mon},
 *     {@code cron=30 8 * * SAT,SUN};
 *     {@code programmatic} where the application makes its timers itself
 * @param transaction the transaction attribute, such as {@code REQUIRED}, or {@code bean-managed}
 * @param dataSources JNDI names, each followed by how it was found
 * @param protection whether it is protected
 * @param reason by which way it is protected, or why it is not
 */
public record TimerReport(
        Class<?> bean,
        String method,
        String schedule,
        String transaction,
        List<String> dataSources,
        Protection protection,
        String reason) {

    /** Whether a timer is protected. */
    public enum Protection {
        /** Its body starts only on live connections. */
        GUARDED,
        /** It uses data sources, and nothing guards them. */
        UNPROTECTED,
        /** No data source was found that it uses. */
        NOTHING_TO_GUARD
    }

    /**
     * The same timer, of which something else is said.
     *
     * @param another reason
     * @return another report
     */
    public TimerReport because(String another) {
        return new TimerReport(bean, method, schedule, transaction, dataSources, protection, another);
    }

    /**
     * The timer's short name.
     *
     * @return simple class name and method
     */
    public String name() {
        return bean.getSimpleName() + "." + method;
    }
}
