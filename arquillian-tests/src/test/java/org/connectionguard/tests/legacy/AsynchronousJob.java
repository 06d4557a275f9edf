/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests.legacy;

import jakarta.ejb.EJB;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;

/**
 * Its timer only starts an asynchronous method, and is over before that begins. Nothing guards the method itself; but the
 * pool was swept before, since the timer's data sources are those of the beans that it injects. A connection that dies
 * between the two is nobody's promise.
 */
@Singleton
public class AsynchronousJob {
    @EJB
    private AsynchronousService service;

    @Schedule(hour = "*", minute = "*", second = "*/2", persistent = false)
    public void run() {
        service.run(this);
    }
}
