/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.server;

import java.lang.management.ManagementFactory;
import java.util.Set;
import javax.management.AttributeChangeNotification;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.MalformedObjectNameException;
import javax.management.Notification;
import javax.management.NotificationListener;
import javax.management.ObjectName;

/**
 * Hears when the server is being suspended or stopped, and when it runs again, so that no job that waits for its database
 * holds that up. WildFly tells it by the attribute RunningState of the MBean {@code jboss.root:type=state}; elsewhere
 * nothing is heard, and undeployment ends the waits. Called by the server's threads.
 */
public final class ServerState implements NotificationListener, AutoCloseable {
    private static final Set<String> ENDING = Set.of("pre-suspend", "suspending", "suspended", "stopping", "stopped");

    private final Runnable ending;
    private final Runnable running;
    private final MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
    private boolean closed;

    /**
     * Listens from now on.
     *
     * @param ending to be called when the server begins to be suspended or stopped
     * @param running to be called when it runs again
     */
    public ServerState(Runnable ending, Runnable running) {
        this.ending = ending;
        this.running = running;
        try {
            beans.addNotificationListener(name(), this, null, null);
        } catch (InstanceNotFoundException e) {
            // Not a WildFly.
        }
    }

    @Override
    public synchronized void handleNotification(Notification notification, Object handback) {
        if (!closed
                && notification instanceof AttributeChangeNotification change
                && change.getAttributeName().equals("RunningState")) {
            (ENDING.contains(String.valueOf(change.getNewValue())) ? ending : running).run();
        }
    }

    /**
     * Hears no more; else the server would hold the application's classes after it is gone. When this returns, nobody is
     * being told anything either: what was on its way has come, or never comes.
     */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
        }
        try {
            beans.removeNotificationListener(name(), this);
        } catch (JMException e) {
            // It was not listening.
        }
    }

    private static ObjectName name() {
        try {
            return new ObjectName("jboss.root:type=state");
        } catch (MalformedObjectNameException e) {
            throw new IllegalStateException(e);
        }
    }
}
