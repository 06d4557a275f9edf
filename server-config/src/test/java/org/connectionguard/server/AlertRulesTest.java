/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;

/** What people give to their Prometheus and Grafana, read by Prometheus' own tool where that is to be had. */
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AlertRulesTest {
    private static final Path RULES = Path.of("prometheus", "rules.yaml");
    private static final Path RULES_TEST = Path.of("prometheus", "rules.test.yaml");
    private static final Path DASHBOARD = Path.of("grafana", "dashboard.json");

    private Optional<Promtool> promtool;

    @BeforeAll
    void findPromtool() throws IOException {
        promtool = Promtool.find(Path.of("prometheus", "install-promtool.sh"), Path.of("target", "promtool"));
    }

    @Test
    void theRulesAreSoundAndFireAndRestAsTheyShould() throws IOException {
        if (promtool.isPresent()) {
            assertDone(promtool.get().ask("check", "rules", RULES.toString()));
            assertDone(promtool.get().ask("test", "rules", RULES_TEST.toString()));
        }
    }

    @Test
    void theyDoSoWithoutUnitsInTheNamesToo(@TempDir Path directory) throws IOException {
        Files.copy(RULES, directory.resolve(RULES.getFileName()));
        Path file = Files.writeString(
                directory.resolve(RULES_TEST.getFileName()),
                Files.readString(RULES_TEST).replace("_seconds", ""));
        assertThat(MeterNames.usedIn(withoutComments(RULES_TEST))).isSubsetOf(MeterNames.withUnits());
        assertThat(MeterNames.usedIn(withoutComments(file))).isSubsetOf(MeterNames.withoutUnits());

        if (promtool.isPresent()) {
            assertDone(promtool.get().ask("test", "rules", file.toString()));
        }
    }

    @Test
    void promtoolUnderstandsEveryQueryOfTheDashboard(@TempDir Path directory) throws IOException {
        List<Map<String, String>> queries = strings(read(DASHBOARD))
                .filter(entry -> entry.getKey().equals("expr"))
                .map(entry -> Map.of(
                        "record", "dashboard:query", "expr", entry.getValue().replace("$__rate_interval", "5m")))
                .distinct()
                .toList();
        assertThat(queries).hasSizeGreaterThan(10);
        Path file = Files.writeString(
                directory.resolve("dashboard.yaml"),
                new Yaml().dump(Map.of("groups", List.of(Map.of("name", "dashboard", "rules", queries)))));

        if (promtool.isPresent()) {
            assertDone(promtool.get().ask("check", "rules", "--lint=none", file.toString()));
        }
    }

    @Test
    void everyMetricThatIsAskedForIsOneOfTheLibrarys() throws IOException {
        Set<String> names = new TreeSet<>(MeterNames.withUnits());
        names.addAll(MeterNames.withoutUnits());
        for (Path file : List.of(RULES, DASHBOARD)) {
            assertThat(MeterNames.usedIn(withoutComments(file)))
                    .as(file.toString())
                    .isNotEmpty()
                    .isSubsetOf(names);
        }
    }

    @Test
    void ofEveryMetricWithAUnitBothSpellingsAreAskedFor() throws IOException {
        for (Path file : List.of(RULES, DASHBOARD)) {
            Set<String> used = MeterNames.usedIn(withoutComments(file));
            assertThat(used.stream()
                            .map(name -> name.replaceFirst("_seconds|_total$", ""))
                            .toList())
                    .as(file.toString())
                    .isSubsetOf(used);
        }
    }

    @Test
    void everyRuleSaysHowBadItIsWhatItIsAndWhatToDo() throws IOException {
        List<Map<?, ?>> rules = rules();
        assertThat(rules).hasSize(11);
        for (Map<?, ?> rule : rules) {
            String alert = (String) rule.get("alert");
            assertThat(alert).startsWith("ConnectionGuard");
            assertThat(((Map<?, ?>) rule.get("labels")).get("severity"))
                    .as(alert)
                    .isIn("critical", "warning", "info");
            Map<?, ?> annotations = (Map<?, ?>) rule.get("annotations");
            assertThat((String) annotations.get("summary")).as(alert).contains("{{ $labels.");
            assertThat((String) annotations.get("description")).as(alert).contains("Remedy: ");
        }
    }

    @Test
    void everyRuleHasAnExampleOnWhichItFires() throws IOException {
        String examples = Files.readString(RULES_TEST);
        for (Map<?, ?> rule : rules()) {
            assertThat(examples).contains("alertname=\"" + rule.get("alert") + "\"");
        }
    }

    @Test
    void theDashboardKeepsItsAddressAndFitsEveryPrometheus() throws IOException {
        Map<?, ?> dashboard = (Map<?, ?>) read(DASHBOARD);
        assertThat(dashboard.get("uid")).isEqualTo("connection-guard");
        assertThat(((List<?>) ((Map<?, ?>) dashboard.get("templating")).get("list"))
                        .stream()
                                .map(variable ->
                                        ((Map<?, ?>) variable).get("name") + " " + ((Map<?, ?>) variable).get("type")))
                .containsExactly("datasource datasource", "deployment query", "job query");
        assertThat(strings(dashboard.get("panels"))
                        .filter(entry -> entry.getKey().equals("uid"))
                        .map(Map.Entry::getValue))
                .isNotEmpty()
                .containsOnly("${datasource}");
    }

    private static void assertDone(Promtool.Answer answer) {
        assertThat(answer.code()).as(answer.output()).isZero();
        assertThat(answer.output()).contains("SUCCESS");
    }

    private static List<Map<?, ?>> rules() throws IOException {
        return ((List<?>) ((Map<?, ?>) read(RULES)).get("groups"))
                .stream()
                        .flatMap(group -> ((List<?>) ((Map<?, ?>) group).get("rules")).stream())
                        .<Map<?, ?>>map(rule -> (Map<?, ?>) rule)
                        .toList();
    }

    /** JSON is YAML, too. */
    private static Object read(Path file) throws IOException {
        return new Yaml().load(Files.readString(file));
    }

    private static String withoutComments(Path file) throws IOException {
        return Files.readString(file)
                .lines()
                .filter(line -> !line.strip().startsWith("#"))
                .collect(Collectors.joining("\n"));
    }

    /** All that has a name and is a text, however deep. */
    private static Stream<Map.Entry<String, String>> strings(Object value) {
        if (value instanceof Map<?, ?> map) {
            return map.entrySet().stream()
                    .flatMap(entry -> entry.getValue() instanceof String text
                            ? Stream.of(Map.entry((String) entry.getKey(), text))
                            : strings(entry.getValue()));
        }
        return value instanceof List<?> list ? list.stream().flatMap(AlertRulesTest::strings) : Stream.empty();
    }
}
