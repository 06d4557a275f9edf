/* SPDX-License-Identifier: Apache-2.0 */
/** The console of a real server in a real Chromium, which is spoken to by its own protocol, without a driver between. */
package org.connectionguard.tests.console;
