/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests.examined;

import jakarta.ejb.Stateless;
import org.connectionguard.ValidConnections;

/** A job on a data source that comes with the application, in a {@code -ds.xml}. */
@Stateless
public class BroughtJob {
    @ValidConnections("java:jboss/datasources/Brought")
    public void gather() {}
}
