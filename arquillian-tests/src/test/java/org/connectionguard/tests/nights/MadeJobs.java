/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests.nights;

import jakarta.annotation.Resource;
import jakarta.ejb.ScheduleExpression;
import jakarta.ejb.Stateless;
import jakarta.ejb.Timeout;
import jakarta.ejb.Timer;
import jakarta.ejb.TimerConfig;
import jakarta.ejb.TimerService;
import jakarta.inject.Inject;
import jakarta.interceptor.Interceptors;
import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Date;
import org.connectionguard.ValidConnections;

/** Jobs whose timers the application makes, each with information that it carries. */
@Stateless
@Interceptors(Marker.class)
public class MadeJobs {
    private static final long DAY = Duration.ofDays(1).toMillis();

    @Inject
    private Diary diary;

    @Resource
    private TimerService timers;

    /** Makes a timer that expires then: single, interval, often (each second) or calendar. */
    public void make(String kind, Instant at, Serializable info, boolean persistent) {
        TimerConfig configuration = new TimerConfig(info, persistent);
        Date first = Date.from(at);
        switch (kind) {
            case "single" -> timers.createSingleActionTimer(first, configuration);
            case "interval" -> timers.createIntervalTimer(first, DAY, configuration);
            case "often" -> timers.createIntervalTimer(first, 1000, configuration);
            case "calendar" -> timers.createCalendarTimer(daily(at), configuration);
            default -> throw new IllegalArgumentException(kind);
        }
    }

    private static ScheduleExpression daily(Instant at) {
        ZonedDateTime time = at.atZone(ZoneId.systemDefault());
        return new ScheduleExpression()
                .hour(time.getHour())
                .minute(time.getMinute())
                .second(time.getSecond());
    }

    /** Those that there are: their information. */
    public String all() {
        return String.join(
                "\n",
                timers.getTimers().stream()
                        .map(timer -> String.valueOf(timer.getInfo()))
                        .sorted()
                        .toList());
    }

    public void cancelAll() {
        timers.getTimers().forEach(Timer::cancel);
    }

    @Timeout
    @ValidConnections(Diary.DATA_SOURCE)
    void expire(Timer timer) {
        diary.work("made", timer.getInfo());
    }
}
