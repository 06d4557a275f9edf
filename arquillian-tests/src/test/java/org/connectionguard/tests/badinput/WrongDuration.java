/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests.badinput;

import jakarta.ejb.Stateless;
import org.connectionguard.ValidConnections;

/** A duration that is none. */
@Stateless
public class WrongDuration {
    @ValidConnections(value = "java:jboss/datasources/Defects", maxWait = "soon")
    public void run() {}
}
