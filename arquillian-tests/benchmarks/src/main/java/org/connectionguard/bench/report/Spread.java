/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.bench.report;

import java.util.List;
import java.util.Locale;

/** One figure, as several rounds saw it. Immutable. */
public record Spread(double least, double median, double most) {
    /** Of the rounds' figures, at least one. */
    public static Spread of(List<Double> rounds) {
        List<Double> sorted = rounds.stream().sorted().toList();
        int middle = sorted.size() / 2;
        double median = sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
        return new Spread(sorted.get(0), median, sorted.get(sorted.size() - 1));
    }

    /** The median, with so many digits after the point. */
    public String middle(int digits) {
        return number(median, digits);
    }

    /** The median, and from where to where the rounds went. */
    public String text(int digits) {
        return number(median, digits) + " (" + number(least, digits) + "…" + number(most, digits) + ")";
    }

    /** How many times as much as another; a dash where the other is nothing that could be measured. */
    public static String ratio(double value, double other) {
        return other > 0 ? number(value / other, 2) : "–";
    }

    /** A number for a table. */
    public static String number(double value, int digits) {
        return String.format(Locale.ROOT, "%." + digits + "f", value);
    }
}
