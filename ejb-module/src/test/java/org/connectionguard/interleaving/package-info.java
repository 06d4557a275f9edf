/* SPDX-License-Identifier: Apache-2.0 */
/**
 * A model checker for what threads share: runs a test again and again, its threads one at a time, each time in another order.
 * Knows nothing of what it checks but the names of the packages.
 */
package org.connectionguard.interleaving;
