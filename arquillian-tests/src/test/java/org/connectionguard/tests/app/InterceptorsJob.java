/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests.app;

import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.inject.Inject;
import jakarta.interceptor.Interceptors;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import org.connectionguard.interceptor.ValidConnectionsInterceptor;

/** Binding: {@code @Interceptors}, without our annotation. */
@Singleton
public class InterceptorsJob {
    @PersistenceContext(unitName = "InterceptorsJob")
    private EntityManager entityManager;

    @Inject
    private Work work;

    @Schedule(hour = "*", minute = "*", second = "*/2", persistent = false)
    @Interceptors(ValidConnectionsInterceptor.class)
    public void run() {
        work.run(this, entityManager);
    }
}
