/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.console.web;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.WriteListener;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SinkTest {
    private final Output output = new Output();
    private final List<Sink> left = new ArrayList<>();
    private final Sink sink = new Sink(context(), left::add);

    /** A browser's end of the line. */
    private static final class Output extends ServletOutputStream {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private boolean ready = true;
        private boolean broken;

        @Override
        public boolean isReady() {
            return ready;
        }

        @Override
        public void setWriteListener(WriteListener listener) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void write(int one) throws IOException {
            if (broken) {
                throw new IOException("gone");
            }
            bytes.write(one);
        }
    }

    private AsyncContext context() {
        ServletResponse response = (ServletResponse) Proxy.newProxyInstance(
                SinkTest.class.getClassLoader(),
                new Class<?>[] {ServletResponse.class},
                (proxy, method, arguments) -> output);
        return (AsyncContext) Proxy.newProxyInstance(
                SinkTest.class.getClassLoader(),
                new Class<?>[] {AsyncContext.class},
                (proxy, method, arguments) -> method.getName().equals("getResponse") ? response : null);
    }

    @Test
    void whoComesIsSentEverythingAndThenWhatChanges() {
        sink.changed("change 1", () -> "everything 1");
        assertThat(output.bytes.toString()).isEmpty();
        sink.onWritePossible();
        sink.changed("change 2", () -> "everything 2");
        sink.changed(" change 3", () -> "everything 3");
        assertThat(output.bytes).hasToString("everything 2 change 3");
    }

    @Test
    void whoIsSlowMissesChangesAndIsSentEverythingAnew() {
        sink.onWritePossible();
        sink.unchanged(() -> "everything 1");
        output.ready = false;
        sink.changed(" change 2", () -> "everything 2");
        sink.changed(" change 3", () -> "everything 3");
        output.ready = true;
        sink.onWritePossible();
        sink.unchanged(() -> " everything 3");
        assertThat(output.bytes).hasToString("everything 1 change 2 everything 3");
    }

    @Test
    void whoIsGoneIsNotThereAnyMore() {
        sink.onWritePossible();
        sink.unchanged(() -> "everything");
        output.broken = true;
        sink.unchanged(() -> "everything");
        sink.unchanged(() -> "everything");
        assertThat(left).containsExactly(sink);
    }
}
