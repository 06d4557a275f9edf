/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests.badinput;

import jakarta.ejb.Stateless;
import org.connectionguard.OnUnavailable;
import org.connectionguard.ValidConnections;

/** Cannot be skipped: what should it return? */
@Stateless
public class SkippedPrimitive {
    @ValidConnections(value = "java:jboss/datasources/Defects", onUnavailable = OnUnavailable.SKIP)
    public int run() {
        return 1;
    }
}
