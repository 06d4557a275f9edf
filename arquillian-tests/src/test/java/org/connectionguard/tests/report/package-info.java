/* SPDX-License-Identifier: Apache-2.0 */
/** Timers of every kind that a deployment report tells apart; none expires while a test runs. */
package org.connectionguard.tests.report;
