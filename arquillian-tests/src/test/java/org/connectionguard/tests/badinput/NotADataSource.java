/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests.badinput;

import jakarta.ejb.Stateless;
import org.connectionguard.ValidConnections;

/** Names something else. */
@Stateless
public class NotADataSource {
    @ValidConnections("java:jboss/UserTransaction")
    public void run() {}
}
