/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests.badinput;

import jakarta.ejb.Stateless;
import org.connectionguard.ValidConnections;

/** Names a data source that does not exist. */
@Stateless
public class WrongName {
    @ValidConnections("java:jboss/datasources/Nowhere")
    public void run() {}
}
