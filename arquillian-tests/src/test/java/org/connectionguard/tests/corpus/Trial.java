/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests.corpus;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Shapes, each deployed in every way on one server. For one thread. */
final class Trial {
    /** Some jobs never run, whoever is there, and this is how that comes out. */
    private static final Duration CURIOSITY = Duration.ofSeconds(30);

    /** The machine may be busy. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final CorpusServer server;
    private final Map<Shape, Layout> layouts = new LinkedHashMap<>();
    private final Map<Shape, Map<String, byte[]>> classes = new LinkedHashMap<>();
    private final Matrix matrix;

    Trial(CorpusServer server, List<Shape> shapes) {
        this.server = server;
        this.matrix = new Matrix(shapes);
        shapes.forEach(shape -> layouts.put(shape, shape.layout()));
        Map<String, String> sources = new LinkedHashMap<>();
        layouts.values().forEach(layout -> sources.putAll(layout.sources()));
        Map<String, byte[]> all = InMemoryCompiler.compile(sources);
        layouts.forEach((shape, layout) -> classes.put(
                shape,
                all.entrySet().stream()
                        .filter(type -> layout.owns(type.getKey()))
                        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue))));
    }

    /** The data sources that the server must have. */
    Collection<CorpusServer.Pool> pools() {
        return layouts.values().stream()
                .map(layout -> new CorpusServer.Pool(layout.pool(), layout.source()))
                .collect(Collectors.toCollection(HashSet::new));
    }

    /** Everything in every way. */
    Matrix run() throws Exception {
        server.guard(false);
        for (Wave wave : waves(CURIOSITY, Stream.of(Way.CONTROL))) {
            wave.run(Application::writers)
                    .forEach((application, outcome) -> matrix.putControl(application.shape(), outcome));
        }
        judge(waves(PATIENCE, Stream.of(Way.SWITCHED_OFF, Way.DROP_IN, Way.DESCRIPTOR)));
        if (server.allows(Way.SERVER_WIDE)) {
            server.guard(true);
            judge(waves(PATIENCE, Stream.of(Way.SERVER_WIDE)));
        }
        return matrix;
    }

    private void judge(List<Wave> waves) throws Exception {
        for (Wave wave : waves) {
            wave.run(application -> matrix.control(application.shape()).ran())
                    .forEach((application, outcome) -> matrix.put(
                            application.shape(),
                            application.way(),
                            Verdict.of(application.way(), matrix.control(application.shape()), outcome)));
        }
    }

    /** As few as may be, so that no two applications of one wave share a data source. */
    private List<Wave> waves(Duration patience, Stream<Way> ways) {
        List<Application> left = ways.flatMap(way -> layouts.keySet().stream()
                        .filter(shape -> layouts.get(shape).allows(way))
                        .map(shape -> new Application(shape, layouts.get(shape), way, classes.get(shape))))
                .collect(Collectors.toCollection(ArrayList::new));
        List<Wave> waves = new ArrayList<>();
        while (!left.isEmpty()) {
            Set<String> taken = new HashSet<>();
            List<Application> together = left.stream()
                    .filter(application -> taken.add(application.layout().pool()))
                    .toList();
            left.removeAll(together);
            waves.add(new Wave(together, patience));
        }
        return waves;
    }
}
