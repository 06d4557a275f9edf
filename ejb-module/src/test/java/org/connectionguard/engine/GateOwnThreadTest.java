/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.connectionguard.config.Settings;
import org.connectionguard.message.Reason;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Jobs whose transactions let no other thread in: they bind themselves. */
class GateOwnThreadTest extends GateFixture {
    private final FakeTransaction transaction = new FakeTransaction();

    /** Questions outside of transactions run on another thread, as in a server. */
    private final Gate elsewhere =
            gate(probe -> CompletableFuture.runAsync(probe).join());

    @BeforeEach
    void letsNobodyIn() {
        transaction.letsThreadsIn = false;
    }

    private Verdict passItself() {
        return pass(elsewhere, Settings.DEFAULTS, Optional.of(transaction));
    }

    @Test
    void theTransactionIsBoundByItsOwnThreadToTheConnectionThatWasValidated() {
        pool.with(2, false);
        FakePool.Physical top = pool.idle.peek();
        Verdict verdict = passItself();
        assertThat(verdict).isInstanceOf(Verdict.Live.class);
        assertThat(((Verdict.Live) verdict).bound()).isTrue();
        assertThat(transaction.thread).isSameAs(Thread.currentThread());
        assertThat(transaction.entered).isEqualTo(1);
        assertThat(top.validations).isEqualTo(1);
        assertThat(pool.borrowed).isEqualTo(2);
        assertThat(pool.lent).isZero();
        assertThat(told).isEmpty();
    }

    @Test
    void anotherConnectionThatComesIntoItIsValidatedToo() {
        pool.with(2, false);
        FakePool.Physical other = pool.idle.peekLast();
        transaction.before = pool::keepTop;
        assertThat(passItself()).isInstanceOf(Verdict.Live.class);
        assertThat(other.validations).isEqualTo(1);
    }

    @Test
    void aDeadOneThatComesIntoItDoomsIt() {
        pool.with(1, true).with(1, false);
        FakePool.Physical dead = pool.idle.peekLast();
        transaction.before = pool::keepTop;
        Verdict verdict = passItself();
        assertThat(reason(verdict)).isEqualTo(Reason.UNFIT);
        assertThat(((Verdict.Unavailable) verdict).doomed()).isTrue();
        assertThat(pool.destroyed).contains(dead);
    }

    @Test
    void aCheckoutThatFailsInItDoomsIt() {
        pool.with(1, false);
        transaction.before = () -> {
            pool.keepTop();
            pool.outage = Optional.of(REFUSED);
        };
        Verdict verdict = passItself();
        assertThat(reason(verdict)).isEqualTo(Reason.DOWN);
        assertThat(((Verdict.Unavailable) verdict).doomed()).isTrue();
    }

    @Test
    void whatThePoolLacksTheTransactionItselfMayHave() {
        pool.outage = Optional.of(new SQLException("pool exhausted"));
        transaction.before = () -> {
            pool.outage = Optional.empty();
            pool.with(1, false);
        };
        assertThat(passItself()).isInstanceOf(Verdict.Live.class);
        assertThat(transaction.thread).isSameAs(Thread.currentThread());
        assertThat(transaction.entered).isEqualTo(1);
    }

    @Test
    void oneThatIsOverIsNotBound() {
        pool.with(1, false);
        transaction.active = false;
        Verdict verdict = passItself();
        assertThat(((Verdict.Live) verdict).bound()).isFalse();
        assertThat(transaction.entered).isZero();
    }

    @Test
    void theDatabaseIsWaitedForOutsideOfIt() {
        pool.outage = Optional.of(REFUSED);
        time.at(Settings.DEFAULTS.initialBackoff().multipliedBy(3), () -> {
            pool.outage = Optional.empty();
            pool.with(1, false);
        });
        assertThat(passItself()).isInstanceOf(Verdict.Live.class);
        assertThat(transaction.entered).isEqualTo(1);
    }
}
