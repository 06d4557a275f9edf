/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests.examined;

import jakarta.ejb.Stateless;
import org.connectionguard.ValidConnections;

/** A job whose database may be silent when the application is deployed. */
@Stateless
public class SilentJob {
    @ValidConnections("java:jboss/datasources/guarded/Proxied")
    public void gather() {}
}
