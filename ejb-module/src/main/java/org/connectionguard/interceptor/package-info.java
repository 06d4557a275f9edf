/* SPDX-License-Identifier: Apache-2.0 */
/**
 * The Jakarta edge: the interceptor, the transaction it runs in, the checks at deployment, and the programmatic door. Knows
 * everything below; nothing knows it.
 */
package org.connectionguard.interceptor;
