/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests.watched;

import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;
import java.lang.management.ManagementFactory;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.StandardMBean;
import org.connectionguard.observability.jmx.GuardMXBean;
import org.connectionguard.observability.jmx.JobMXBean;

/** A thousand jobs in fifty deployments, as the console would see them. Ten of them have run each time that one looks. */
@WebListener
public class Crowd implements ServletContextListener {
    /** How many jobs. */
    public static final int JOBS = 1000;

    private static final int DEPLOYMENTS = 50;
    private static final int BUSY = 10;

    private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    private final List<ObjectName> registered = new ArrayList<>();

    @Override
    public void contextInitialized(ServletContextEvent event) {
        try {
            for (int deployment = 0; deployment < DEPLOYMENTS; deployment++) {
                register(
                        "type=Guard," + name(deployment),
                        GuardMXBean.class,
                        (proxy, method, arguments) -> answer(method.getReturnType(), method.getName(), "crowd", false));
            }
            for (int job = 0; job < JOBS; job++) {
                String name = "Job" + job + ".run";
                boolean busy = job < BUSY;
                register(
                        "type=Job," + name(job % DEPLOYMENTS) + ",name=" + ObjectName.quote(name),
                        JobMXBean.class,
                        (proxy, method, arguments) -> answer(method.getReturnType(), method.getName(), name, busy));
            }
        } catch (JMException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String name(int deployment) {
        return "deployment=" + ObjectName.quote("crowd-" + deployment);
    }

    private <T> void register(String keys, Class<T> type, InvocationHandler handler) throws JMException {
        T bean = type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
        registered.add(
                server.registerMBean(new StandardMBean(bean, type, true), new ObjectName("org.connectionguard:" + keys))
                        .getObjectName());
    }

    private static Object answer(Class<?> type, String method, String name, boolean busy) {
        long now = busy ? System.currentTimeMillis() : 1_700_000_000_000L;
        return switch (method) {
            case "getName", "getDeployment" -> name;
            case "getSchedule" -> "daily at 02:00:00";
            case "getProtection" -> "GUARDED";
            case "getProtectionReason" -> "@ValidConnections";
            case "getHistory" ->
                IntStream.range(0, 100).mapToObj(run -> run(now, run)).toArray(JobMXBean.PastRun[]::new);
            case "getLastStart", "getLastSuccess", "getSince" -> now;
            default ->
                type == String.class
                        ? ""
                        : type == boolean.class ? (Object) false : type == int.class ? (Object) 0 : (Object) 0L;
        };
    }

    private static JobMXBean.PastRun run(long now, int run) {
        return (JobMXBean.PastRun) Proxy.newProxyInstance(
                JobMXBean.class.getClassLoader(),
                new Class<?>[] {JobMXBean.PastRun.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "getStart" -> now - 1000L * (100 - run);
                    case "getMillis", "getGuardedMillis" -> 5L;
                    case "getEvicted" -> 0;
                    case "getOutcome" -> "RAN";
                    default -> "";
                });
    }

    @Override
    public void contextDestroyed(ServletContextEvent event) {
        try {
            for (ObjectName name : registered) {
                server.unregisterMBean(name);
            }
        } catch (JMException e) {
            throw new IllegalStateException(e);
        }
    }
}
