/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.bench.report;

import java.awt.Color;
import java.io.IOException;
import java.nio.file.Path;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.VectorGraphicsEncoder;
import org.knowm.xchart.VectorGraphicsEncoder.VectorGraphicsFormat;
import org.knowm.xchart.style.Styler.LegendPosition;

/** Draws charts as SVG. Stateless. */
final class Charts {
    /** Characters; longer names of categories would run into each other. */
    private static final int SHORT = 14;

    private Charts() {}

    static void write(Bars bars, Path directory) throws IOException {
        CategoryChart chart = new CategoryChartBuilder()
                .width(900)
                .height(420)
                .title(bars.title())
                .yAxisTitle(bars.yTitle())
                .build();
        chart.getStyler().setLegendPosition(LegendPosition.OutsideE);
        chart.getStyler().setChartBackgroundColor(Color.WHITE);
        chart.getStyler().setAvailableSpaceFill(0.9);
        if (bars.categories().stream().anyMatch(category -> category.length() > SHORT)) {
            chart.getStyler().setXAxisLabelRotation(20);
        }
        bars.series().forEach((title, values) -> chart.addSeries(title, bars.categories(), values));
        VectorGraphicsEncoder.saveVectorGraphic(
                chart, directory.resolve(bars.name() + ".svg").toString(), VectorGraphicsFormat.SVG);
    }
}
