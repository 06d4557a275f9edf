/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.doctor;

import java.util.Optional;
import org.connectionguard.config.Settings;
import org.connectionguard.database.ServerFacts;

/**
 * All that is known of one data source. Immutable.
 *
 * @param dataSource JNDI name
 * @param type class of the data source
 * @param guard what it is guarded with
 * @param server what its server says; empty: no product that we know, or no answer
 * @param noAnswer why the server could not be asked
 * @param pool how its pool is configured; empty: it cannot be read here
 * @param defined whether the application makes the data source by a definition, of which WildFly shows nothing
 * @param timerStore the timer service's store that keeps its timers there; empty: none does
 * @param container the application server, and what it gives
 */
record Facts(
        String dataSource,
        String type,
        Settings guard,
        Optional<ServerFacts> server,
        Optional<String> noAnswer,
        Optional<PoolFacts> pool,
        boolean defined,
        Optional<String> timerStore,
        ContainerFacts container) {}
