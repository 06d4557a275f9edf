/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.connectionguard.config.ConfigurationKeys;
import org.junit.jupiter.api.Test;

/** The pages against what there is. */
class DocsTest {
    private static final Path ROOT = Path.of("..");
    private static final Path README = ROOT.resolve("README.md");
    private static final Path DOCS = ROOT.resolve("docs");

    private static final Pattern ID = Pattern.compile("CG\\d{4}");
    private static final Pattern IDS = Pattern.compile("CG(\\d{4})`? (?:…|to) `?CG(\\d{4})");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.+)$");
    private static final Pattern SHELL = Pattern.compile("(?s)```shell\\n(.*?)```");

    /** For whom what a command says is done with other values. */
    private static final Pattern VALUE = Pattern.compile("-D[\\w.]+=\\S+|\\s#.*");

    @Test
    void theFirstPageIsShort() throws IOException {
        assertThat(Files.size(README)).isLessThanOrEqualTo(10_000);
    }

    @Test
    void everyIdIsExplained() throws IOException {
        String said = read(List.of(DOCS.resolve("troubleshooting.md"), DOCS.resolve("doctor.md")));
        Set<String> explained = matches(ID, said);
        IDS.matcher(said)
                .results()
                .flatMapToInt(range ->
                        IntStream.rangeClosed(Integer.parseInt(range.group(1)), Integer.parseInt(range.group(2))))
                .mapToObj("CG%04d"::formatted)
                .forEach(explained::add);
        Set<String> ids = matches(ID, read(below(Path.of("src/main/java"), ".java")));
        assertThat(ids).hasSizeGreaterThan(60).isSubsetOf(explained);
    }

    @Test
    void everySettingIsDocumentedAndNoOther() throws IOException {
        Set<String> documented = Files.readString(DOCS.resolve("settings.md"))
                .lines()
                .filter(line -> line.startsWith("| `"))
                .map(line -> line.substring(0, line.indexOf('|', 1)))
                .flatMap(keys -> Pattern.compile("`([a-z-]+)`").matcher(keys).results())
                .map(key -> key.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(documented).containsExactlyInAnyOrderElementsOf(ConfigurationKeys.all());
    }

    @Test
    void everyLinkLeadsSomewhere() throws IOException {
        for (Path page : pages()) {
            for (String link : LINK.matcher(Files.readString(page))
                    .results()
                    .map(found -> found.group(1))
                    .filter(found -> !found.startsWith("http"))
                    .toList()) {
                String[] parts = link.split("#", 2);
                Path target = parts[0].isEmpty()
                        ? page
                        : page.toAbsolutePath().resolveSibling(parts[0]).normalize();
                assertThat(target).as("%s: %s", page, link).exists();
                if (parts.length == 2) {
                    assertThat(anchors(Files.readString(target)))
                            .as("%s: %s", page, link)
                            .contains(parts[1]);
                }
            }
        }
    }

    /** As GitHub makes them. */
    private static Set<String> anchors(String text) {
        return HEADING.matcher(text)
                .results()
                .map(heading -> heading.group(1)
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\w\\s-]", "")
                        .replace(' ', '-'))
                .collect(Collectors.toSet());
    }

    @Test
    void everyCommandIsRunByCiOrATest() throws IOException {
        String ci = withoutValues(Files.readString(ROOT.resolve(".ci/run")));
        String tests = read(below(ROOT.resolve("arquillian-tests/src/test/java"), ".java"));
        for (Path page : pages()) {
            for (MatchResult block :
                    SHELL.matcher(Files.readString(page)).results().toList()) {
                for (String line : block.group(1).split("\n")) {
                    String command = withoutValues(line).strip();
                    assertThat(command.isEmpty() || isRun(command, ci, tests))
                            .as("%s: %s", page, line)
                            .isTrue();
                }
            }
        }
    }

    private static boolean isRun(String command, String ci, String tests) {
        if (command.startsWith("mvn ")) {
            String options = command.substring("mvn ".length());
            return ci.lines().anyMatch(line -> line.endsWith(" " + options))
                    || tests.contains("What {@code mvn " + options + "} runs");
        }
        if (command.startsWith("echo ")) {
            // A parameter, which the tests give too.
            return tests.contains(command.replaceFirst("echo (\"[^=]+)=.*", "$1\""));
        }
        return Stream.of("--file=", "--command=")
                .filter(command::contains)
                .map(option -> command.substring(command.indexOf(option) + option.length())
                        .replace("\"", ""))
                .map(what -> what.replaceFirst(".*[/:]", ""))
                .anyMatch(what -> tests.contains('"' + what + '"') || tests.contains(what + " "));
    }

    private static String withoutValues(String text) {
        return text.lines()
                .map(line -> VALUE.matcher(line).replaceAll("").strip())
                .collect(Collectors.joining("\n"));
    }

    private static Set<String> matches(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(MatchResult::group).collect(Collectors.toCollection(TreeSet::new));
    }

    private static List<Path> pages() throws IOException {
        return Stream.concat(
                        Stream.of(README, ROOT.resolve("CONTRIBUTING.md"), ROOT.resolve("CHANGELOG.md")),
                        below(DOCS, ".md").stream())
                .toList();
    }

    private static List<Path> below(Path directory, String suffix) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(file -> file.toString().endsWith(suffix))
                    .sorted()
                    .toList();
        }
    }

    private static String read(List<Path> files) throws IOException {
        StringBuilder text = new StringBuilder();
        for (Path file : files) {
            text.append(Files.readString(file)).append('\n');
        }
        return text.toString();
    }
}
