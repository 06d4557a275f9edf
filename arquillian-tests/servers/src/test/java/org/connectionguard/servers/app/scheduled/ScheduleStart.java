/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.servers.app.scheduled;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;

/** Calls the scheduled method once: its schedule begins so. */
@ApplicationScoped
public class ScheduleStart {
    @Inject
    private ScheduledJob job;

    void begin(@Observes @Initialized(ApplicationScoped.class) Object started) {
        job.run();
    }
}
