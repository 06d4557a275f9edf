/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.console.state;

import java.util.List;
import java.util.Map;

/**
 * What all guards of a server know at one moment. Immutable.
 *
 * @param pools what the server's pools count, by the JNDI names of their data sources, as far as it counts
 */
public record ServerState(
        List<Deployment> deployments, List<Job> jobs, List<DataSource> dataSources, Map<String, Pool> pools) {}
