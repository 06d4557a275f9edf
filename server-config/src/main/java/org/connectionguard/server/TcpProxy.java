/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Between a pool and its server: passes everything on, until it falls silent, refuses, becomes slow, or leads elsewhere. A
 * silent connection keeps its sockets and answers nothing, as when packets are dropped on the way. For any thread.
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

    /** What one packet takes for its way. */
    private record Delay(Duration least, Duration jitter) {
        static final Delay NONE = new Delay(Duration.ZERO, Duration.ZERO);

        Duration next() {
            return jitter.isZero()
                    ? least
                    : least.plusNanos(ThreadLocalRandom.current().nextLong(jitter.toNanos()));
        }
    }

    private final ServerSocket listener;
    private final List<Pair> pairs = new CopyOnWriteArrayList<>();
    private final List<Long> accepted = new CopyOnWriteArrayList<>();
    private volatile int target;
    private volatile boolean newOnesAreSilent;
    private volatile boolean refuses;
    private volatile Delay delay = Delay.NONE;

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
        for (Pair pair : pairs) {
            pair.close();
            pairs.remove(pair);
        }
    }

    /** New connections lead to this port; the present ones stay where they are. */
    public void leadTo(int port) {
        target = port;
    }

    /**
     * From now on every packet takes its time, in both directions, on present connections and new ones; what is under way
     * keeps the time that it has. Packets stay in order and do not wait for each other's time to pass, so that only latency
     * grows. That a connect is accepted takes no time.
     *
     * @param roundTrip what a question and its answer take at least; each direction takes half of it
     * @param jitter what a round trip may take beyond that, at random; each packet takes up to half of it
     */
    public void slowDown(Duration roundTrip, Duration jitter) {
        delay = new Delay(roundTrip.dividedBy(2), jitter.dividedBy(2));
    }

    /** The network is well, and has told the ends of silent connections: they are closed, and new ones work at once. */
    public void recover() {
        recoverLeavingSilentOnes();
        pairs.stream().filter(pair -> pair.silent).forEach(Pair::close);
        pairs.removeIf(pair -> pair.silent);
    }

    /**
     * The network is well, and new connections work at once; those that are silent stay so for ever, and nobody tells their
     * ends, as when a firewall has forgotten them. Only {@link #recover()}, {@link #reset()} and {@link #close()} end them.
     */
    public void recoverLeavingSilentOnes() {
        newOnesAreSilent = false;
        refuses = false;
        delay = Delay.NONE;
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
        // What has been said to all while this one was being made, is said to it too.
        if (refuses) {
            pair.close();
            pairs.remove(pair);
        }
        pair.silent |= newOnesAreSilent;
        start("to server", () -> pump(pair, client, server));
        start("to client", () -> pump(pair, server, client));
    }

    /** What comes on a silent pair is dropped, and so is its end. */
    private final class Passing implements DelayedStream.Receiver {
        private final Pair pair;
        private final Socket to;

        Passing(Pair pair, Socket to) {
            this.pair = pair;
            this.to = to;
        }

        @Override
        public void packet(byte[] bytes) throws IOException {
            if (!pair.silent) {
                OutputStream out = to.getOutputStream();
                out.write(bytes);
                out.flush();
            }
        }

        @Override
        public void end() {
            if (!pair.silent) {
                pair.close();
                pairs.remove(pair);
            }
        }
    }

    private void pump(Pair pair, Socket from, Socket to) throws IOException {
        DelayedStream stream = new DelayedStream(new Passing(pair, to));
        try {
            // The proxy adds no waiting of its own.
            to.setTcpNoDelay(true);
            InputStream in = from.getInputStream();
            byte[] buffer = new byte[16_384];
            for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
                stream.send(Arrays.copyOf(buffer, length), delay.next());
            }
        } finally {
            stream.end(delay.next());
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
