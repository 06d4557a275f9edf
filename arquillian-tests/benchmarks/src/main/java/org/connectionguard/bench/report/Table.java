/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.bench.report;

import java.util.List;

/** Rows below a header; also a CSV file. Immutable. */
public record Table(String name, String title, List<String> header, List<List<String>> rows) {
    public Table {
        header = List.copyOf(header);
        rows = rows.stream().map(List::copyOf).toList();
    }
}
