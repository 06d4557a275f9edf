/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests.app;

import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.concurrent.ExecutionException;
import javax.sql.DataSource;
import org.connectionguard.ConnectionGuard;

/** What no interceptor reaches: a task of an executor, which calls the guard itself. */
@ApplicationScoped
public class ProgrammaticTask {
    @Resource
    private ManagedExecutorService executor;

    @Resource(lookup = "java:comp/env/jdbc/named")
    private DataSource dataSource;

    @Inject
    private ConnectionGuard guard;

    @Inject
    private Work work;

    void run() throws InterruptedException, ExecutionException {
        executor.submit(() -> {
                    guard.validate("java:comp/env/jdbc/named");
                    work.run(this, dataSource);
                    return null;
                })
                .get();
    }
}
