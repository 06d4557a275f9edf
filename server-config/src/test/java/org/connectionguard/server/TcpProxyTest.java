/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class TcpProxyTest {
    private static final Duration NONE = Duration.ZERO;

    /** In milliseconds: after so long without an answer, silence it is. */
    private static final int SILENCE = 300;

    /** In milliseconds: for an answer that comes, on a machine however busy. */
    private static final int PATIENCE = 10_000;

    /** Gives everything back that it gets. */
    private static final class Echo implements AutoCloseable {
        private final ServerSocket listener = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
        final List<CompletableFuture<String>> ends = new CopyOnWriteArrayList<>();

        Echo() throws IOException {
            daemon(() -> {
                while (true) {
                    Socket socket = listener.accept();
                    CompletableFuture<String> end = new CompletableFuture<>();
                    ends.add(end);
                    daemon(() -> {
                        try (socket) {
                            socket.setTcpNoDelay(true);
                            socket.getInputStream().transferTo(socket.getOutputStream());
                            end.complete("closed");
                        } catch (IOException e) {
                            end.complete("reset");
                        }
                    });
                }
            });
        }

        @Override
        public void close() throws IOException {
            listener.close();
        }
    }

    private interface Loop {
        void run() throws IOException;
    }

    private static void daemon(Loop loop) {
        Thread thread = new Thread(() -> {
            try {
                loop.run();
            } catch (IOException e) {
                // Its socket was closed.
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    private Echo server;
    private TcpProxy proxy;

    @BeforeEach
    void start() throws IOException {
        server = new Echo();
        proxy = new TcpProxy(server.listener.getLocalPort());
    }

    @AfterEach
    void stop() throws IOException {
        proxy.close();
        server.close();
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), proxy.port());
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(PATIENCE);
        return socket;
    }

    private static int ask(Socket socket, int question) throws IOException {
        socket.getOutputStream().write(question);
        return socket.getInputStream().read();
    }

    private static void assertSilent(Socket socket) throws IOException {
        socket.setSoTimeout(SILENCE);
        assertThatThrownBy(() -> ask(socket, 1)).isInstanceOf(SocketTimeoutException.class);
        socket.setSoTimeout(PATIENCE);
    }

    private void assertWell() throws IOException {
        try (Socket socket = connect()) {
            assertThat(ask(socket, 7)).isEqualTo(7);
        }
    }

    @Test
    void everythingIsPassedOn() throws IOException {
        assertWell();
    }

    @Test
    void silentConnectionsStaySilentWhileNewOnesWork() throws IOException {
        try (Socket established = connect()) {
            assertThat(ask(established, 1)).isEqualTo(1);
            proxy.silenceAll();
            try (Socket accepted = connect()) {
                assertSilent(established);
                assertSilent(accepted);
                proxy.recoverLeavingSilentOnes();
                assertWell();
                assertSilent(established);
                assertSilent(accepted);
                // Neither is it told now what it has missed.
                proxy.recover();
                assertThat(established.getInputStream().read()).isNegative();
                assertThat(accepted.getInputStream().read()).isNegative();
            }
        }
    }

    @Test
    void theServerIsNotToldOfTheEndOfASilentConnection() throws Exception {
        try (Socket client = connect()) {
            assertThat(ask(client, 1)).isEqualTo(1);
            proxy.silencePresentConnections();
        }
        proxy.recoverLeavingSilentOnes();
        CompletableFuture<String> end = server.ends.get(0);
        assertThatThrownBy(() -> end.get(SILENCE, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
        proxy.recover();
        assertThat(end).succeedsWithin(Duration.ofSeconds(5));
    }

    @Test
    void aRoundTripTakesWhatItIsSaidToTake() throws IOException {
        try (Socket socket = connect()) {
            assertRoundTrip(socket, NONE);
            proxy.slowDown(Duration.ofMillis(40), NONE);
            assertRoundTrip(socket, Duration.ofMillis(40));
            proxy.slowDown(Duration.ofMillis(20), NONE);
            assertRoundTrip(socket, Duration.ofMillis(20));
            proxy.recover();
            assertRoundTrip(socket, NONE);
        }
    }

    /** None takes less, and one of them hardly more: the others tell how busy this machine is. */
    private static void assertRoundTrip(Socket socket, Duration least) {
        Stream<Duration> taken = Stream.generate(() -> roundTrip(socket))
                .limit(100)
                .peek(one -> assertThat(one).isGreaterThanOrEqualTo(least));
        assertThat(taken.anyMatch(one -> one.compareTo(least.plusMillis(20)) < 0))
                .isTrue();
    }

    @Test
    void jitterMakesThemDiffer() throws IOException {
        proxy.slowDown(Duration.ofMillis(2), Duration.ofMillis(40));
        try (Socket socket = connect()) {
            List<Duration> roundTrips =
                    IntStream.range(0, 30).mapToObj(i -> roundTrip(socket)).toList();
            assertThat(roundTrips).allSatisfy(one -> assertThat(one).isGreaterThanOrEqualTo(Duration.ofMillis(2)));
            assertThat(roundTrips)
                    .anySatisfy(one -> assertThat(one).isLessThan(Duration.ofMillis(20)))
                    .anySatisfy(one -> assertThat(one).isGreaterThan(Duration.ofMillis(24)));
        }
    }

    private static Duration roundTrip(Socket socket) {
        try {
            long start = System.nanoTime();
            assertThat(ask(socket, 1)).isEqualTo(1);
            return Duration.ofNanos(System.nanoTime() - start);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void delayedBytesStayInOrderAndDoNotWaitForEachOther() throws Exception {
        proxy.slowDown(Duration.ofMillis(100), Duration.ofMillis(100));
        Duration taken = pass(4_000_000, () -> {});
        // Some 250 packets there and as many back: one after the other they would take 18 s and more.
        assertThat(taken).isBetween(Duration.ofMillis(100), Duration.ofSeconds(6));
    }

    @Test
    void bytesStayInOrderWhileTheDelayChanges() throws Exception {
        Random random = new Random(1);
        pass(2_000_000, () -> {
            if (random.nextBoolean()) {
                proxy.slowDown(Duration.ofMillis(random.nextInt(6)), Duration.ofMillis(random.nextInt(6)));
            } else {
                proxy.recover();
            }
        });
    }

    /** Sends so many bytes, and asserts that they come back as they were. */
    private Duration pass(int length, Runnable betweenPieces) throws Exception {
        byte[] sent = new byte[length];
        new Random(2).nextBytes(sent);
        byte[] received = new byte[length];
        long start = System.nanoTime();
        try (Socket socket = connect()) {
            OutputStream out = socket.getOutputStream();
            CompletableFuture<Void> sending = CompletableFuture.runAsync(() -> {
                try {
                    int piece = 50_000;
                    for (int from = 0; from < length; from += piece) {
                        betweenPieces.run();
                        out.write(sent, from, Math.min(piece, length - from));
                    }
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            });
            new DataInputStream(socket.getInputStream()).readFully(received);
            sending.get();
        }
        assertThat(received).isEqualTo(sent);
        return Duration.ofNanos(System.nanoTime() - start);
    }

    @Test
    void theEndComesAfterWhatIsUnderWay() throws Exception {
        proxy.slowDown(Duration.ofMillis(100), NONE);
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            proxy.leadTo(listener.getLocalPort());
            try (Socket client = connect()) {
                try (Socket speaker = listener.accept()) {
                    speaker.getOutputStream().write(new byte[] {1, 2, 3});
                }
                InputStream in = client.getInputStream();
                assertThat(in.readAllBytes()).containsExactly(1, 2, 3);
            }
        }
    }

    @Test
    void aDelayThatIsOverLeavesNoThread() throws Exception {
        proxy.slowDown(Duration.ofMillis(4), NONE);
        try (Socket socket = connect()) {
            assertThat(ask(socket, 1)).isEqualTo(1);
            assertThat(deliverers()).isNotEmpty();
            proxy.recover();
            assertThat(ask(socket, 1)).isEqualTo(1);
        }
        assertThat(server.ends.get(0)).succeedsWithin(Duration.ofSeconds(5));
        for (Thread deliverer : deliverers()) {
            deliverer.join(5_000);
        }
        assertThat(deliverers()).isEmpty();
    }

    private static List<Thread> deliverers() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("proxy delivers"))
                .toList();
    }
}
