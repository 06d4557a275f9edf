/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.console.web;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * One browser that watches. Nobody waits for it: while it has not taken what it was sent it misses what comes, and is sent
 * everything anew when it has. For any thread.
 */
final class Sink implements WriteListener, AsyncListener {
    private static final byte[] STILL_HERE = bytes(": still here\n\n");

    private final AsyncContext context;
    private final Consumer<Sink> leave;

    // Guarded by this.
    private byte[] pending = new byte[0];
    private boolean open;
    private boolean behind = true;
    private boolean gone;

    Sink(AsyncContext context, Consumer<Sink> leave) {
        this.context = context;
        this.leave = leave;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Something has changed. */
    synchronized void changed(String change, Supplier<String> everything) {
        if (pending.length > 0 || !open) {
            behind = true;
            return;
        }
        send(bytes(behind ? everything.get() : change));
        behind = false;
    }

    /** Nothing has; whether the browser is still there is found out by writing to it. */
    synchronized void unchanged(Supplier<String> everything) {
        if (behind) {
            changed("", everything);
        } else if (pending.length == 0 && open) {
            send(STILL_HERE);
        }
    }

    private void send(byte[] bytes) {
        pending = bytes;
        pump();
    }

    @Override
    public synchronized void onWritePossible() {
        open = true;
        pump();
    }

    private synchronized void pump() {
        if (gone) {
            return;
        }
        try {
            ServletOutputStream output = context.getResponse().getOutputStream();
            if (pending.length > 0 && output.isReady()) {
                output.write(pending);
                pending = new byte[0];
                if (output.isReady()) {
                    output.flush();
                }
            }
        } catch (IOException | RuntimeException e) {
            end();
        }
    }

    /** It is sent nothing any more. */
    synchronized void end() {
        if (gone) {
            return;
        }
        gone = true;
        leave.accept(this);
        try {
            context.complete();
        } catch (RuntimeException e) {
            // The server has completed it before us.
            gone = true;
        }
    }

    @Override
    public void onError(Throwable failure) {
        end();
    }

    @Override
    public void onComplete(AsyncEvent event) {
        end();
    }

    @Override
    public void onTimeout(AsyncEvent event) {
        end();
    }

    @Override
    public void onError(AsyncEvent event) {
        end();
    }

    @Override
    public void onStartAsync(AsyncEvent event) {
        // It is started once.
    }
}
