/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests.badinput;

import jakarta.ejb.Stateless;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import org.connectionguard.ValidConnections;

/** Its persistence unit names no data source. */
@Stateless
public class UnitWithoutDataSource {
    @PersistenceContext(unitName = "bare")
    EntityManager entityManager;

    @ValidConnections
    public void run() {}
}
