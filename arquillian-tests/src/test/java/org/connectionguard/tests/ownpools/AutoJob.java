/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests.ownpools;

import jakarta.annotation.Resource;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.inject.Inject;
import javax.sql.DataSource;

/** A timer that nothing but a setting guards. */
@Singleton
public class AutoJob {
    @Resource(lookup = Jobs.DEFINED)
    private DataSource dataSource;

    @Inject
    private Runs runs;

    @Schedule(hour = "*", minute = "*", second = "*", persistent = false)
    void run() {
        runs.note(() -> Body.use(dataSource));
    }
}
