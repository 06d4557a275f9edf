/* SPDX-License-Identifier: Apache-2.0 */
/**
 * What happened: states, counters and the last runs, per data source and per job, taken from the {@code engine}'s events. Pure
 * Java SE. Knows {@code engine}, and what applications import.
 */
package org.connectionguard.statistics;
