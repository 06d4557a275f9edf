/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests.legacy;

import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.inject.Inject;

/** Delegates to a CDI bean, which delegates to a repository. */
@Singleton
public class InjectDelegatingJob {
    @Inject
    private InjectedService service;

    @Schedule(hour = "*", minute = "*", second = "*/2", persistent = false)
    public void run() {
        service.run(this);
    }
}
