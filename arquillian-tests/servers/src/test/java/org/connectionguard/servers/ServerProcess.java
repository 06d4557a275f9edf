/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.servers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.connectionguard.server.StartException;

/** A server's process, which ends with this JVM. For one thread. */
final class ServerProcess {
    private final Process process;
    private final Thread atExit = new Thread(this::stop, "stop a server of the contract's");

    private ServerProcess(Process process) {
        this.process = process;
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    /** Starts it; what it prints goes to the log. */
    static ServerProcess start(Path directory, Map<String, String> environment, Path log, List<String> command)
            throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(environment);
        return new ServerProcess(builder.start());
    }

    /** Runs a tool to its end. */
    static void run(Path directory, List<String> command) throws IOException, InterruptedException {
        Process tool = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .start();
        tool.getOutputStream().close();
        String output = new String(tool.getInputStream().readAllBytes());
        if (tool.waitFor() != 0) {
            throw new StartException(String.join(" ", command) + ":\n" + output);
        }
    }

    /** The Java that this one is. */
    static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    /** Whether it is still there. */
    boolean isAlive() {
        return process.isAlive();
    }

    /** Asks it to stop, and sees to it. */
    void close() {
        stop();
        Runtime.getRuntime().removeShutdownHook(atExit);
    }

    private void stop() {
        // Some are started by a program that waits for them.
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
    }

    /** What a file holds once these are replaced, each of which has to be there. */
    static void patch(Path file, Map<String, String> replacements) throws IOException {
        String text = Files.readString(file);
        for (Map.Entry<String, String> each : replacements.entrySet()) {
            if (!text.contains(each.getKey())) {
                throw new StartException("There is no " + each.getKey() + " in " + file);
            }
            text = text.replace(each.getKey(), each.getValue());
        }
        Files.writeString(file, text);
    }
}
