/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.server;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.transaction.RollbackException;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.SystemException;
import jakarta.transaction.Transaction;
import jakarta.transaction.TransactionManager;
import java.util.ArrayList;
import java.util.List;
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
        return method.equals("registerSynchronization") ? register((Synchronization) arguments[0]) : status;
    });
    private final JtaTransaction call = new JtaTransaction.Server(
                    Optional::empty,
                    Stub.of(TransactionManager.class, (method, arguments) -> transaction),
                    new WildFlyServer())
            .active()
            .orElseThrow();

    private Optional<Exception> refusal = Optional.empty();
    private final List<Synchronization> synchronizations = new ArrayList<>();
    private final List<String> told = new ArrayList<>();

    private Object register(Synchronization synchronization) throws Exception {
        if (refusal.isPresent()) {
            throw refusal.get();
        }
        synchronizations.add(synchronization);
        return null;
    }

    private void tell(Optional<String> undone) {
        told.add(undone.orElse("nothing undone"));
    }

    @ParameterizedTest
    @CsvSource({
        Status.STATUS_COMMITTED + ",nothing undone",
        Status.STATUS_ROLLEDBACK + ",rolled back",
        Status.STATUS_UNKNOWN + ",unknown",
        Status.STATUS_PREPARED + ",status 2"
    })
    void itsEndIsToldWhenItComes(int end, String how) {
        call.whenOver(this::tell);
        assertThat(told).isEmpty();
        synchronizations.get(0).beforeCompletion();
        assertThat(told).isEmpty();
        synchronizations.get(0).afterCompletion(end);
        assertThat(told).containsExactly(how);
    }

    @ParameterizedTest
    @CsvSource({
        Status.STATUS_MARKED_ROLLBACK + ",marked for rollback",
        Status.STATUS_ROLLING_BACK + ",rolled back",
        Status.STATUS_ROLLEDBACK + ",rolled back",
        Status.STATUS_COMMITTED + ",nothing undone",
        Status.STATUS_NO_TRANSACTION + ",nothing undone"
    })
    void whereItCannotBeHeardOfWhatCanBeSeenIsToldAtOnce(int now, String how) {
        status = now;
        refusal = Optional.of(new RollbackException());
        call.whenOver(this::tell);
        refusal = Optional.of(new IllegalStateException());
        call.whenOver(this::tell);
        assertThat(told).containsExactly(how, how);
    }

    @Test
    void whereNothingCanBeSeenNothingIsSaidToBeUndone() {
        tells = false;
        call.whenOver(this::tell);
        assertThat(told).containsExactly("nothing undone");
    }

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
