/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests.legacy;

import jakarta.ejb.EJB;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;

/** Delegates to another session bean, which has the persistence context. */
@Singleton
public class EjbDelegatingJob {
    @EJB
    private EjbDelegate delegate;

    @Schedule(hour = "*", minute = "*", second = "*/2", persistent = false)
    public void run() {
        delegate.run(this);
    }
}
