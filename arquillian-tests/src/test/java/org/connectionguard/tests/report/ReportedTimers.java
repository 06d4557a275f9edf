/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests.report;

import jakarta.annotation.PostConstruct;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.inject.Inject;
import org.connectionguard.ConnectionGuard;
import org.connectionguard.TimerReport;

/** Asks for the report by the API, and leaves it in a system property of the server. */
@Singleton
@Startup
public class ReportedTimers {
    /** The property. */
    public static final String PROPERTY = "test.reported-timers";

    @Inject
    private ConnectionGuard guard;

    @PostConstruct
    void ask() {
        StringBuilder lines = new StringBuilder();
        for (TimerReport timer : guard.timers()) {
            lines.append(timer.name()).append(' ').append(timer.protection()).append('\n');
        }
        System.setProperty(PROPERTY, lines.toString());
    }
}
