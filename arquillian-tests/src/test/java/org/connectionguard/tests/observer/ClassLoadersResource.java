/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests.observer;

import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.lang.management.ManagementFactory;
import javax.management.JMException;
import javax.management.ObjectName;

/** Tells which class loaders the garbage collection has left. */
@Path("class-loaders")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class ClassLoadersResource {
    /** How many there are of a deployment: one is that of the deployment itself, each other is one that was forgotten. */
    @GET
    public long of(@QueryParam("deployment") String name) throws JMException {
        System.gc();
        String all = (String) ManagementFactory.getPlatformMBeanServer()
                .invoke(
                        new ObjectName("com.sun.management:type=DiagnosticCommand"),
                        "vmClassloaders",
                        new Object[] {new String[0]},
                        new String[] {String[].class.getName()});
        return all.lines()
                .filter(line -> line.contains("\"deployment." + name + "\""))
                .count();
    }
}
