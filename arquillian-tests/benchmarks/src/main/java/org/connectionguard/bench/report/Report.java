/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.bench.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** All answers of a run, as files. For one thread. */
public final class Report {
    private final String head;
    private final String tail;
    private final List<Section> sections = new ArrayList<>();

    /** Between the two texts stands what was measured. */
    public Report(String head, String tail) {
        this.head = head;
        this.tail = tail;
    }

    public void add(Section section) {
        sections.add(section);
    }

    /** All that was aimed at, as a table to print. */
    public String aims() {
        return text(aimTable());
    }

    /**
     * Writes everything.
     *
     * @param markdown the file that holds the text
     * @param directory gets the charts and CSV files, below the text's own directory
     */
    public void write(Path markdown, Path directory) throws IOException {
        Files.createDirectories(directory);
        Files.createDirectories(markdown.getParent());
        String link = markdown.getParent().relativize(directory).toString().replace('\\', '/');
        StringBuilder text = new StringBuilder(head);
        text.append("## Aims\n\n").append(text(aimTable()));
        for (Section section : sections) {
            text.append("\n## ")
                    .append(section.title())
                    .append("\n\n")
                    .append(section.text())
                    .append("\n");
            for (Table table : section.tables()) {
                Files.writeString(directory.resolve(table.name() + ".csv"), csv(table));
                text.append("\n").append(table.title()).append("\n\n").append(text(table));
            }
            for (Bars bars : section.charts()) {
                Charts.write(bars, directory);
                text.append("\n![")
                        .append(bars.title())
                        .append("](")
                        .append(link)
                        .append('/');
                text.append(bars.name()).append(".svg)\n");
            }
        }
        Files.writeString(markdown, text.append("\n").append(tail).toString());
    }

    private Table aimTable() {
        List<List<String>> rows = new ArrayList<>();
        for (Section section : sections) {
            for (Aim aim : section.aims()) {
                String verdict =
                        aim.met() ? "met" : "**missed**" + (aim.reason().isEmpty() ? "" : ": " + aim.reason());
                rows.add(List.of(section.title(), aim.aim(), aim.measured(), verdict));
            }
        }
        return new Table("aims", "", List.of("question", "aim", "measured", ""), rows);
    }

    private static String text(Table table) {
        return line(table.header())
                + line(table.header().stream().map(cell -> "---").toList())
                + table.rows().stream().map(Report::line).collect(Collectors.joining());
    }

    private static String line(List<String> cells) {
        return cells.stream().collect(Collectors.joining(" | ", "| ", " |\n"));
    }

    private static String csv(Table table) {
        List<List<String>> lines = new ArrayList<>();
        lines.add(table.header());
        lines.addAll(table.rows());
        return lines.stream()
                .map(cells -> cells.stream()
                        .map(cell -> '"' + cell.replace("\"", "\"\"") + '"')
                        .collect(Collectors.joining(",")))
                .collect(Collectors.joining("\n", "", "\n"));
    }
}
