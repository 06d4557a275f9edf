/* SPDX-License-Identifier: Apache-2.0 */
/** Tables, charts and aims, and how they become Markdown, CSV and SVG. Knows nothing of what was measured. */
package org.connectionguard.bench.report;
