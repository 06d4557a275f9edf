/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.console.output;

import jakarta.json.JsonObject;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.connectionguard.console.state.Job;
import org.connectionguard.console.state.ServerState;

/**
 * A server's state for the page: one object for each thing, so that those that have changed can be sent alone. A job that is
 * the same as the last time is not written anew: of a thousand most are. For any thread.
 */
public final class Things {
    /** So many runs are in a job's strip. */
    private static final int STRIP = 30;

    private Map<Job, JsonObject> written = Map.of();

    /** All things by their ids. */
    public synchronized Map<String, JsonObject> of(ServerState state) {
        Map<String, JsonObject> things = new LinkedHashMap<>();
        state.deployments().forEach(deployment -> things.put(deployment.id(), StateJson.of(deployment)));
        Map<Job, JsonObject> now = new IdentityHashMap<>();
        for (Job job : state.jobs()) {
            JsonObject before = written.get(job);
            JsonObject object = before == null ? StateJson.of(job, STRIP) : before;
            now.put(job, object);
            things.put(job.id(), object);
        }
        written = now;
        state.dataSources()
                .forEach(dataSource -> things.put(
                        dataSource.id(),
                        StateJson.of(
                                dataSource, Optional.ofNullable(state.pools().get(dataSource.name())))));
        return things;
    }
}
