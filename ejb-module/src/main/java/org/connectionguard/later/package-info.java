/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Runs that were put off for want of a database: kept in mind, and made up when it is back. Knows {@code server} and the
 * {@code engine}.
 */
package org.connectionguard.later;
