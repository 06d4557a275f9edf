/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.connectionguard.config.Settings;
import org.connectionguard.engine.Health.OwnFaults;
import org.connectionguard.pool.Pools;
import org.junit.jupiter.api.Test;

/** What a probe tells its gate while it is under way. On the calling thread. */
class ProbeTest {
    private final FakePool pool = new FakePool().with(1, false);
    private final Validations validations = new Validations();
    private final List<Boolean> holding = new ArrayList<>();
    private final List<Outcome> back = new ArrayList<>();
    private final VirtualTime time = new VirtualTime();

    private final Probe.Surroundings surroundings = new Probe.Surroundings() {
        @Override
        public Time time() {
            return time;
        }

        @Override
        public Pools pools() {
            return new Pools(List.of(pool));
        }

        @Override
        public Validations validations() {
            return validations;
        }

        @Override
        public Fitness fitness() {
            return new Fitness(validations, time);
        }

        private final Turnstile turnstile = new Turnstile(Time.SYSTEM);

        @Override
        public Turnstile turnstile() {
            return turnstile;
        }

        @Override
        public void badNews(Probe probe) {}

        @Override
        public long era() {
            return 0;
        }

        @Override
        public void borrowed() {
            // Somebody may look at once.
            look();
        }

        @Override
        public void validatesThoughLeftBehind(Probe probe) {}

        @Override
        public void back(Probe probe, Outcome outcome) {
            back.add(outcome);
        }
    };

    private final Probe probe = new Probe(
            surroundings,
            pool.dataSource,
            Settings.DEFAULTS,
            Optional.of(pool.new BindingTransaction()),
            OptionalLong.empty(),
            new Probe.Orders(false, false, OwnFaults.EVICT));

    private void look() {
        holding.add(probe.isHolding());
    }

    @Test
    void whoHasAConnectionHoldsItUntilThePoolHasItAgainAndNoLonger() {
        pool.returning = this::look;
        probe.run();
        // Borrowed, back; and borrowed in the transaction, which keeps it.
        assertThat(holding).containsExactly(true, false, true);
        assertThat(probe.isHolding()).isFalse();
        assertThat(pool.lent).isEqualTo(1);
        assertThat(back).isEmpty();
    }

    @Test
    void whoDestroysAConnectionHoldsItNoLongerEither() {
        pool.idle.peek().dead = true;
        pool.returning = this::look;
        probe.run();
        assertThat(holding).containsExactly(true, false);
        assertThat(pool.destroyed).hasSize(1);
    }
}
