/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.console.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.MBeanServerFactory;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;
import javax.management.openmbean.CompositeDataSupport;
import javax.management.openmbean.CompositeType;
import javax.management.openmbean.OpenType;
import javax.management.openmbean.SimpleType;
import org.connectionguard.console.Bean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SignInTest {
    private static final String APPLICATION = "jboss.as:subsystem=undertow,application-security-domain=other";
    private static final String DOMAIN = "jboss.as:subsystem=elytron,security-domain=ApplicationDomain";
    private static final String REALM = "jboss.as:subsystem=elytron,properties-realm=ApplicationRealm";

    private final MBeanServer server = MBeanServerFactory.newMBeanServer();
    private final SignIn signIn = new SignIn(server, "console.war");

    @TempDir
    private Path directory;

    /** A WildFly as it is delivered. */
    @BeforeEach
    void asDelivered() throws Exception {
        users("# name=digest", "#admin=2a0923285184943425d1f53ddd58ec7a", "");
        register(APPLICATION, Map.of("securityDomain", "ApplicationDomain", "referencingDeployments", new String[] {
            "shop.war", "console.war"
        }));
        register(DOMAIN, Map.of("realms", new CompositeData[] {
            data(Map.of("realm", "ApplicationRealm")), data(Map.of("realm", "local"))
        }));
        register("jboss.as:subsystem=elytron,identity-realm=local", Map.of("identity", "$local"));
        register(REALM, Map.of("usersProperties", file("users.properties")));
    }

    private void users(String... lines) throws IOException {
        Files.write(directory.resolve("users.properties"), List.of(lines));
    }

    private CompositeData file(String name) throws JMException {
        return data(Map.of("path", directory.resolve(name).toString()));
    }

    private static CompositeData data(Map<String, String> values) throws JMException {
        Map<String, String> all = new HashMap<>(values);
        all.putIfAbsent("relative-to", null);
        String[] names = all.keySet().toArray(String[]::new);
        OpenType<?>[] types = new OpenType<?>[names.length];
        Arrays.fill(types, SimpleType.STRING);
        return new CompositeDataSupport(new CompositeType("data", "data", names, names, types), all);
    }

    private void register(String name, Map<String, Object> values) throws JMException {
        server.registerMBean(Bean.of(values), new ObjectName(name));
    }

    private void change(String name, Map<String, Object> values) throws JMException {
        server.unregisterMBean(new ObjectName(name));
        register(name, values);
    }

    @Test
    void asDeliveredNobodyCan() {
        assertThat(signIn.isPossible()).isFalse();
    }

    @Test
    void aUserCanFromTheMomentOn() throws Exception {
        users("# name=digest", "me=2a0923285184943425d1f53ddd58ec7a");
        assertThat(signIn.isPossible()).isTrue();
    }

    @Test
    void thatNobodyCanIsKnownOnlyOfOurOwnDomain() {
        assertThat(new SignIn(server, "").isPossible()).isTrue();
        assertThat(new SignIn(server, "other.war").isPossible()).isTrue();
        assertThat(new SignIn(MBeanServerFactory.newMBeanServer(), "console.war").isPossible())
                .isTrue();
    }

    @Test
    void whereUsersComeFromSomethingElseSomebodyCan() throws Exception {
        change(DOMAIN, Map.of("realms", new CompositeData[] {
            data(Map.of("realm", "ApplicationRealm")), data(Map.of("realm", "directory"))
        }));
        assertThat(signIn.isPossible()).isTrue();
        change(DOMAIN, Map.of());
        assertThat(signIn.isPossible()).isTrue();
        change(
                DOMAIN,
                Map.of(
                        "realms",
                        new CompositeData[] {data(Map.of("realm", "ApplicationRealm"))},
                        "trustedSecurityDomains",
                        new String[] {"another"}));
        assertThat(signIn.isPossible()).isTrue();
    }

    @Test
    void whereTheirFileCannotBeReadSomebodyCan() throws Exception {
        change(REALM, Map.of("usersProperties", file("nowhere.properties")));
        assertThat(signIn.isPossible()).isTrue();
        change(
                REALM,
                Map.of("usersProperties", data(Map.of("path", "users.properties", "relative-to", "no.such.base"))));
        assertThat(signIn.isPossible()).isTrue();
    }

    @Test
    void whereAnotherWayLeadsInSomebodyCan() throws Exception {
        register(APPLICATION + ",setting=single-sign-on", Map.of());
        assertThat(signIn.isPossible()).isTrue();
        server.unregisterMBean(new ObjectName(APPLICATION + ",setting=single-sign-on"));
        change(
                APPLICATION,
                Map.of(
                        "securityDomain",
                        "ApplicationDomain",
                        "httpAuthenticationFactory",
                        "their-own",
                        "referencingDeployments",
                        new String[] {"console.war"}));
        assertThat(signIn.isPossible()).isTrue();
    }
}
