/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.bench.report;

import java.util.List;

/** The answer to one question. Immutable. */
public record Section(String title, String text, List<Table> tables, List<Bars> charts, List<Aim> aims) {}
