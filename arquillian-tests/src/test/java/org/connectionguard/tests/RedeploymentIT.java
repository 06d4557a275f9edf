/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests;

import java.sql.SQLException;
import org.connectionguard.tests.server.Observer;
import org.connectionguard.tests.server.Protection;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The guard holds nothing of an application that is gone. The twin without it says what the server itself holds. */
@Tag("any-database")
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class RedeploymentIT {
    @Deployment(testable = false)
    static WebArchive observer() {
        return Observer.archive();
    }

    @Test
    void noClassLoaderIsLeftThatTheServerItselfWouldNotLeave() throws SQLException {
        RedeploymentTrial.of(Protection.NONE, Protection.DROP_IN, Protection.DESCRIPTOR)
                .leavesNoClassLoaderThatTheServerItselfWouldNotLeave();
    }
}
