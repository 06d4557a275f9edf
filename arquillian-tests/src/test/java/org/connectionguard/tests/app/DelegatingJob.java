/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests.app;

import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.inject.Inject;
import org.connectionguard.ValidConnections;

/** Data sources: those of a service, two injections away. */
@Singleton
public class DelegatingJob {
    @Inject
    private DelegateService service;

    @Schedule(hour = "*", minute = "*", second = "*/2", persistent = false)
    @ValidConnections
    public void run() {
        service.run(this);
    }
}
