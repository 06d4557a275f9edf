/* SPDX-License-Identifier: Apache-2.0 */
/** A driver that goes wrong when a test wants it to. In a jar of its own, a module of the server. */
package org.connectionguard.tests.driver;
