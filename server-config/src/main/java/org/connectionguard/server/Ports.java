/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** TCP ports of the loopback interface. Stateless. */
public final class Ports {
    private Ports() {}

    /** A port that was free a moment ago. */
    public static int free() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException("No free TCP port on the loopback interface", e);
        }
    }

    /**
     * The port that the user asked for, or a free one.
     *
     * @throws StartException when the port asked for is taken or is not a port
     */
    public static int chosenOrFree(String property) {
        String value = System.getProperty(property, "").strip();
        if (value.isEmpty()) {
            return free();
        }
        int port;
        try {
            port = Integer.parseInt(value);
        } catch (NumberFormatException e) {
            throw new StartException("-D" + property + "=" + value + " is not a port number");
        }
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1);
            return port;
        } catch (IOException | IllegalArgumentException e) {
            throw new StartException("Port " + port + " (-D" + property + ") cannot be used: " + e.getMessage()
                    + ". Choose another, or leave the property away for a free one.");
        }
    }
}
