/* SPDX-License-Identifier: Apache-2.0 */
/** Applications for the console to look at: some jobs of every fate, and a crowd of them. They run in the server. */
package org.connectionguard.tests.watched;
