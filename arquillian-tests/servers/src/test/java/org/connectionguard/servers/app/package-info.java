/* SPDX-License-Identifier: Apache-2.0 */
/** The application whose jobs are watched on every server; it uses Jakarta EE and nothing of a server's. */
package org.connectionguard.servers.app;
