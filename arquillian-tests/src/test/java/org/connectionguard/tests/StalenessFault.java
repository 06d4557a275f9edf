/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests;

import java.sql.SQLException;
import org.connectionguard.tests.server.Management;
import org.connectionguard.tests.server.Sessions;
import org.connectionguard.tests.server.TestServers;

/** What makes pooled connections stale. */
enum StalenessFault {
    ALL_SESSIONS_KILLED {
        @Override
        void happens() throws SQLException {
            Sessions.killAll();
        }
    },
    WAIT_TIMEOUT_EXPIRED {
        /** Once: connections of later sessions last. */
        @Override
        void happens() throws SQLException {
            Sessions.execute("set global wait_timeout = 1");
            try {
                // A session takes the value when it begins.
                long before = Sessions.newest();
                Management.flushAllPools();
                Management.connectPools("legacy-");
                Sessions.awaitEndOfAllSince(before);
            } finally {
                Sessions.execute("set global wait_timeout = 28800");
            }
        }
    },
    DATABASE_RESTARTED {
        @Override
        void happens() {
            TestServers.database().stop();
            TestServers.database().start();
        }
    };

    abstract void happens() throws SQLException;
}
