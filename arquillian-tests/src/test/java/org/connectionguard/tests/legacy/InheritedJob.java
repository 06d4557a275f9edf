/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests.legacy;

import jakarta.ejb.Schedule;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;

/** Method: inherited, by two beans with a persistence context each. */
public abstract class InheritedJob {
    @Inject
    private Routine routine;

    @Schedule(hour = "*", minute = "*", second = "*/2", persistent = false)
    public void run() {
        routine.write(this, entityManager());
    }

    abstract EntityManager entityManager();
}
