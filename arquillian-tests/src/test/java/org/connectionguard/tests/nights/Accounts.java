/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests.nights;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;

/** A CDI bean that works in a transaction of its own. */
@ApplicationScoped
public class Accounts {
    @Inject
    private Diary diary;

    @Transactional(TxType.REQUIRES_NEW)
    public void settle() {
        diary.work("delegating", "");
    }
}
