/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.engine;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.connectionguard.config.Settings;
import org.connectionguard.observability.LoggingListener;
import org.connectionguard.pool.Pools;

/**
 * The guard's gate with an executor that does not hand over, to see what the hand-off costs. In the engine's package, since
 * nobody else is to make a gate. For any thread.
 */
@ApplicationScoped
public class InlineGate {
    private final Map<DataSource, Gate> gates = new ConcurrentHashMap<>();

    /** Passes the gate of a data source. */
    public void pass(DataSource dataSource) throws SQLException {
        Settings settings = Settings.DEFAULTS;
        Verdict verdict = gates.computeIfAbsent(dataSource, InlineGate::gate)
                .admit(settings, Deadline.after(settings.maxWait(), Time.SYSTEM), Optional.empty(), Optional.empty());
        if (verdict instanceof Verdict.Unavailable unavailable) {
            throw new SQLException(unavailable.message());
        }
    }

    private static Gate gate(DataSource dataSource) {
        return new Gate(
                "inline",
                dataSource,
                Runnable::run,
                Runnable::run,
                () -> false,
                Gate.Shared.of(Time.SYSTEM, new Pools()),
                new SafeListener(List.of(new LoggingListener())));
    }
}
