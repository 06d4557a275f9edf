/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests.badinput;

import jakarta.ejb.Stateless;
import org.connectionguard.ValidConnections;

/** Nothing is wrong with it; the settings may be. */
@Stateless
public class Correct {
    @ValidConnections("java:jboss/datasources/Defects")
    public void run() {}
}
