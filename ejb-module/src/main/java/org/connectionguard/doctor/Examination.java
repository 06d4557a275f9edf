/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.doctor;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.connectionguard.Finding;
import org.connectionguard.Finding.Severity;
import org.connectionguard.message.Diagnoses;
import org.connectionguard.message.Diagnosis;

/** From facts to findings; nothing is asked here. Immutable. */
record Examination(List<Facts> facts) {
    private static final String TOGETHER = "all data sources";

    /** By data source and id, and last what concerns them together. */
    List<Finding> findings() {
        return Stream.concat(
                        facts.stream()
                                .flatMap(each -> Arrays.stream(Rule.values())
                                        .flatMap(rule -> rule.examine(each, facts).stream())),
                        timers().stream())
                .toList();
    }

    /** Waiting jobs hold a timer thread each, and databases can be away together. */
    private Optional<Finding> timers() {
        List<Facts> guarded =
                facts.stream().filter(each -> each.guard().enabled()).toList();
        int waiting =
                guarded.stream().mapToInt(each -> each.guard().maxWaitingJobs()).sum();
        return guarded.stream()
                .map(Facts::container)
                .filter(container -> container.timerThreads().isPresent()
                        && waiting >= container.timerThreads().getAsInt())
                .findFirst()
                .map(container -> finding(Diagnoses.waitingJobsTakeAllTimers(
                        guarded.size(),
                        waiting,
                        container.timerPool(),
                        container.timerThreads().getAsInt())));
    }

    private static Finding finding(Diagnosis diagnosis) {
        return new Finding(
                diagnosis.id(),
                TOGETHER,
                Severity.WARNING,
                diagnosis.what(),
                diagnosis.why(),
                diagnosis.remedy(),
                false);
    }
}
