/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard;

import jakarta.enterprise.util.Nonbinding;
import jakarta.interceptor.InterceptorBinding;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The method's body starts only when each of its data sources has given a live connection. Dead pooled connections are
 * destroyed before; a database that is away is waited for, up to {@link #maxWait()}.
 *
 * <p>On an EJB timeout method, an EJB business method, or a method of a CDI bean; on a class it means all of them; in a
 * stereotype all classes that carry it. On a method it wins over the class.
 *
 * <pre>{@code
 * @Schedule(hour = "2", persistent = false)
 * @ValidConnections
 * public void gather() { … }
 * }</pre>
 *
 * <p>Members that are left away take their value from the settings, {@code connection-guard.*}. Bad values are errors at
 * deployment.
 */
@InterceptorBinding
@Inherited
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface ValidConnections {
    /**
     * JNDI names of the data sources. Empty: found from the bean's {@code @PersistenceContext}, {@code @PersistenceUnit}
     * and {@code @Resource DataSource}, and those of the beans that it injects, three steps deep. A name that the application binds
     * itself ({@code java:global/…}) may come later than its deployment: until then runs wait for it as for a database that is away.
     *
     * @return names such as {@code java:jboss/datasources/Defects}
     */
    @Nonbinding
    String[] value() default {};

    /**
     * How long the job may wait for its databases, all together: ISO 8601, for instance {@code PT30S}. Empty: as set.
     *
     * @return a duration
     */
    @Nonbinding
    String maxWait() default "";

    /**
     * What becomes of the job when that time is over.
     *
     * @return the policy
     */
    @Nonbinding
    OnUnavailable onUnavailable() default OnUnavailable.CONFIGURED;

    /**
     * Demand a server that accepts writes, not one that is read-only.
     *
     * @return true to demand; false: as set
     */
    @Nonbinding
    boolean writable() default false;
}
