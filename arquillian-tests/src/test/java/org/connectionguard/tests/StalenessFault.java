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
        @Override
        void happens() throws SQLException {
            Sessions.execute("set global wait_timeout = 1");
            // A session takes the value when it begins.
            Management.flushAllPools();
        }

        @Override
        void ends() throws SQLException {
            Sessions.execute("set global wait_timeout = 28800");
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

    /** Takes back what would go on. */
    void ends() throws SQLException {
        // Most are over at once.
    }
}
