/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests.app;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/** The server's threads, virtual ones too, where its Java has them. Stateless. */
public final class Threads {
    private static final int FIRST_WITH_VIRTUAL_THREADS = 21;

    private Threads() {}

    /** The states of the threads whose names begin in one of these ways; their numbers are added to their names. */
    public static Map<String, Thread.State> named(String... beginnings) {
        Map<String, Thread.State> all = new HashMap<>();
        Set<Thread> platform = Thread.getAllStackTraces().keySet();
        platform.forEach(thread -> all.put(thread.getName() + " #" + thread.getId(), thread.getState()));
        if (Runtime.version().feature() >= FIRST_WITH_VIRTUAL_THREADS) {
            // Only a dump knows of virtual ones.
            Set<String> known = platform.stream()
                    .map(thread -> Long.toString(thread.getId()))
                    .collect(Collectors.toSet());
            dumped().filter(thread -> !known.contains(text(thread, "tid")))
                    .forEach(thread -> all.put(text(thread, "name") + " #" + text(thread, "tid"), state(thread)));
        }
        all.keySet().removeIf(name -> Stream.of(beginnings).noneMatch(name::startsWith));
        return all;
    }

    private static Stream<JsonObject> dumped() {
        try {
            Path directory = Files.createTempDirectory("threads");
            Path file = directory.resolve("dump.json");
            try {
                MBeanServer server = ManagementFactory.getPlatformMBeanServer();
                server.invoke(
                        new ObjectName("com.sun.management:type=HotSpotDiagnostic"),
                        "dumpThreads",
                        new Object[] {file.toString(), "JSON"},
                        new String[] {String.class.getName(), String.class.getName()});
                try (Reader text = Files.newBufferedReader(file);
                        JsonReader reader = Json.createReader(text)) {
                    return reader
                            .readObject()
                            .getJsonObject("threadDump")
                            .getJsonArray("threadContainers")
                            .getValuesAs(JsonObject.class)
                            .stream()
                            .flatMap(container ->
                                    container.getJsonArray("threads").getValuesAs(JsonObject.class).stream());
                }
            } finally {
                Files.deleteIfExists(file);
                Files.delete(directory);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (JMException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Dumps of Java 21 do not tell it: what we look at waits with a bound. */
    private static Thread.State state(JsonObject thread) {
        return thread.containsKey("state") ? Thread.State.valueOf(text(thread, "state")) : Thread.State.TIMED_WAITING;
    }

    /** A number in some versions is a string in others. */
    private static String text(JsonObject thread, String key) {
        JsonValue value = thread.get(key);
        return value.toString().replace("\"", "");
    }
}
