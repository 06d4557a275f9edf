/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.engine;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
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
        Target target = new Target("inline", dataSource, Settings.DEFAULTS);
        Verdict verdict = gates.computeIfAbsent(dataSource, key -> gate())
                .admit(
                        target,
                        Deadline.after(target.settings().maxWait(), Time.SYSTEM),
                        Optional.empty(),
                        OptionalLong.empty());
        if (verdict instanceof Verdict.Unavailable unavailable) {
            throw new SQLException(unavailable.message());
        }
    }

    private static Gate gate() {
        return new Gate(
                "inline",
                Runnable::run,
                Runnable::run,
                () -> false,
                Time.SYSTEM,
                new Pools(),
                List.of(new LoggingListener()));
    }
}
