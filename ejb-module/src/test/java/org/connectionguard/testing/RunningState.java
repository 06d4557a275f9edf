/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.testing;

import java.lang.management.ManagementFactory;
import java.util.concurrent.atomic.AtomicInteger;
import javax.management.AttributeChangeNotification;
import javax.management.JMException;
import javax.management.ListenerNotFoundException;
import javax.management.MBeanServer;
import javax.management.Notification;
import javax.management.NotificationBroadcasterSupport;
import javax.management.NotificationFilter;
import javax.management.NotificationListener;
import javax.management.ObjectName;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** WildFly's MBean that tells the server's state, for the time of one test. */
public final class RunningState implements BeforeEachCallback, AfterEachCallback {
    private static final String NAME = "jboss.root:type=state";

    /** By the rule that JMX names standard MBeans by. */
    public interface StateMBean {
        String getRunningState();
    }

    /** The MBean. */
    public static final class State extends NotificationBroadcasterSupport implements StateMBean {
        private final AtomicInteger listeners = new AtomicInteger();
        private final AtomicInteger ever = new AtomicInteger();

        @Override
        public String getRunningState() {
            return "running";
        }

        @Override
        public void addNotificationListener(NotificationListener listener, NotificationFilter filter, Object handback) {
            listeners.incrementAndGet();
            ever.incrementAndGet();
            super.addNotificationListener(listener, filter, handback);
        }

        @Override
        public void removeNotificationListener(NotificationListener listener) throws ListenerNotFoundException {
            super.removeNotificationListener(listener);
            listeners.decrementAndGet();
        }
    }

    private final MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
    private final State state = new State();

    @Override
    public void beforeEach(ExtensionContext context) throws JMException {
        beans.registerMBean(state, new ObjectName(NAME));
    }

    @Override
    public void afterEach(ExtensionContext context) throws JMException {
        if (beans.isRegistered(new ObjectName(NAME))) {
            unregister();
        }
    }

    public void unregister() throws JMException {
        beans.unregisterMBean(new ObjectName(NAME));
    }

    /** How many are told at present. */
    public int listeners() {
        return state.listeners.get();
    }

    /** How many have been told at any time. */
    public int everListened() {
        return state.ever.get();
    }

    /** Tells all of them, on the calling thread. */
    public void becomes(String runningState) {
        state.sendNotification(notification(runningState));
    }

    public Notification notification(String runningState) {
        return new AttributeChangeNotification(
                NAME, 1, 0, "It has changed", "RunningState", String.class.getName(), "before", runningState);
    }
}
