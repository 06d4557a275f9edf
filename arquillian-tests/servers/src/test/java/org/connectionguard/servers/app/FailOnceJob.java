/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.servers.app;

import jakarta.ejb.Stateless;
import jakarta.ejb.Timeout;
import jakarta.ejb.Timer;
import org.connectionguard.OnUnavailable;
import org.connectionguard.ValidConnections;

/** Is failed where its database does not come back soon. */
@Stateless
public class FailOnceJob extends ExpiresOnce {
    @Timeout
    @ValidConnections(onUnavailable = OnUnavailable.FAIL)
    public void run(Timer timer) {
        work("FailOnceJob", timer);
    }
}
