/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests.server;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.connectionguard.server.Demo;

/** The demo's launcher as a process of its own. Stateless. */
public final class DemoProcess {
    private DemoProcess() {}

    /**
     * Starts it.
     *
     * @param directory emptied and used
     * @param options of its JVM
     */
    public static Process start(Path directory, String... options) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(options));
        command.addAll(List.of(
                "-cp",
                System.getProperty("java.class.path"),
                Demo.class.getName(),
                System.getProperty("wildfly.zip"),
                System.getProperty("sample.war"),
                System.getProperty("console.war"),
                directory.toString()));
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }
}
