/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.interceptor;

import jakarta.interceptor.Interceptor;
import java.io.Serial;
import org.connectionguard.ValidConnections;

/**
 * The interceptor to name: in beans.xml, in {@code @Interceptors}, in ejb-jar.xml. The annotation alone needs none of it:
 * {@link EnabledInterceptor} is always there.
 *
 * <p>The two are two classes so that naming it here never disturbs the other: Weld warns (WELD-001478) of an interceptor that
 * is enabled by its priority and in beans.xml too.
 */
@Interceptor
@ValidConnections
public class ValidConnectionsInterceptor extends GuardingInterceptor {
    @Serial
    private static final long serialVersionUID = 1L;
}
