/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.engine;

import java.util.Optional;
import org.connectionguard.config.Settings;

/**
 * One job at one gate. A live one holds the gate's turn until it is closed: close it once the job's connection is settled,
 * before the body starts. For the thread that entered.
 */
public final class Passage implements AutoCloseable {
    private final Gate gate;
    private final Verdict verdict;
    private final Optional<Gate.Ticket> ticket;

    Passage(Gate gate, Verdict verdict, Optional<Gate.Ticket> ticket) {
        this.gate = gate;
        this.verdict = verdict;
        this.ticket = ticket;
    }

    /** Within the bypass window: nothing was asked, and no turn is held. */
    static Passage bypassed(Gate gate) {
        return new Passage(gate, new Verdict.Live(Optional.empty()), Optional.empty());
    }

    /** What the gate says. */
    public Verdict verdict() {
        return verdict;
    }

    /**
     * Inside an active transaction: makes the validated connection the transaction's own.
     *
     * @return empty when it is; else why the transaction cannot go on
     */
    public Optional<Verdict.Unavailable> pin(Settings settings, Deadline deadline) {
        return ticket.isPresent() && verdict instanceof Verdict.Live live
                ? gate.pin(live, settings, deadline)
                : Optional.empty();
    }

    /** Lets the next job in. */
    @Override
    public void close() {
        ticket.ifPresent(gate::leave);
    }
}
