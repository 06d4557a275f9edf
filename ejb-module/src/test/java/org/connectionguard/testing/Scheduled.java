/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Stands for {@code @Schedule} on a method, which Jakarta Concurrency allows since 3.2; see {@link ScheduledClasses}. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Scheduled {
    /** As there. */
    int[] hours() default {0};
}
