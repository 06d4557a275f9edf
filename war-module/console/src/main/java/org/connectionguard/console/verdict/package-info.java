/* SPDX-License-Identifier: Apache-2.0 */
/** What is to be said of a server's jobs, in sentences: page, health and tests say the same. Pure Java, knows only the state. */
package org.connectionguard.console.verdict;
