/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests;

import java.sql.SQLException;
import java.util.Set;
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
                Set<Long> before = Sessions.present();
                Management.flushAllPools();
                Management.connectPools("legacy-");
                // Others may come meanwhile, again and again: XA recovery's.
                Set<Long> own = Sessions.present();
                own.removeAll(before);
                Sessions.awaitEndOf(own);
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
