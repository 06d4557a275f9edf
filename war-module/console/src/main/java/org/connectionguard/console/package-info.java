/* SPDX-License-Identifier: Apache-2.0 */
/** The console: {@code state} is read by JMX, {@code verdict} judges it, {@code output} writes it, {@code web} serves it. */
package org.connectionguard.console;
