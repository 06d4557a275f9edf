/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.servers.app;

import jakarta.ejb.Stateless;
import jakarta.ejb.Timeout;
import jakarta.ejb.Timer;
import org.connectionguard.OnUnavailable;
import org.connectionguard.ValidConnections;

/** Is made up when its database is back. */
@Stateless
public class OnceJob extends ExpiresOnce {
    @Timeout
    @ValidConnections(onUnavailable = OnUnavailable.LATER)
    public void run(Timer timer) {
        work("OnceJob", timer);
    }
}
