/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.console.web;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.Servlet;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.ServletRegistration;
import java.lang.management.ManagementFactory;
import java.util.EnumSet;
import java.util.Optional;
import javax.management.MBeanServer;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import org.connectionguard.console.access.AccessFilter;
import org.connectionguard.console.access.SignIn;
import org.connectionguard.console.access.Token;
import org.connectionguard.console.output.Things;
import org.connectionguard.console.state.GuardReader;

/** Puts the console together when it is deployed, and ends it when it goes. For the server's deploying thread. */
public final class Application implements ServletContextListener {
    private Optional<Broadcast> broadcast = Optional.empty();

    @Override
    public void contextInitialized(ServletContextEvent event) {
        ServletContext context = event.getServletContext();
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        GuardReader reader = new GuardReader(server);
        Token token = new Token();
        Things things = new Things();
        Broadcast changes = new Broadcast(reader, things);
        broadcast = Optional.of(changes);
        changes.start();
        FilterRegistration.Dynamic access =
                context.addFilter("access", new AccessFilter(new SignIn(server, name())::isPossible));
        access.setAsyncSupported(true);
        access.addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), false, "/*");
        add(context, "state", new StateServlet(reader, things, token), "/api/state");
        add(context, "job", new JobServlet(reader), "/api/job");
        add(context, "action", new ActionServlet(reader, token), "/api/action");
        add(context, "events", new EventsServlet(changes), "/api/events").setAsyncSupported(true);
        add(context, "metrics", new MetricsServlet(reader, changes), "/metrics");
        add(context, "health", new HealthServlet(reader), "/health");
    }

    /** As the server names this deployment; empty where it does not say. */
    private static String name() {
        try {
            return InitialContext.doLookup("java:module/ModuleName") + ".war";
        } catch (NamingException e) {
            return "";
        }
    }

    private static ServletRegistration.Dynamic add(ServletContext context, String name, Servlet servlet, String path) {
        ServletRegistration.Dynamic registration = context.addServlet(name, servlet);
        registration.addMapping(path);
        return registration;
    }

    @Override
    public void contextDestroyed(ServletContextEvent event) {
        broadcast.ifPresent(Broadcast::close);
    }
}
