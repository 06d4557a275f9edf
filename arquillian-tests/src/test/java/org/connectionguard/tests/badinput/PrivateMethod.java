/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests.badinput;

import jakarta.ejb.Stateless;
import org.connectionguard.ValidConnections;

/** No interceptor is called for it. */
@Stateless
public class PrivateMethod {
    @ValidConnections("java:jboss/datasources/Defects")
    private void work() {}

    public void run() {
        work();
    }
}
