/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.connectionguard.GuardEvent;
import org.connectionguard.testing.Log;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** One listener's failure is the log's business, and no other listener's. */
class SafeListenerTest {
    @RegisterExtension
    final Log log = new Log();

    @Test
    void whatOneThrowsIsLoggedAndTheNextOneIsTold() {
        List<GuardEvent> heard = new ArrayList<>();
        SafeListener listener = new SafeListener(List.of(
                event -> {
                    throw new AssertionError("A listener that is wrong");
                },
                heard::add));
        GuardEvent event = new GuardEvent.RunStarted(Instant.EPOCH, "job", 1);
        listener.tell(event);
        assertThat(heard).containsExactly(event);
        assertThat(log.lines()).hasSize(1).allMatch(line -> line.startsWith("WARNING CG"));
    }

    @Test
    void whereTheLogFailsTooTheNextOneIsToldAllTheSame() {
        List<GuardEvent> heard = new ArrayList<>();
        SafeListener listener = new SafeListener(List.of(
                event -> {
                    throw new AssertionError("A listener that is wrong");
                },
                heard::add));
        GuardEvent event = new GuardEvent.RunStarted(Instant.EPOCH, "job", 1);
        log.failure = Optional.of(new StackOverflowError("A log that is wrong"));
        listener.tell(event);
        assertThat(heard).containsExactly(event);
    }
}
