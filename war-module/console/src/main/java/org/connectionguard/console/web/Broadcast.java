/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.console.web;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.connectionguard.console.output.StateJson;
import org.connectionguard.console.output.Things;
import org.connectionguard.console.state.GuardReader;
import org.connectionguard.console.state.ServerState;
import org.connectionguard.console.verdict.Verdict;

/** One thread that looks at the state for all browsers that watch, and tells them what has changed. For any thread. */
final class Broadcast implements AutoCloseable {
    private static final Logger LOG = System.getLogger("org.connectionguard.console");
    private static final Duration TICK = Duration.ofSeconds(1);
    private static final int ROOM = 200;

    private final GuardReader reader;
    private final Things things;
    private final Set<Sink> sinks = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService ticker = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "connection-guard console");
        thread.setDaemon(true);
        return thread;
    });

    // The ticker's only.
    private Map<String, JsonObject> before = Map.of();
    private JsonObject verdictBefore = JsonObject.EMPTY_JSON_OBJECT;

    Broadcast(GuardReader reader, Things things) {
        this.reader = reader;
        this.things = things;
    }

    void start() {
        ticker.scheduleWithFixedDelay(this::tick, 0, TICK.toMillis(), TimeUnit.MILLISECONDS);
    }

    boolean hasRoom() {
        return sinks.size() < ROOM;
    }

    void join(Sink sink) {
        sinks.add(sink);
    }

    void leave(Sink sink) {
        sinks.remove(sink);
    }

    /** How many watch. */
    int watching() {
        return sinks.size();
    }

    private void tick() {
        if (sinks.isEmpty()) {
            return;
        }
        try {
            tell(reader.read());
        } catch (RuntimeException e) {
            // The next look may succeed, and a ticker that throws looks no more.
            LOG.log(Level.DEBUG, "The guards' state could not be read", e);
        }
    }

    private void tell(ServerState state) {
        Map<String, JsonObject> now = things.of(state);
        JsonObject verdict = StateJson.of(Verdict.of(state));
        Supplier<String> everything = () -> event("state", everything(now, verdict));
        if (now.equals(before) && verdict.equals(verdictBefore)) {
            sinks.forEach(sink -> sink.unchanged(everything));
        } else {
            String change = event("change", change(now, verdict));
            sinks.forEach(sink -> sink.changed(change, everything));
        }
        before = now;
        verdictBefore = verdict;
    }

    private JsonObject change(Map<String, JsonObject> things, JsonObject verdict) {
        JsonObjectBuilder changed = Json.createObjectBuilder();
        things.forEach((id, thing) -> {
            if (!thing.equals(before.get(id))) {
                changed.add(id, thing);
            }
        });
        JsonArrayBuilder gone = Json.createArrayBuilder();
        before.keySet().stream().filter(id -> !things.containsKey(id)).forEach(gone::add);
        return Json.createObjectBuilder()
                .add("verdict", verdict)
                .add("things", changed)
                .add("gone", gone)
                .build();
    }

    private static JsonObject everything(Map<String, JsonObject> things, JsonObject verdict) {
        JsonObjectBuilder all = Json.createObjectBuilder();
        things.forEach(all::add);
        return Json.createObjectBuilder()
                .add("verdict", verdict)
                .add("things", all)
                .build();
    }

    /** JSON has no line breaks of its own, so that it is one line of data. */
    private static String event(String name, JsonObject data) {
        return "event: " + name + "\ndata: " + data + "\n\n";
    }

    @Override
    public void close() {
        ticker.shutdownNow();
        Set.copyOf(sinks).forEach(Sink::end);
    }
}
