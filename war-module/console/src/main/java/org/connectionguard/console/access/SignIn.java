/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.console.access;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;

/**
 * Whether anybody can sign in at this console. That nobody can is known of WildFly only, and of one kind of security domain: all
 * of whose realms are files without a user, or know no passwords, as on a WildFly to which nobody has added a user. Of whatever
 * else there may be it is taken that somebody can. Asked anew each time, since users are added while the server runs. For any
 * thread.
 *
 * @param application as WildFly names this deployment
 */
public record SignIn(MBeanServer server, String application) {
    private static final String DOMAINS = "jboss.as:subsystem=undertow,application-security-domain=*";
    private static final String ELYTRON = "jboss.as:subsystem=elytron,";

    public boolean isPossible() {
        try {
            Set<ObjectName> domains = server.queryNames(new ObjectName(DOMAINS), null);
            Optional<ObjectName> ours = Optional.empty();
            for (ObjectName domain : domains) {
                if (isOurs(domain)) {
                    ours = Optional.of(domain);
                }
            }
            return ours.isEmpty() || hasUsers(ours.get());
        } catch (JMException | IOException | RuntimeException e) {
            // Another server, another generation of WildFly, or we may not look.
            return true;
        }
    }

    private boolean isOurs(ObjectName domain) throws JMException {
        return server.getAttribute(domain, "referencingDeployments") instanceof String[] deployments
                && Stream.of(deployments).anyMatch(application::equals);
    }

    private boolean hasUsers(ObjectName domain) throws JMException, IOException {
        boolean further =
                !server.queryNames(new ObjectName(domain + ",setting=*"), null).isEmpty();
        Optional<String> securityDomain = text(domain, "securityDomain");
        if (further || text(domain, "httpAuthenticationFactory").isPresent() || securityDomain.isEmpty()) {
            return true;
        }
        ObjectName elytron = name("security-domain", securityDomain.get());
        if (text(elytron, "trustedSecurityDomains").isPresent()
                || text(elytron, "trustedVirtualSecurityDomains").isPresent()
                || !(server.getAttribute(elytron, "realms") instanceof CompositeData[] realms)) {
            return true;
        }
        for (CompositeData realm : realms) {
            if (hasUsers(realm.get("realm").toString())) {
                return true;
            }
        }
        return false;
    }

    /** Of a realm of Elytron. One that only names an identity has no password that anybody could send. */
    private boolean hasUsers(String realm) throws JMException, IOException {
        if (server.isRegistered(name("identity-realm", realm))) {
            return false;
        }
        ObjectName properties = name("properties-realm", realm);
        return !server.isRegistered(properties)
                || !(server.getAttribute(properties, "usersProperties") instanceof CompositeData file)
                || hasUsers(file);
    }

    private static boolean hasUsers(CompositeData file) throws IOException {
        Path path = Path.of(file.get("path").toString());
        String relativeTo = Optional.ofNullable(file.get("relative-to"))
                .map(Object::toString)
                .orElse("");
        if (!relativeTo.isEmpty()) {
            String base = System.getProperty(relativeTo, "");
            if (base.isEmpty()) {
                return true;
            }
            path = Path.of(base).resolve(path);
        }
        try (Stream<String> lines = Files.lines(path)) {
            return lines.map(String::strip).anyMatch(line -> !line.isEmpty() && !line.startsWith("#"));
        }
    }

    private Optional<String> text(ObjectName bean, String attribute) throws JMException {
        return Optional.ofNullable(server.getAttribute(bean, attribute)).map(Object::toString);
    }

    private static ObjectName name(String kind, String name) throws MalformedObjectNameException {
        return new ObjectName(ELYTRON + kind + "=" + name);
    }
}
