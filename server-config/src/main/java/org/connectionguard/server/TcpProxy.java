/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.server;

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
 * Between a pool and its server: passes everything on, until it falls silent, refuses, or leads elsewhere. A silent
 * connection keeps its sockets and answers nothing, as when packets are dropped on the way. For any thread.
 */
public final class TcpProxy implements AutoCloseable {
    /** One connection through the proxy. */
    private static final class Pair {
        final Socket client;
        final Socket server;
        volatile boolean silent;

        Pair(Socket client, Socket server, boolean silent) {
            this.client = client;
            this.server = server;
            this.silent = silent;
        }

        void close() {
            closeQuietly(client);
            closeQuietly(server);
        }
    }

    private final ServerSocket listener;
    private final List<Pair> pairs = new CopyOnWriteArrayList<>();
    private final List<Long> accepted = new CopyOnWriteArrayList<>();
    private volatile int target;
    private volatile boolean newOnesAreSilent;
    private volatile boolean refuses;

    public TcpProxy(int target) {
        this.target = target;
        try {
            this.listener = new ServerSocket(0, 1000, InetAddress.getLoopbackAddress());
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

    /** All connections are closed, and new ones as soon as they come. */
    public void refuse() {
        refuses = true;
        reset();
    }

    /** All connections are closed; new ones work. */
    public void reset() {
        pairs.forEach(Pair::close);
        pairs.clear();
    }

    /** New connections lead to this port; the present ones stay where they are. */
    public void leadTo(int port) {
        target = port;
    }

    /** Silent connections are closed, and new ones work. */
    public void recover() {
        newOnesAreSilent = false;
        refuses = false;
        pairs.stream().filter(pair -> pair.silent).forEach(Pair::close);
        pairs.removeIf(pair -> pair.silent);
    }

    /** When each connection came that has come so far, by {@code System.nanoTime}. */
    public List<Long> accepted() {
        return List.copyOf(accepted);
    }

    @Override
    public void close() throws IOException {
        listener.close();
        reset();
    }

    private void accept() throws IOException {
        while (!listener.isClosed()) {
            Socket client = listener.accept();
            accepted.add(System.nanoTime());
            if (refuses) {
                closeQuietly(client);
            } else {
                connect(client);
            }
        }
    }

    private void connect(Socket client) {
        Socket server;
        try {
            server = new Socket(InetAddress.getLoopbackAddress(), target);
        } catch (IOException e) {
            // The server is down; the client is to find out.
            closeQuietly(client);
            return;
        }
        Pair pair = new Pair(client, server, newOnesAreSilent);
        pairs.add(pair);
        start("to server", () -> pump(pair, client, server));
        start("to client", () -> pump(pair, server, client));
    }

    /** What arrives on a silent pair is read and dropped, and so is its end. */
    private void pump(Pair pair, Socket from, Socket to) throws IOException {
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
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

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // It is gone, then.
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
