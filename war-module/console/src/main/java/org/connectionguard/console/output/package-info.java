/* SPDX-License-Identifier: Apache-2.0 */
/** What is told, in the formats of those who read it: JSON for the page and for monitors, text for Prometheus. */
package org.connectionguard.console.output;
