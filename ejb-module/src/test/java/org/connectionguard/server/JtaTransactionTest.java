/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.server;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.transaction.Status;
import jakarta.transaction.SystemException;
import jakarta.transaction.Transaction;
import jakarta.transaction.TransactionManager;
import java.util.Optional;
import org.connectionguard.testing.Stub;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is known of a call's transaction while it goes on, and afterwards. */
class JtaTransactionTest {
    private int status = Status.STATUS_ACTIVE;
    private boolean tells = true;
    private final Transaction transaction = Stub.of(Transaction.class, (method, arguments) -> {
        if (!tells) {
            throw new SystemException();
        }
        return status;
    });
    private final JtaTransaction call = new JtaTransaction.Server(
                    Optional::empty,
                    Stub.of(TransactionManager.class, (method, arguments) -> transaction),
                    new WildFlyServer())
            .active()
            .orElseThrow();

    @ParameterizedTest
    @CsvSource({
        Status.STATUS_ACTIVE + ",true,false",
        Status.STATUS_MARKED_ROLLBACK + ",false,false",
        Status.STATUS_COMMITTING + ",false,false",
        Status.STATUS_ROLLING_BACK + ",false,false",
        Status.STATUS_COMMITTED + ",false,true",
        Status.STATUS_ROLLEDBACK + ",false,true",
        Status.STATUS_NO_TRANSACTION + ",false,true"
    })
    void itIsOverWhenNothingMoreCanComeOfIt(int now, boolean active, boolean over) {
        status = now;
        assertThat(call.isActive()).isEqualTo(active);
        assertThat(call.isOver()).isEqualTo(over);
    }

    @Test
    void oneThatDoesNotTellIsNeither() {
        tells = false;
        assertThat(call.isActive()).isFalse();
        assertThat(call.isOver()).isFalse();
    }
}
