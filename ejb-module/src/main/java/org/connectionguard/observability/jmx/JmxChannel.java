/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.observability.jmx;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.management.InstanceAlreadyExistsException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.connectionguard.DataSourceStatus;
import org.connectionguard.GuardEvent;
import org.connectionguard.GuardEvent.OfDataSource;
import org.connectionguard.GuardEvent.OfJob;
import org.connectionguard.GuardEvent.TurnedAway;
import org.connectionguard.JobStatus;
import org.connectionguard.message.Messages;
import org.connectionguard.observability.Channel;
import org.connectionguard.statistics.Overview;

/**
 * MBeans of one deployment, its jobs and its data sources: {@code org.connectionguard:type=Guard|DataSource|Job}. They read the
 * statistics when they are read themselves. Jobs and data sources that come later get theirs with their first event. For any
 * thread.
 */
public final class JmxChannel implements Channel {
    private static final Logger LOG = System.getLogger("org.connectionguard");

    /** More of one deployment are not there at once; a server that says so is out of order. */
    private static final int COPIES = 100;

    private final MBeanServer server;
    private final Overview overview;
    private final Operations operations;

    // What has its MBean, or could not get it.
    private final Set<String> jobs = ConcurrentHashMap.newKeySet();
    private final Set<String> dataSources = ConcurrentHashMap.newKeySet();

    private final AtomicBoolean refusalTold = new AtomicBoolean();

    /** Under which number all names were free so far. */
    private volatile int copy = 1;

    // Guarded by the list.
    private final List<ObjectName> registered = new ArrayList<>();
    private boolean closed;

    private JmxChannel(MBeanServer server, Overview overview, Operations operations) {
        this.server = server;
        this.overview = overview;
        this.operations = operations;
    }

    /** Registers what there is with the server that everybody looks at. */
    public static JmxChannel open(Overview overview, Operations operations) {
        return open(ManagementFactory.getPlatformMBeanServer(), overview, operations);
    }

    /** The same with another one. */
    static JmxChannel open(MBeanServer server, Overview overview, Operations operations) {
        JmxChannel channel = new JmxChannel(server, overview, operations);
        channel.register("type=Guard," + channel.deployment(), new GuardView(overview, operations));
        overview.dataSources().stream().map(DataSourceStatus::name).forEach(channel::dataSource);
        overview.jobs().stream().map(JobStatus::name).forEach(channel::job);
        return channel;
    }

    @Override
    public void heard(GuardEvent event) {
        if (event instanceof TurnedAway) {
            // Its run has begun, and need not name a data source.
            return;
        }
        if (event instanceof OfJob ofJob) {
            job(ofJob.job());
        } else if (event instanceof OfDataSource ofSource) {
            dataSource(ofSource.dataSource());
        }
    }

    private void job(String name) {
        // Asked at each run: the set is read without a lock, and written once.
        if (!jobs.contains(name) && jobs.add(name)) {
            register(keys("Job", name), new JobView(overview, operations, name));
        }
    }

    private void dataSource(String name) {
        if (!dataSources.contains(name) && dataSources.add(name)) {
            register(keys("DataSource", name), new DataSourceView(overview, operations, name));
        }
    }

    private String keys(String type, String name) {
        return "type=" + type + "," + deployment() + ",name=" + ObjectName.quote(name);
    }

    private String deployment() {
        return "deployment=" + ObjectName.quote(overview.deployment());
    }

    /** A server that will not have it is left alone: nobody is to suffer for being watched. */
    private void register(String keys, Object bean) {
        try {
            keep(registerFree("org.connectionguard:" + keys, bean));
        } catch (JMException | RuntimeException e) {
            if (refusalTold.compareAndSet(false, true)) {
                LOG.log(Level.WARNING, Messages.notTold(e));
            }
        }
    }

    /** The name may be taken: by a second library in the same EAR, or by a deployment that is about to go. */
    private ObjectName registerFree(String name, Object bean) throws JMException {
        for (int number = copy; number < COPIES; number++) {
            try {
                String own = number == 1 ? name : name + ",copy=" + ObjectName.quote(String.valueOf(number));
                ObjectName given =
                        server.registerMBean(bean, new ObjectName(own)).getObjectName();
                copy = number;
                return given;
            } catch (InstanceAlreadyExistsException e) {
                // Perhaps under the next number.
            }
        }
        throw new InstanceAlreadyExistsException(name);
    }

    /** The server tells others of it meanwhile, so that it is not registered under a lock: it may be all over by now. */
    private void keep(ObjectName name) {
        boolean over;
        synchronized (registered) {
            over = closed;
            if (!over) {
                registered.add(name);
            }
        }
        if (over) {
            unregister(name);
        }
    }

    @Override
    public void close() {
        List<ObjectName> all;
        synchronized (registered) {
            closed = true;
            all = List.copyOf(registered);
            registered.clear();
        }
        all.forEach(this::unregister);
    }

    private void unregister(ObjectName name) {
        try {
            server.unregisterMBean(name);
        } catch (JMException | RuntimeException e) {
            // Somebody has taken it away before us, which is as well.
            LOG.log(Level.DEBUG, Messages.notTold(e));
        }
    }
}
