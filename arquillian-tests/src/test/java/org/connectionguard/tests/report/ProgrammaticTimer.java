/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests.report;

import jakarta.ejb.EJB;
import jakarta.ejb.Singleton;
import jakarta.ejb.Timeout;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;

/** Uses what another bean uses. */
@Singleton
@TransactionManagement(TransactionManagementType.BEAN)
public class ProgrammaticTimer {
    @EJB
    private PlainTimer other;

    @Timeout
    void late() {
        throw new IllegalStateException(String.valueOf(other));
    }
}
