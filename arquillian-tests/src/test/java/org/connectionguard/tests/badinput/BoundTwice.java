/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests.badinput;

import jakarta.ejb.Stateless;
import jakarta.interceptor.Interceptors;
import org.connectionguard.ValidConnections;
import org.connectionguard.interceptor.ValidConnectionsInterceptor;

/** WildFly cannot call both. */
@Stateless
public class BoundTwice {
    @ValidConnections("java:jboss/datasources/Defects")
    @Interceptors(ValidConnectionsInterceptor.class)
    public void run() {}
}
