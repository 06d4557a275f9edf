/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.observability;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import org.connectionguard.engine.GuardListener;
import org.connectionguard.engine.Trouble;
import org.connectionguard.engine.Verdict;
import org.connectionguard.message.Messages;

/**
 * The log, category {@code org.connectionguard}: one line for each change of state and each eviction, DEBUG for each
 * validation and for each job turned away, whose exception says the same. Stateless, for any thread.
 */
public final class LoggingListener implements GuardListener {
    private static final Logger LOG = System.getLogger("org.connectionguard");

    @Override
    public void validated(String dataSource, long nanos) {
        if (LOG.isLoggable(Level.DEBUG)) {
            LOG.log(Level.DEBUG, Messages.validated(dataSource, nanos));
        }
    }

    @Override
    public void doubted(String dataSource, String why) {
        LOG.log(Level.WARNING, Messages.doubted(dataSource, why));
    }

    @Override
    public void evicted(String dataSource, String why, boolean siblings) {
        LOG.log(Level.INFO, Messages.evicted(dataSource, why, siblings));
    }

    @Override
    public void bodyLostConnection(String dataSource) {
        LOG.log(Level.INFO, Messages.bodyLostConnection(dataSource));
    }

    @Override
    public void unavailable(String dataSource, Trouble trouble) {
        LOG.log(Level.WARNING, Messages.noConnections(dataSource, trouble.reason(), trouble.detail()));
    }

    @Override
    public void waiting(String dataSource, int jobs, Duration silence) {
        LOG.log(Level.WARNING, Messages.waiting(dataSource, jobs, silence));
    }

    @Override
    public void back(String dataSource, Duration outage, int attempts) {
        LOG.log(Level.INFO, Messages.back(dataSource, outage, attempts));
    }

    @Override
    public void turnedAway(String dataSource, Verdict.Unavailable verdict) {
        LOG.log(Level.DEBUG, verdict.message());
    }

    @Override
    public void stuck(String dataSource, String phase, int threads) {
        LOG.log(Level.WARNING, Messages.stuck(dataSource, phase, threads));
    }

    @Override
    public void unbound(String dataSource) {
        LOG.log(Level.INFO, Messages.unbound(dataSource));
    }

    @Override
    public void unknownPool(String dataSource, String connectionClass) {
        LOG.log(Level.WARNING, Messages.unknownPool(dataSource, connectionClass));
    }
}
