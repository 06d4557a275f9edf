/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.connectionguard.GuardEvent;
import org.connectionguard.GuardEvent.RunStarted;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class AnnouncementsTest {
    private final List<GuardEvent> told = new ArrayList<>();

    private static RunStarted event(long number) {
        return new RunStarted(Instant.EPOCH, "Job.gather", number);
    }

    private static List<RunStarted> events(int many) {
        return LongStream.range(0, many).mapToObj(AnnouncementsTest::event).toList();
    }

    @Test
    void whatWasPutDownIsToldInItsOrder() {
        Announcements announcements = new Announcements(new SafeListener(List.of(told::add)));
        events(3).forEach(announcements::add);
        assertThat(told).isEmpty();
        announcements.tell(event(3));
        assertThat(told).isEqualTo(events(4));
    }

    @Test
    void whoTellsIsNotKeptForWhatOthersPutDownMeanwhile() {
        List<Announcements> announcements = new ArrayList<>();
        announcements.add(new Announcements(new SafeListener(List.of(heard -> {
            told.add(heard);
            // As fast as it is told.
            announcements.get(0).add(event(told.size()));
        }))));
        announcements.get(0).tell(event(0));
        assertThat(told).isEqualTo(events(Announcements.MOST));
        announcements.get(0).tellAll();
        assertThat(told).isEqualTo(events(2 * Announcements.MOST));
    }

    @Test
    void whoTellsWhileHeIsToldWaitsForNobody() {
        List<Announcements> announcements = new ArrayList<>();
        announcements.add(new Announcements(new SafeListener(List.of(heard -> {
            told.add(heard);
            if (told.size() == 1) {
                announcements.get(0).tell(event(1));
            }
        }))));
        announcements.get(0).tell(event(0));
        assertThat(told).isEqualTo(events(2));
    }
}
