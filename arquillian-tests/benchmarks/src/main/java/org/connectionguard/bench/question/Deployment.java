/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.bench.question;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.connectionguard.bench.Options;
import org.connectionguard.bench.report.Aim;
import org.connectionguard.bench.report.Section;
import org.connectionguard.bench.report.Spread;
import org.connectionguard.bench.report.Table;
import org.connectionguard.bench.server.GeneratedBeans;
import org.connectionguard.bench.server.Management;
import org.connectionguard.bench.server.Servers;

/** How much longer a deployment takes for being guarded. */
public final class Deployment implements Question {
    private static final String REASON =
            "it is nearly the same for one bean as for a hundred, and twice as much for a thousand: a jar more to be"
                    + " scanned, and its classes, which each deployment loads anew";

    private final Servers servers;
    private final Options options;
    private final Path library;
    private final Path directory;

    public Deployment(Servers servers, Options options, Path library, Path directory) {
        this.servers = servers;
        this.options = options;
        this.library = library;
        this.directory = directory;
    }

    @Override
    public String name() {
        return "deployment";
    }

    @Override
    public List<Section> answer() throws Exception {
        List<Integer> beans = options.quick() ? List.of(1, 100) : List.of(1, 100, 1000);
        Map<Integer, List<Double>> added = new LinkedHashMap<>();
        Map<Integer, List<Double>> plain = new LinkedHashMap<>();
        try (Management management = servers.management()) {
            for (int count : beans) {
                GeneratedBeans generated = new GeneratedBeans(directory, count);
                Path guarded = generated.archive(Optional.of(library));
                Path unguarded = generated.archive(Optional.empty());
                management.deploy(unguarded);
                management.deploy(guarded);
                // Small ones differ by less than they vary.
                int rounds = options.quick() || count > 100 ? options.rounds() : 4 * options.rounds();
                for (int round = 0; round < rounds; round++) {
                    boolean guardedFirst = round % 2 == 0;
                    double first = management.deploy(guardedFirst ? guarded : unguarded) / 1e6;
                    double second = management.deploy(guardedFirst ? unguarded : guarded) / 1e6;
                    double with = guardedFirst ? first : second;
                    double without = guardedFirst ? second : first;
                    plain.computeIfAbsent(count, key -> new ArrayList<>()).add(without);
                    added.computeIfAbsent(count, key -> new ArrayList<>()).add(with - without);
                }
            }
        }
        List<List<String>> rows = new ArrayList<>();
        for (int count : beans) {
            rows.add(List.of(
                    Integer.toString(count),
                    Spread.of(plain.get(count)).text(0),
                    Spread.of(added.get(count)).text(0)));
        }
        Spread hundred = Spread.of(added.get(100));
        return List.of(new Section(
                "Deployment",
                "The same WAR of session beans with one data source each, with the annotation and the library, and without"
                        + " both.",
                List.of(new Table("deployment", "", List.of("beans", "unguarded, ms", "added by the guard, ms"), rows)),
                List.of(),
                List.of(new Aim(
                        "≤ 50 ms added at 100 beans", hundred.text(0) + " ms", hundred.median() <= 50, REASON))));
    }
}
