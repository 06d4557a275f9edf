/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests.badinput;

import jakarta.enterprise.context.Dependent;
import org.connectionguard.ValidConnections;

/** No bean: the container cannot make one, for want of a constructor. */
@Dependent
public class NoBean {
    private final String name;

    public NoBean(String name) {
        this.name = name;
    }

    @ValidConnections("java:jboss/datasources/Defects")
    public String run() {
        return name;
    }
}
