/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.discovery;

import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.connectionguard.config.Settings;
import org.connectionguard.engine.Target;

/** The data sources of many plans as one list. Stateless. */
final class Targets {
    private Targets() {}

    /**
     * Each once and by the name that comes first, with the longest max-wait of its methods, and demanding writes if one of
     * them does.
     */
    static List<Target> of(Collection<Plan> plans) {
        Map<DataSource, Target> targets = new HashMap<>();
        for (Plan plan : plans) {
            for (Target target : plan.targets()) {
                Target planned = new Target(
                        target.name(), target.dataSource(), target.settings().withMaxWait(plan.maxWait()));
                targets.merge(target.dataSource(), planned, Targets::moreDemanding);
            }
        }
        return targets.values().stream()
                .sorted(Comparator.comparing(Target::name))
                .toList();
    }

    private static Target moreDemanding(Target one, Target other) {
        Target first = one.name().compareTo(other.name()) <= 0 ? one : other;
        Duration longest = Stream.of(one, other)
                .map(target -> target.settings().maxWait())
                .max(Duration::compareTo)
                .orElseThrow();
        Settings settings = first.settings().withMaxWait(longest);
        boolean writable = one.settings().writable() || other.settings().writable();
        return new Target(first.name(), first.dataSource(), writable ? settings.withWritable(true) : settings);
    }
}
