/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.observability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.connectionguard.GuardEvent;
import org.connectionguard.GuardEvent.RunStarted;
import org.connectionguard.testing.Log;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

@Timeout(60)
class CdiChannelTest {
    @RegisterExtension
    final Log log = new Log();

    private final List<GuardEvent> seen = new CopyOnWriteArrayList<>();

    private static CdiChannel channel(Consumer<GuardEvent> observers) {
        return new CdiChannel("shop", observers);
    }

    private static RunStarted event(long number) {
        return new RunStarted(Instant.EPOCH, "Job.gather", number);
    }

    private static List<Thread> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("connection-guard events shop"))
                .toList();
    }

    @Test
    void observersHearInOrderOnAThreadOfTheirOwnWithTheApplicationsClassLoader() {
        List<Thread> threads = new CopyOnWriteArrayList<>();
        try (CdiChannel channel = channel(event -> {
            seen.add(event);
            threads.add(Thread.currentThread());
        })) {
            LongStream.range(0, 100).forEach(number -> channel.heard(event(number)));
            await().until(() -> seen.size() == 100);
        }
        assertThat(seen)
                .isEqualTo(
                        LongStream.range(0, 100).mapToObj(CdiChannelTest::event).toList());
        assertThat(threads).doesNotContain(Thread.currentThread());
        assertThat(threads().stream().filter(Thread::isAlive)).isEmpty();
    }

    @Test
    void anObserverThatThrowsIsSaidToHaveAndHearsTheNext() {
        try (CdiChannel channel = channel(event -> {
            seen.add(event);
            if (seen.size() == 1) {
                throw new AssertionError("password=s3cret");
            }
        })) {
            channel.heard(event(1));
            channel.heard(event(2));
            await().until(() -> seen.size() == 2);
        }
        assertThat(log.lines())
                .containsExactly("WARNING CG0107 An observer of RunStarted failed (AssertionError: password=***);"
                        + " the job is not affected");
    }

    @Test
    void anObserverThatNeverReturnsHoldsNobodyUp() throws InterruptedException {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        CdiChannel channel = channel(event -> {
            inside.countDown();
            while (never.getCount() > 0) {
                try {
                    never.await();
                } catch (InterruptedException e) {
                    // As some do.
                }
            }
        });
        channel.heard(event(0));
        inside.await();
        LongStream.range(0, CdiChannel.WAITING + 5).forEach(number -> channel.heard(event(number)));
        assertThat(log.lines())
                .hasSize(5)
                .allSatisfy(line -> assertThat(line)
                        .startsWith("WARNING CG0134 The application's observers of GuardEvent do not keep up:"));
        Instant before = Instant.now();
        channel.close();
        assertThat(Duration.between(before, Instant.now())).isLessThan(Duration.ofSeconds(20));
        never.countDown();
        await().until(() -> threads().isEmpty());
    }
}
