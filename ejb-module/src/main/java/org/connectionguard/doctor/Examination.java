/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.doctor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.connectionguard.Finding;
import org.connectionguard.Finding.Severity;
import org.connectionguard.message.Diagnoses;
import org.connectionguard.message.Diagnosis;
import org.connectionguard.message.Gap;
import org.connectionguard.message.ManagedPlace;

/** From facts to findings; nothing is asked here. Immutable. */
record Examination(List<Facts> facts) {
    private static final String TOGETHER = "all data sources";

    /** By data source and id, and last what concerns them together. */
    List<Finding> findings() {
        return Stream.concat(
                        facts.stream()
                                .flatMap(each -> Arrays.stream(Rule.values())
                                        .flatMap(rule -> rule.examine(each, facts).stream())),
                        Stream.of(timers(), limits(), statistics()).flatMap(Optional::stream))
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
                .map(container -> finding(
                        TOGETHER,
                        Severity.WARNING,
                        Diagnoses.waitingJobsTakeAllTimers(
                                container.name(),
                                guarded.size(),
                                waiting,
                                container.timerPool(),
                                container.timerThreads().getAsInt())));
    }

    /** What could not be compared with the guard's settings. */
    private Optional<Finding> limits() {
        return facts.stream()
                .filter(each -> each.guard().enabled())
                .map(Facts::container)
                .findFirst()
                .flatMap(container -> {
                    List<Gap> gaps = gaps(container.limits());
                    return gaps.isEmpty()
                            ? Optional.empty()
                            : Optional.of(finding(
                                    TOGETHER, Severity.INFO, Diagnoses.limitsNotExamined(gaps, container.name())));
                });
    }

    private static List<Gap> gaps(ServerLimits limits) {
        List<Gap> gaps = new ArrayList<>();
        if (limits.transactionTimeout().isEmpty()) {
            gaps.add(Gap.TRANSACTIONS);
        }
        if (limits.timerThreads().isEmpty()) {
            gaps.add(Gap.TIMERS);
        }
        return gaps;
    }

    /** Once, however many they are: it hurts nobody before somebody looks for a number. */
    private Optional<Finding> statistics() {
        List<Facts> silent = facts.stream()
                .filter(each -> each.pool()
                        .flatMap(PoolFacts::managed)
                        .flatMap(ManagedFacts::statistics)
                        .filter(on -> !on)
                        .isPresent())
                .toList();
        List<ManagedPlace> pools = silent.stream()
                .flatMap(each -> each.pool().stream())
                .flatMap(pool -> pool.managed().stream())
                .map(ManagedFacts::place)
                .distinct()
                .toList();
        return pools.isEmpty()
                ? Optional.empty()
                : Optional.of(finding(
                        pools.size() == 1 ? silent.get(0).dataSource() : TOGETHER,
                        Severity.INFO,
                        Diagnoses.noStatistics(pools)));
    }

    private static Finding finding(String dataSource, Severity severity, Diagnosis diagnosis) {
        return new Finding(
                diagnosis.id(), dataSource, severity, diagnosis.what(), diagnosis.why(), diagnosis.remedy(), false);
    }
}
