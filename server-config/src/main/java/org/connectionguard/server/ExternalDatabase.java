/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.server;

/** Somebody else's database: known by its address, never started or stopped here. */
record ExternalDatabase(String url, String user, String password) implements Database {
    @Override
    public void close() {
        // Not ours to end.
    }
}
