/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests.legacy;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** Between {@link InjectDelegatingJob} and its repository. */
@ApplicationScoped
public class InjectedService {
    @Inject
    private InjectedRepository repository;

    public void run(Object job) {
        repository.run(job);
    }
}
