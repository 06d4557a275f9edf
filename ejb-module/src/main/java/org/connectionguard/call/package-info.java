/* SPDX-License-Identifier: Apache-2.0 */
/**
 * One guarded call: at which gates it is admitted, what its policy makes of a refusal, its transaction, and what is told of
 * its end. Knows {@code server} and what lies below it.
 */
package org.connectionguard.call;
