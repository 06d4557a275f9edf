/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.transaction.InvalidTransactionException;
import jakarta.transaction.NotSupportedException;
import jakarta.transaction.RollbackException;
import jakarta.transaction.SystemException;
import jakarta.transaction.TransactionManager;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.util.List;
import java.util.Map;
import org.connectionguard.GuardDefinitionException;
import org.connectionguard.testing.Jndi;
import org.connectionguard.testing.SmallServer;
import org.connectionguard.testing.Stub;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Work beside the transaction of a call, and in one of its own. */
class JtaTransactionServerTest {
    @RegisterExtension
    private final Jndi jndi = new Jndi();

    private final RecordedTransactions transactions = new RecordedTransactions();
    private final JtaTransaction.Server server = transactions.server();

    private Object work() {
        transactions.happened.add("work");
        return "done";
    }

    private static Object failing() {
        throw new IllegalArgumentException("the work's own");
    }

    @Test
    void workOutsideOfATransactionGoesBackIntoIt() {
        assertThat(server.outside(this::work)).isEqualTo("done");
        assertThat(transactions.happened).containsExactly("suspend", "work", "resume");
    }

    @Test
    void whereNoneIsNoneIsGoneBackInto() {
        transactions.present = false;
        server.outside(this::work);
        assertThat(transactions.happened).containsExactly("suspend", "work");
    }

    @Test
    void workThatFailsGoesBackToo() {
        assertThatThrownBy(() -> server.outside(JtaTransactionServerTest::failing))
                .hasMessage("the work's own");
        assertThat(transactions.happened).containsExactly("suspend", "resume");
    }

    @Test
    void aTransactionThatDoesNotLetGoHasNothingDone() {
        transactions.failures = Map.of("suspend", new SystemException());
        assertThatThrownBy(() -> server.outside(this::work)).isInstanceOf(IllegalStateException.class);
        assertThat(transactions.happened).containsExactly("suspend");
    }

    @Test
    void oneThatLetsNobodyInAgainIsSaid() {
        transactions.failures = Map.of("resume", new InvalidTransactionException());
        assertThatThrownBy(() -> server.outside(this::work)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void workInATransactionOfItsOwnIsCommitted() {
        server.within(this::work);
        assertThat(transactions.happened).containsExactly("begin", "work", "commit");
    }

    @Test
    void workThatFailsIsRolledBack() {
        assertThatThrownBy(() -> server.within(JtaTransactionServerTest::failing))
                .hasMessage("the work's own");
        assertThat(transactions.happened).containsExactly("begin", "rollback");
    }

    @Test
    void whereNoneBeginsNothingIsDone() {
        transactions.failures = Map.of("begin", new NotSupportedException());
        assertThatThrownBy(() -> server.within(this::work)).isInstanceOf(IllegalStateException.class);
        assertThat(transactions.happened).containsExactly("begin");
    }

    @Test
    void whatIsNotCommittedIsSaid() {
        transactions.failures = Map.of("commit", new RollbackException());
        assertThatThrownBy(() -> server.within(this::work))
                .isInstanceOf(IllegalStateException.class)
                .hasRootCauseInstanceOf(RollbackException.class);
    }

    /** What it gives of the transaction manager is not called here. */
    private void bind(String name) {
        jndi.bind(name, Stub.of(TransactionManager.class, (method, arguments) -> null));
    }

    @Test
    void whereThereAreNoTransactionsNothingCanBeGuarded() {
        assertThatThrownBy(JtaTransaction.Server::lookUp)
                .isInstanceOf(GuardDefinitionException.class)
                .hasMessageStartingWith("CG0012");
    }

    @Test
    void ofAServerThatNobodyKnowsOnlyWhatEachOneBearsIsWanted() {
        bind("java:comp/TransactionManager");
        ApplicationServer unknown = JtaTransaction.Server.lookUp().kind();
        assertThat(unknown.name()).isEqualTo("an unknown server");
        assertThat(unknown.letsThreadsIn()).isFalse();
        assertThat(unknown.failedTimer()).isEqualTo(FailedTimer.GOES_ON);
        assertThat(unknown.callsTimers()).isFalse();
    }

    @Test
    void wildFlyCallsItsTimersAndLetsThreadsIn() {
        SmallServer.bindTransactions(jndi);
        bind("java:comp/TransactionManager");
        ApplicationServer wildFly = JtaTransaction.Server.lookUp().kind();
        assertThat(wildFly.name()).isEqualTo("WildFly");
        assertThat(wildFly.letsThreadsIn()).isTrue();
        assertThat(wildFly.failedTimer()).isEqualTo(FailedTimer.GOES_ON);
        assertThat(wildFly.callsTimers()).isTrue();
    }

    @Test
    void glassFishThrowsTimersAwayThatHaveFailedTwice() {
        bind("java:appserver/TransactionManager");
        ApplicationServer glassFish = JtaTransaction.Server.lookUp().kind();
        assertThat(glassFish.name()).isEqualTo("GlassFish");
        assertThat(glassFish.letsThreadsIn()).isTrue();
        assertThat(glassFish.failedTimer()).isEqualTo(FailedTimer.ENDS);
        assertThat(glassFish.callsTimers()).isFalse();
    }

    @Test
    void libertyAndTomEeLetNoOtherThreadIn() {
        for (ApplicationServer server : List.of(new LibertyServer(), new TomEeServer())) {
            assertThat(server.transactionManager()).isEmpty();
            assertThat(server.letsThreadsIn()).isFalse();
            assertThat(server.callsTimers()).isFalse();
        }
        assertThat(new LibertyServer().failedTimer()).isEqualTo(FailedTimer.IS_HELD_UP);
        assertThat(new TomEeServer().failedTimer()).isEqualTo(FailedTimer.GOES_ON);
    }

    @Test
    void theRegistryIsLookedForWhenItIsNeededAndThenKept() {
        bind("java:comp/TransactionManager");
        JtaTransaction.Server found = JtaTransaction.Server.lookUp();
        assertThat(found.registry().get()).isEmpty();
        TransactionSynchronizationRegistry registry =
                Stub.of(TransactionSynchronizationRegistry.class, (method, arguments) -> null);
        jndi.bind("java:comp/TransactionSynchronizationRegistry", registry);
        assertThat(found.registry().get()).containsSame(registry);
        jndi.bind("java:comp/TransactionSynchronizationRegistry", "another thing");
        assertThat(found.registry().get()).containsSame(registry);
    }
}
