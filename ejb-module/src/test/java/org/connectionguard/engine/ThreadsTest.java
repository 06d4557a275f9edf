/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URL;
import java.net.URLClassLoader;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The platform's threads everywhere, and the virtual ones where this Java has them. */
@Timeout(30)
class ThreadsTest {
    private record Seen(String name, ClassLoader loader, Optional<String> inherited, boolean daemon) {}

    static Stream<Threads> kinds() {
        return Stream.concat(
                Stream.of(new Threads.Platform("asks")),
                Stream.of(Threads.named("asks")).filter(Threads::endWhenInterrupted));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void aThreadKeepsNothingOfTheJobThatNeededItFirst(Threads threads) throws Exception {
        InheritableThreadLocal<String> users = new InheritableThreadLocal<>();
        CompletableFuture<Seen> seen = new CompletableFuture<>();
        try (URLClassLoader application = new URLClassLoader(new URL[0])) {
            Thread job = new Thread(() -> {
                users.set("of the application");
                Thread.currentThread().setContextClassLoader(application);
                threads.execute(() -> seen.complete(new Seen(
                        Thread.currentThread().getName(),
                        Thread.currentThread().getContextClassLoader(),
                        Optional.ofNullable(users.get()),
                        Thread.currentThread().isDaemon())));
            });
            job.start();
            job.join();
        }
        assertThat(seen.get(10, TimeUnit.SECONDS))
                .isEqualTo(new Seen("asks", Threads.class.getClassLoader(), Optional.empty(), true));
        threads.close();
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void whatDoesNotReturnHoldsNothingUp(Threads threads) throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        CountDownLatch second = new CountDownLatch(1);
        threads.execute(() -> {
            try {
                never.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        threads.execute(second::countDown);
        assertThat(second.await(10, TimeUnit.SECONDS)).isTrue();
        threads.close();
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void closingInterruptsNothingAndRejectsWhatComes(Threads threads) throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch closed = new CountDownLatch(1);
        CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
        threads.execute(() -> {
            begun.countDown();
            try {
                closed.await();
                interrupted.complete(Thread.interrupted());
            } catch (InterruptedException e) {
                interrupted.complete(true);
            }
        });
        assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();
        threads.close();
        closed.countDown();
        assertThat(interrupted.get(10, TimeUnit.SECONDS)).isFalse();
        assertThatThrownBy(() -> threads.execute(() -> {})).isInstanceOf(RejectedExecutionException.class);
    }
}
