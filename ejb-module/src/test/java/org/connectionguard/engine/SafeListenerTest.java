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

    private final GuardEvent event = new GuardEvent.RunStarted(Instant.EPOCH, "job", 1);
    private final List<GuardEvent> heard = new ArrayList<>();
    private final SafeListener listener = new SafeListener(List.of(
            each -> {
                throw new AssertionError("A listener that is wrong");
            },
            heard::add));

    @Test
    void whatOneThrowsIsLoggedAndTheNextOneIsTold() {
        listener.tell(event);
        assertThat(heard).containsExactly(event);
        assertThat(log.lines()).hasSize(1).allMatch(line -> line.startsWith("WARNING CG"));
    }

    @Test
    void whereTheLogFailsTooTheNextOneIsToldAllTheSame() {
        log.failure = Optional.of(new StackOverflowError("A log that is wrong"));
        listener.tell(event);
        assertThat(heard).containsExactly(event);
    }
}
