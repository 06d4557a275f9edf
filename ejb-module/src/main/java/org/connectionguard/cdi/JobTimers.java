/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.cdi;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.connectionguard.deployment.TimerMethod;
import org.connectionguard.deployment.TimerMethod.RunBy;
import org.connectionguard.message.Expiration;
import org.connectionguard.server.ServersTimers.ServersTimer;

/** The jobs of one deployment that the server's timers call, and which of these timers are whose. Immutable. */
final class JobTimers {
    private final Map<String, TimerMethod> byJob;

    /** @param timers all timer methods, by their jobs' names */
    JobTimers(Map<String, TimerMethod> timers) {
        this.byJob = timers.entrySet().stream()
                .filter(timer -> timer.getValue().runBy() == RunBy.TIMER_SERVICE)
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    Map<String, TimerMethod> all() {
        return byJob;
    }

    Optional<TimerMethod> of(String job) {
        return Optional.ofNullable(byJob.get(job));
    }

    /** The server shows the timers of a bean, and not which of its methods they call: that their schedules tell. */
    boolean isOf(TimerMethod timer, ServersTimer shown) {
        List<TimerMethod> siblings = siblings(timer);
        if (siblings.size() == 1) {
            return true;
        }
        Set<String> declared = new HashSet<>();
        siblings.forEach(sibling -> declared.addAll(schedules(sibling)));
        String schedule = shown.schedule().orElse(Expiration.PROGRAMMATIC);
        return declared.contains(schedule)
                ? schedules(timer).contains(schedule)
                : timer.schedule().equals(Expiration.PROGRAMMATIC);
    }

    /** Whether another method of the bean has the same schedule, so that nobody can tell which of them a timer of it calls. */
    boolean isLikeAnother(TimerMethod timer) {
        return siblings(timer).stream()
                .filter(other -> !other.method().equals(timer.method()))
                .flatMap(other -> schedules(other).stream())
                .anyMatch(schedules(timer)::contains);
    }

    private List<TimerMethod> siblings(TimerMethod timer) {
        return byJob.values().stream()
                .filter(other -> other.bean() == timer.bean() && other.ejbName().equals(timer.ejbName()))
                .toList();
    }

    private static List<String> schedules(TimerMethod timer) {
        return List.of(timer.schedule().split(" \\| "));
    }
}
