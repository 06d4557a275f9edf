/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.observability;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.connectionguard.GuardEvent;
import org.connectionguard.GuardEvent.RunStarted;
import org.connectionguard.testing.Log;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ChannelsTest {
    @RegisterExtension
    final Log log = new Log();

    private final List<GuardEvent> heard = new ArrayList<>();
    private final List<String> closed = new ArrayList<>();
    private final Channels channels = new Channels();

    private final class Good implements Channel {
        private final String name;

        Good(String name) {
            this.name = name;
        }

        @Override
        public void heard(GuardEvent event) {
            heard.add(event);
        }

        @Override
        public void close() {
            closed.add(name);
        }
    }

    private final class Bad implements Channel {
        @Override
        public void heard(GuardEvent event) {
            throw new AssertionError("A registry that is broken");
        }

        @Override
        public void close() {
            closed.add("bad");
        }
    }

    @Test
    void whoFailsKeepsNobodyElseFromHearingAndDoesNotFillTheLog() {
        channels.add(new Bad());
        channels.add(new Good("good"));
        LongStream.range(0, 100).forEach(run -> channels.heard(new RunStarted(Instant.EPOCH, "Job.gather", run)));
        assertThat(heard).hasSize(100);
        assertThat(log.lines()).hasSize(RateLimit.LINES).allMatch(line -> line.contains("CG0107"));
    }

    @Test
    void theLastThatWasOpenedIsClosedFirst() {
        channels.add(new Good("first"));
        channels.add(new Bad());
        channels.add(new Good("last"));
        channels.close();
        channels.close();
        assertThat(closed).containsExactly("last", "bad", "first");
        channels.heard(new RunStarted(Instant.EPOCH, "Job.gather", 1));
        assertThat(heard).isEmpty();
    }
}
