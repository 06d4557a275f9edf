/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests.app;

import jakarta.ejb.EJB;
import jakarta.enterprise.context.Dependent;

/** Between the job and its repository. */
@Dependent
public class DelegateService {
    @EJB
    private DelegateRepository repository;

    void run(Object job) {
        repository.run(job);
    }
}
