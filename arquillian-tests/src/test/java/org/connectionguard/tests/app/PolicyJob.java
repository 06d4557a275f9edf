/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests.app;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import org.connectionguard.OnUnavailable;
import org.connectionguard.ValidConnections;

/** Waits one second only, and then does what each policy says. */
@Stateless
public class PolicyJob {
    @PersistenceContext(unitName = "PolicyJob")
    private EntityManager entityManager;

    @Inject
    private Work work;

    @ValidConnections(maxWait = "PT1S", onUnavailable = OnUnavailable.FAIL)
    public String fail() {
        return body();
    }

    @ValidConnections(maxWait = "PT1S", onUnavailable = OnUnavailable.SKIP)
    public String skip() {
        return body();
    }

    @ValidConnections(maxWait = "PT1S", onUnavailable = OnUnavailable.PROCEED)
    public String proceed() {
        return body();
    }

    private String body() {
        work.run(this, entityManager);
        return "ran";
    }
}
