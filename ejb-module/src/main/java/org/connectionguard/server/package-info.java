/* SPDX-License-Identifier: Apache-2.0 */
/**
 * What differs between application servers, in one class each: transactions, timers' owners, suspension, names. Knows the
 * {@code engine}'s side of it, and the messages.
 */
package org.connectionguard.server;
