/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.locks.Condition;
import org.connectionguard.config.Settings;
import org.connectionguard.engine.Health.OwnFaults;
import org.connectionguard.testing.Stub;

/** Jobs and their probes without a gate, in virtual time. */
abstract class VisitFixture {
    static final Settings SETTINGS = Settings.DEFAULTS
            .withValidationTimeout(Duration.ofSeconds(2))
            .withInitialBackoff(Duration.ofMillis(100))
            .withMaxWait(Duration.ofSeconds(30));

    final VirtualTime time = new VirtualTime();
    final FakePool pool = new FakePool();

    /** The numbers of the jobs that were woken. */
    final List<Long> woken = new ArrayList<>();

    /** Of the gate, in which the next probe is made. */
    long era;

    final Probe.Surroundings surroundings = Stub.of(Probe.Surroundings.class, (method, arguments) -> switch (method) {
        case "time" -> time;
        case "poolBearsInterruption" -> true;
        case "isPoolHeldUp" -> false;
        case "era" -> era;
        default -> throw new UnsupportedOperationException(method);
    });

    Visit visit(long number) {
        return visit(number, Optional.empty());
    }

    Visit visit(long number, Optional<JobTransaction> transaction) {
        return visit(number, transaction, SETTINGS.maxWait());
    }

    Visit visit(long number, Duration maxWait) {
        return visit(number, Optional.empty(), maxWait);
    }

    private Visit visit(long number, Optional<JobTransaction> transaction, Duration maxWait) {
        Condition turn = Stub.of(Condition.class, (method, arguments) -> {
            woken.add(number);
            return null;
        });
        return new Visit(
                number,
                "java:x",
                new Target("java:x", pool.dataSource, SETTINGS),
                Deadline.after(maxWait, time),
                transaction,
                OptionalLong.empty(),
                turn,
                time);
    }

    static Probe.Orders orders() {
        return new Probe.Orders(false, false, false, OwnFaults.EVICT);
    }

    /** One that is asked now, in the gate's present era. */
    Probe probe(Settings settings) {
        return new Probe(surroundings, pool.dataSource, settings, Optional.empty(), OptionalLong.empty(), orders());
    }

    Probe probe() {
        return probe(SETTINGS);
    }
}
