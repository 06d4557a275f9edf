/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import javax.management.JMException;
import javax.management.Notification;
import javax.management.NotificationListener;
import org.connectionguard.testing.RunningState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ServerStateTest {
    @RegisterExtension
    private final RunningState server = new RunningState();

    private final List<String> heard = new ArrayList<>();

    private ServerState listen() {
        return new ServerState(() -> heard.add("ending"), () -> heard.add("running"));
    }

    @Test
    void suspensionStoppingAndRunningAreHeard() {
        listen();
        server.becomes("pre-suspend");
        server.becomes("running");
        server.becomes("stopping");
        assertThat(heard).containsExactly("ending", "running", "ending");
    }

    @Test
    void nothingIsHeardAfterTheEnd() {
        ServerState state = listen();
        assertThat(server.listeners()).isEqualTo(1);
        state.close();
        server.becomes("running");
        assertThat(heard).isEmpty();
        assertThat(server.listeners()).isZero();
        state.close();
    }

    /** The server may have begun to tell it before the listener was taken away. */
    @Test
    void whatWasOnItsWayWhenTheEndCameIsNotHeardEither() {
        ServerState state = listen();
        NotificationListener onItsWay = state;
        Notification running = server.notification("running");
        state.close();
        onItsWay.handleNotification(running, null);
        assertThat(heard).isEmpty();
    }

    @Test
    void whereThereIsNoWildFlyNothingIsHeardAndNothingFails() throws JMException {
        server.unregister();
        ServerState state = listen();
        state.close();
        assertThat(heard).isEmpty();
    }
}
