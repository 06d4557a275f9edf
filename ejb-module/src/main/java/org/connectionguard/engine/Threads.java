/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.engine;

import java.lang.reflect.Method;
import java.security.AccessController;
import java.security.PrivilegedAction;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The threads that ask. One for each question: a question may never come back, and the next one must not wait for it. How many
 * there are is the gate's business. For any thread.
 *
 * <p>From Java 21 on they are virtual: under a virtual thread that is interrupted in a socket the JDK closes that socket, so that
 * nothing is left behind. Until Java 23 a driver that waits inside {@code synchronized} holds a carrier thread meanwhile, for as
 * long as the question's time bound; so whatever ends that needs no carrier, and runs on platform threads. Java 17 has none but
 * these, which end after ten idle seconds.
 */
public interface Threads extends Executor, AutoCloseable {
    /** @throws RejectedExecutionException once closed; an {@code Error} where no thread can be started */
    @Override
    void execute(Runnable task);

    /** Whether an interruption ends also a wait for the network. */
    default boolean endWhenInterrupted() {
        return false;
    }

    /** No more questions; those that are under way come to their end. */
    @Override
    default void close() {}

    /** The best that this Java has. */
    static Threads named(String name) {
        return Virtual.factory(name).<Threads>map(Virtual::new).orElseGet(() -> new Platform(name));
    }

    /** Such as nothing that happens to virtual ones keeps from running. */
    static Threads spare(String name) {
        return new Platform(name);
    }

    /** Those of Java 17, and on each Java whatever must not wait for a carrier. */
    final class Platform implements Threads {
        private static final long IDLE_SECONDS = 10;

        private final ExecutorService threads;

        Platform(String name) {
            threads = new ThreadPoolExecutor(
                    0,
                    Integer.MAX_VALUE,
                    IDLE_SECONDS,
                    TimeUnit.SECONDS,
                    new SynchronousQueue<>(),
                    task -> thread(name, task));
        }

        /**
         * Outlives the job that needed it first, and may outlive its application: so it inherits nothing of it, neither
         * thread-locals nor class loader nor access control context.
         */
        @SuppressWarnings("removal")
        private static Thread thread(String name, Runnable task) {
            return AccessController.doPrivileged((PrivilegedAction<Thread>) () -> {
                Thread thread = new Thread(null, task, name, 0, false);
                thread.setDaemon(true);
                thread.setContextClassLoader(Threads.class.getClassLoader());
                return thread;
            });
        }

        @Override
        public void execute(Runnable task) {
            threads.execute(task);
        }

        @Override
        public void close() {
            threads.shutdown();
        }
    }

    /** Java 21 and later; reached by reflection, since the library is Java 17. */
    final class Virtual implements Threads {
        private final ThreadFactory factory;
        private volatile boolean closed;

        private Virtual(ThreadFactory factory) {
            this.factory = factory;
        }

        static Optional<ThreadFactory> factory(String name) {
            try {
                Object builder = Thread.class.getMethod("ofVirtual").invoke(null);
                Class<?> type = Class.forName("java.lang.Thread$Builder");
                type.getMethod("name", String.class).invoke(builder, name);
                type.getMethod("inheritInheritableThreadLocals", boolean.class).invoke(builder, false);
                Method made = type.getMethod("factory");
                return Optional.of((ThreadFactory) made.invoke(builder));
            } catch (ReflectiveOperationException | RuntimeException e) {
                // An earlier Java; or a preview of it that is not enabled.
                return Optional.empty();
            }
        }

        @Override
        public void execute(Runnable task) {
            if (closed) {
                throw new RejectedExecutionException("closed");
            }
            factory.newThread(() -> run(task)).start();
        }

        private static void run(Runnable task) {
            Thread.currentThread().setContextClassLoader(Threads.class.getClassLoader());
            task.run();
        }

        @Override
        public boolean endWhenInterrupted() {
            return true;
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}
