/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.bench.report;

import java.util.List;
import java.util.Map;

/**
 * A chart of bars.
 *
 * @param categories along the x axis
 * @param series by their title, each with one value for a category
 */
public record Bars(
        String name, String title, String yTitle, List<String> categories, Map<String, List<Double>> series) {}
