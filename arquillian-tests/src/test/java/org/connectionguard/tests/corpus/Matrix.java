/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests.corpus;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The cells of one server, each a shape that was deployed in one way. For one thread. */
final class Matrix {
    private final Map<Shape, Map<Way, Verdict>> rows = new LinkedHashMap<>();
    private final Map<Shape, Outcome> controls = new LinkedHashMap<>();

    /** Its rows, in this order. */
    Matrix(List<Shape> shapes) {
        shapes.forEach(shape -> rows.put(shape, new EnumMap<>(Way.class)));
    }

    void putControl(Shape shape, Outcome outcome) {
        controls.put(shape, outcome);
    }

    /** What came of the shape without the library. */
    Outcome control(Shape shape) {
        return controls.get(shape);
    }

    void put(Shape shape, Way way, Verdict verdict) {
        rows.get(shape).put(way, verdict);
    }

    /** The rows of another one come behind. */
    void addAll(Matrix other) {
        rows.putAll(other.rows);
        controls.putAll(other.controls);
    }

    /** The cells where something is wrong. */
    List<String> red() {
        List<String> red = new ArrayList<>();
        rows.forEach((shape, cells) -> cells.forEach((way, verdict) -> {
            if (verdict.kind().isRed()) {
                red.add(shape.name() + ", " + way + ": " + verdict.kind() + " " + verdict.detail());
            }
        }));
        return red;
    }

    /** How many cells there are, but for those that cannot be. */
    long size() {
        return rows.values().stream()
                .flatMap(cells -> cells.values().stream())
                .filter(verdict -> verdict.kind() != Verdict.Kind.NOT_APPLICABLE)
                .count();
    }

    /** A table in Markdown, for a terminal too. */
    String table() {
        List<Way> ways =
                Stream.of(Way.values()).filter(way -> way != Way.CONTROL).toList();
        String head = "| shape | without | "
                + ways.stream().map(Way::toString).collect(Collectors.joining(" | ")) + " |\n|"
                + "---|".repeat(ways.size() + 2) + "\n";
        return rows.entrySet().stream()
                .map(row -> "| " + row.getKey().meaning() + " (" + row.getKey().name() + ") | "
                        + without(controls.get(row.getKey())) + " | "
                        + ways.stream()
                                .map(way -> row.getValue()
                                        .getOrDefault(way, Verdict.NOT_APPLICABLE)
                                        .kind()
                                        .toString())
                                .collect(Collectors.joining(" | "))
                        + " |\n")
                .collect(Collectors.joining("", head, ""));
    }

    private static String without(Outcome control) {
        if (!control.deployed()) {
            return "refused";
        }
        if (control.recoveries().isEmpty()) {
            return "no timer runs";
        }
        return control.recoveries().values().stream().allMatch(job -> job.state() == Outcome.State.HEALED)
                ? "loses a run"
                : "dies";
    }
}
