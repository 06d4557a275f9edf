/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Between a pool and its server: passes everything on, until it falls silent. A silent connection keeps its sockets and
 * answers nothing, as when packets are dropped on the way. For any thread.
 */
public final class TcpProxy implements AutoCloseable {
    /** One connection through the proxy. */
    private static final class Pair {
        final Socket client;
        final Socket server;
        volatile boolean silent;

        Pair(Socket client, Socket server) {
            this.client = client;
            this.server = server;
        }

        void close() {
            for (Socket socket : List.of(client, server)) {
                try {
                    socket.close();
                } catch (IOException e) {
                    // It is gone, then.
                }
            }
        }
    }

    private final ServerSocket listener;
    private final int target;
    private final List<Pair> pairs = new CopyOnWriteArrayList<>();
    private volatile boolean newOnesAreSilent;

    public TcpProxy(int target) {
        try {
            this.target = target;
            this.listener = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        start("accept", this::accept);
    }

    public int port() {
        return listener.getLocalPort();
    }

    /** The connections that there are answer no more; new ones work. */
    public void silencePresentConnections() {
        pairs.forEach(pair -> pair.silent = true);
    }

    /** Nothing answers any more, new connections included. */
    public void silenceAll() {
        newOnesAreSilent = true;
        silencePresentConnections();
    }

    /** Silent connections are closed, and new ones work. */
    public void recover() {
        newOnesAreSilent = false;
        pairs.stream().filter(pair -> pair.silent).forEach(Pair::close);
        pairs.removeIf(pair -> pair.silent);
    }

    @Override
    public void close() throws IOException {
        listener.close();
        pairs.forEach(Pair::close);
    }

    private void accept() throws IOException {
        while (!listener.isClosed()) {
            Socket client = listener.accept();
            Pair pair = new Pair(client, new Socket(InetAddress.getLoopbackAddress(), target));
            pair.silent = newOnesAreSilent;
            pairs.add(pair);
            start("to server", () -> pump(pair, pair.client, pair.server));
            start("to client", () -> pump(pair, pair.server, pair.client));
        }
    }

    /** What arrives on a silent pair is read and dropped. */
    private void pump(Pair pair, Socket from, Socket to) throws IOException {
        try (InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            byte[] buffer = new byte[16_384];
            for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
                if (!pair.silent) {
                    out.write(buffer, 0, length);
                    out.flush();
                }
            }
        } finally {
            if (!pair.silent) {
                pair.close();
                pairs.remove(pair);
            }
        }
    }

    private interface Loop {
        void run() throws IOException;
    }

    private static void start(String name, Loop loop) {
        Thread thread = new Thread(
                () -> {
                    try {
                        loop.run();
                    } catch (IOException e) {
                        // A socket was closed: the loop has ended.
                    }
                },
                "proxy " + name);
        thread.setDaemon(true);
        thread.start();
    }
}
