/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.descriptor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.assertj.core.api.OptionalAssert;
import org.connectionguard.testing.Log;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class ResourceMappingsTest {
    private static final String DEFAULT = "java:comp/DefaultDataSource";

    @RegisterExtension
    private final Log log = new Log();

    @TempDir
    private Path archive;

    static class Repository {}

    @BeforeEach
    void pack() throws IOException {
        String name = Repository.class.getName().replace('.', '/') + ".class";
        Path file = archive.resolve(name);
        Files.createDirectories(file.getParent());
        try (InputStream content = Repository.class.getClassLoader().getResourceAsStream(name)) {
            Files.copy(content, file);
        }
        Files.createDirectories(archive.resolve("META-INF"));
    }

    private void descriptor(String file, String references) throws IOException {
        Files.writeString(
                archive.resolve("META-INF").resolve(file),
                "<jboss:ejb-jar xmlns:jboss=\"urn:x\" xmlns=\"https://jakarta.ee/xml/ns/jakartaee\">" + references
                        + "</jboss:ejb-jar>");
    }

    private static String reference(String name, String target) {
        return "<session><resource-ref><res-ref-name>" + name + "</res-ref-name>" + target
                + "</resource-ref></session>";
    }

    private OptionalAssert<String> assertTarget(String name) throws IOException {
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {archive.toUri().toURL()}, null)) {
            return assertThat(ResourceMappings.target(loader.loadClass(Repository.class.getName()), name, DEFAULT));
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void withoutDescriptorItIsWhatTheAnnotationSays() throws IOException {
        assertTarget("java:comp/env/jdbc/x").contains(DEFAULT);
    }

    @Test
    void aDescriptorMapsItAndTheServersOwnComesFirst() throws IOException {
        descriptor("ejb-jar.xml", reference("jdbc/x", "<lookup-name>java:/Standard</lookup-name>"));
        assertTarget("java:comp/env/jdbc/x").contains("java:/Standard");
        descriptor("jboss-ejb3.xml", reference("jdbc/x", "<jndi-name>java:/Servers</jndi-name>"));
        assertTarget("java:comp/env/jdbc/x").contains("java:/Servers");
        assertTarget("java:comp/env/jdbc/y").contains(DEFAULT);
    }

    @Test
    void anExpressionInItIsReplaced() throws IOException {
        descriptor("jboss-ejb3.xml", reference("jdbc/x", "<jndi-name>java:/${never.set:Otherwise}</jndi-name>"));
        assertTarget("java:comp/env/jdbc/x").contains("java:/Otherwise");
    }

    @Test
    void aNameThatBeansGiveDifferentMeaningsIsUnknown() throws IOException {
        descriptor(
                "jboss-ejb3.xml",
                reference("jdbc/x", "<jndi-name>java:/A</jndi-name>")
                        + reference("jdbc/x", "<jndi-name>java:/B</jndi-name>"));
        assertTarget("java:comp/env/jdbc/x").isEmpty();
    }

    @Test
    void whereAnotherServersDescriptorMayMapItItIsUnknown() throws IOException {
        descriptor("glassfish-ejb-jar.xml", "");
        assertTarget("java:comp/env/jdbc/x").isEmpty();
    }

    @Test
    void aDescriptorThatCannotBeReadCountsAsNoneAndIsSaid() throws IOException {
        Files.writeString(archive.resolve("META-INF/jboss-ejb3.xml"), "<jboss");
        assertTarget("java:comp/env/jdbc/x").contains(DEFAULT);
        assertThat(log.lines())
                .singleElement(InstanceOfAssertFactories.STRING)
                .contains("CG0007", "jboss-ejb3.xml cannot be read");
    }
}
