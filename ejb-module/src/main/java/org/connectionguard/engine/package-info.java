/* SPDX-License-Identifier: Apache-2.0 */
/**
 * The rules: who asks a data source, when, for how long, and what follows from the answer. Plain Java SE, without a
 * container; knows {@code pool}, {@code database}, {@code config} and the messages.
 */
package org.connectionguard.engine;
