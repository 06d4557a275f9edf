/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests.watched;

import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import org.connectionguard.ValidConnections;

/** Fails by itself, with a text that is not to be believed. */
@Singleton
public class GrumblingJob {
    /** In its text, and nobody's business. */
    public static final String PASSWORD = "s3cret";

    @Schedule(hour = "*", minute = "*", second = "*/2", persistent = false)
    @ValidConnections(WatchedJob.DATA_SOURCE)
    public void grumble() {
        throw new IllegalStateException("<img src=x onerror=\"document.title='taken'\"><b>bold</b> jdbc:mysql://me:"
                + PASSWORD + "@db:3306/shop?password=" + PASSWORD);
    }
}
