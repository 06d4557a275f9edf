/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests.examined;

import jakarta.ejb.Stateless;
import org.connectionguard.ValidConnections;

/** A job on the data source that data-source-recommended.cli makes. */
@Stateless
public class RecommendedJob {
    @ValidConnections("java:jboss/datasources/Recommended")
    public void gather() {}
}
