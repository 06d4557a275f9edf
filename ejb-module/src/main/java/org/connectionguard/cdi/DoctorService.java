/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.cdi;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import org.connectionguard.ConnectionDoctor;
import org.connectionguard.Finding;

/** The doctor, as the application asks him. For any thread. */
@ApplicationScoped
public class DoctorService implements ConnectionDoctor {
    private final DoctorVisit visit;

    /** For the container's client proxy. */
    protected DoctorService() {
        this.visit = null;
    }

    @Inject
    DoctorService(GuardExtension extension) {
        this.visit = extension.visit();
    }

    @Override
    public List<Finding> examine(String... dataSources) {
        return visit.examine(dataSources);
    }
}
