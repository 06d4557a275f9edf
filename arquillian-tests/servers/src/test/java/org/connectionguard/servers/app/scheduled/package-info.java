/* SPDX-License-Identifier: Apache-2.0 */
/** What of the application needs Jakarta Concurrency 3.1, and is left out where a server has an older one. */
package org.connectionguard.servers.app.scheduled;
