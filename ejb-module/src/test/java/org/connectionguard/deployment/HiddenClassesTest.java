/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.enterprise.inject.spi.Extension;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.connectionguard.testing.Log;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HiddenClassesTest {
    private static final String NONE =
            "<beans xmlns=\"https://jakarta.ee/xml/ns/jakartaee\" bean-discovery-mode=\"none\"/>";

    @RegisterExtension
    private final Log log = new Log();

    @TempDir
    private Path folder;

    private Path webInf;

    /** Stands for the library's. */
    static final class Part {}

    @BeforeEach
    void application() throws IOException {
        webInf = folder.resolve("jobs.war/WEB-INF");
        Files.createDirectories(webInf.resolve("lib"));
        Files.createDirectories(webInf.resolve("classes/META-INF"));
        String name = Part.class.getName().replace('.', '/') + ".class";
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(webInf.resolve("lib/library.jar")));
                InputStream content = Part.class.getClassLoader().getResourceAsStream(name)) {
            out.putNextEntry(new JarEntry(name));
            content.transferTo(out);
            out.closeEntry();
        }
    }

    /** Stands for one of the application's. */
    static final class Job {}

    /** The container counts it among the beans. */
    static final class OwnExtension implements Extension {}

    private static void pack(Class<?> type, Path classes) throws IOException {
        String name = type.getName().replace('.', '/') + ".class";
        Files.createDirectories(classes.resolve(name).getParent());
        try (InputStream content = type.getClassLoader().getResourceAsStream(name)) {
            Files.copy(content, classes.resolve(name));
        }
    }

    /** What an application sees beside its own classes. */
    private static final class Server extends ClassLoader {
        Server() {
            super(null);
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            if (!name.startsWith("jakarta.")) {
                throw new ClassNotFoundException(name);
            }
            return HiddenClassesTest.class.getClassLoader().loadClass(name);
        }
    }

    private void tellOfBeans(Class<?>... beans) throws Exception {
        URL library = webInf.resolve("lib/library.jar").toUri().toURL();
        URL classes = webInf.resolve("classes/").toUri().toURL();
        pack(Job.class, webInf.resolve("classes"));
        pack(OwnExtension.class, webInf.resolve("classes"));
        try (URLClassLoader application = new URLClassLoader(new URL[] {library, classes}, new Server())) {
            List<Class<?>> known = new ArrayList<>(List.of(Test.class));
            for (Class<?> bean : beans) {
                known.add(application.loadClass(bean.getName()));
            }
            HiddenClasses.tellIfThereAreNoBeans(application.loadClass(Part.class.getName()), known.stream());
        }
    }

    @Test
    void anApplicationOfWhichCdiKnowsOnlyTheLibraryIsToldSo() throws Exception {
        tellOfBeans(Part.class, OwnExtension.class);
        assertThat(log.lines())
                .singleElement(InstanceOfAssertFactories.STRING)
                .startsWith("WARNING CG0122 CDI knows no bean of the application that has ")
                .contains("library.jar in it", "Give it a beans.xml");
    }

    @Test
    void oneOfWhichItKnowsABeanIsNot() throws Exception {
        tellOfBeans(Part.class, Job.class);
        assertThat(log.lines()).isEmpty();
    }

    @Test
    void whereAFileSaysThatNoneIsToBeKnownItIsNotSaidAgain() throws Exception {
        Files.writeString(webInf.resolve("beans.xml"), NONE);
        tellOfBeans(Part.class);
        assertThat(log.lines()).isEmpty();
    }

    private void tell() throws IOException, ClassNotFoundException {
        URL library = webInf.resolve("lib/library.jar").toUri().toURL();
        try (URLClassLoader application = new URLClassLoader(new URL[] {library}, null)) {
            HiddenClasses.tell(application.loadClass(Part.class.getName()));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"beans.xml", "classes/META-INF/beans.xml"})
    void anApplicationThatKeepsCdiFromItsClassesIsToldSo(String place) throws Exception {
        Files.writeString(webInf.resolve(place), NONE);
        tell();
        assertThat(log.lines())
                .singleElement(InstanceOfAssertFactories.STRING)
                .startsWith("WARNING CG0122 " + webInf.resolve(place).toUri().toURL()
                        + " says bean-discovery-mode=\"none\"")
                .contains("Write bean-discovery-mode=\"annotated\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<beans/>",
                "<beans bean-discovery-mode=\"annotated\"/>",
                "<beans bean-discovery-mode=\"all\"/>"
            })
    void oneThatDoesNotHearsNothing(String content) throws Exception {
        Files.writeString(webInf.resolve("beans.xml"), content);
        tell();
        assertThat(log.lines()).isEmpty();
    }

    @Test
    void oneWithoutSuchAFileHearsNothing() throws Exception {
        tell();
        HiddenClasses.tell(Part.class);
        assertThat(log.lines()).isEmpty();
    }

    @Test
    void aFileThatCannotBeReadCountsAsNoneAndIsSaid() throws Exception {
        Files.writeString(webInf.resolve("beans.xml"), NONE.replace("/>", ">"));
        tell();
        assertThat(log.lines())
                .singleElement(InstanceOfAssertFactories.STRING)
                .startsWith(
                        "WARNING CG0007 " + webInf.resolve("beans.xml").toUri().toURL() + " cannot be read: ");
    }
}
