/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.interceptor;

import jakarta.annotation.Priority;
import jakarta.interceptor.Interceptor;
import java.io.Serial;
import org.connectionguard.ValidConnections;

/**
 * Bound by {@link ValidConnections}, and enabled for the whole application by its priority.
 *
 * <p>LIBRARY_BEFORE is inside {@code @Transactional}, whose interceptor has a lower priority, so that the transaction can be
 * pinned; and outside the application's own interceptors, which may use the database.
 */
@Interceptor
@ValidConnections
@Priority(Interceptor.Priority.LIBRARY_BEFORE)
public class EnabledInterceptor extends GuardingInterceptor {
    @Serial
    private static final long serialVersionUID = 1L;
}
