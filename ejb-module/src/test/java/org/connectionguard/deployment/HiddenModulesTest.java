/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.connectionguard.testing.Log;
import org.jboss.vfs.TempFileProvider;
import org.jboss.vfs.VFS;
import org.jboss.vfs.VFSUtils;
import org.jboss.vfs.VirtualFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is said of the modules of an EAR that has the library in its lib. */
class HiddenModulesTest {
    private static final String NONE = "<beans bean-discovery-mode=\"none\"/>";
    private static final String CLASS = Part.class.getName().replace('.', '/') + ".class";

    @RegisterExtension
    private final Log log = new Log();

    @TempDir
    private Path folder;

    /** Stands for the library's. */
    static final class Part {}

    private static void jar(Path place, String name, byte[] content) throws IOException {
        Files.createDirectories(place.getParent());
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(place))) {
            out.putNextEntry(new JarEntry(name));
            out.write(content);
            out.closeEntry();
        }
    }

    private static void library(Path place) throws IOException {
        try (InputStream content = Part.class.getClassLoader().getResourceAsStream(CLASS)) {
            jar(place, CLASS, content.readAllBytes());
        }
    }

    private static Path write(Path place, String content) throws IOException {
        Files.createDirectories(place.getParent());
        return Files.writeString(place, content);
    }

    private static void tell(URL library) throws IOException, ClassNotFoundException {
        try (URLClassLoader application = new URLClassLoader(new URL[] {library}, null)) {
            HiddenClasses.tell(application.loadClass(Part.class.getName()));
        }
    }

    private void tell(String library) throws IOException, ClassNotFoundException {
        tell(folder.resolve(library).toUri().toURL());
    }

    @ParameterizedTest
    @CsvSource({
        "jobs.jar/META-INF/beans.xml",
        "jobs.war/WEB-INF/beans.xml",
        "jobs.war/WEB-INF/classes/META-INF/beans.xml"
    })
    void aModuleThatKeepsCdiFromItsClassesIsToldByName(String place) throws Exception {
        Path ear = folder.resolve("app.ear");
        library(ear.resolve("lib/library.jar"));
        Path file = write(ear.resolve(place), NONE);
        write(ear.resolve("other.jar/META-INF/beans.xml"), "<beans/>");
        write(ear.resolve("notes/META-INF/beans.xml"), NONE);
        tell("app.ear/lib/library.jar");
        assertThat(log.lines())
                .singleElement(InstanceOfAssertFactories.STRING)
                .startsWith("WARNING CG0122 " + file.toUri().toURL() + " says bean-discovery-mode=\"none\"")
                .contains("Write bean-discovery-mode=\"annotated\"");
    }

    @Test
    void soIsOneThatTheServerLeavesPacked() throws Exception {
        library(folder.resolve("app.ear/lib/library.jar"));
        jar(folder.resolve("app.ear/jobs.jar"), "META-INF/beans.xml", NONE.getBytes());
        jar(folder.resolve("app.ear/other.jar"), "META-INF/MANIFEST.MF", new byte[0]);
        tell("app.ear/lib/library.jar");
        assertThat(log.lines())
                .singleElement(InstanceOfAssertFactories.STRING)
                .contains("app.ear/jobs.jar!/META-INF/beans.xml says");
    }

    @Test
    void eachOfSeveralIsTold() throws Exception {
        library(folder.resolve("app.ear/lib/library.jar"));
        write(folder.resolve("app.ear/one.jar/META-INF/beans.xml"), NONE);
        write(folder.resolve("app.ear/two.war/WEB-INF/beans.xml"), NONE);
        tell("app.ear/lib/library.jar");
        assertThat(log.lines()).hasSize(2);
    }

    /** As GlassFish does. */
    @Test
    void anUnpackedEarIsKnownByItsDescriptor() throws Exception {
        library(folder.resolve("app/lib/library.jar"));
        write(folder.resolve("app/jobs_jar/META-INF/beans.xml"), NONE);
        tell("app/lib/library.jar");
        assertThat(log.lines()).isEmpty();
        write(folder.resolve("app/META-INF/application.xml"), "<application/>");
        tell("app/lib/library.jar");
        assertThat(log.lines()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"lib/library.jar", "library.jar"})
    void whatIsNoEarHearsNothing(String place) throws Exception {
        library(folder.resolve(place));
        write(folder.resolve("jobs.jar/META-INF/beans.xml"), NONE);
        tell(place);
        assertThat(log.lines()).isEmpty();
    }

    @Test
    void onWildFlyTheModulesAreFoundInItsOwnFileSystem() throws Exception {
        library(folder.resolve("library.jar"));
        jar(folder.resolve("jobs.jar"), "META-INF/beans.xml", NONE.getBytes());
        VirtualFile ear = VFS.getChild("/content/app.ear");
        ScheduledExecutorService cleaner = Executors.newScheduledThreadPool(1);
        List<Closeable> mounted = new ArrayList<>();
        try (TempFileProvider temporary = TempFileProvider.create("modules", cleaner, true)) {
            mounted.add(VFS.mountTemp(ear, temporary));
            mounted.add(mount("library.jar", ear.getChild("lib/library.jar"), temporary));
            mounted.add(mount("jobs.jar", ear.getChild("jobs.jar"), temporary));
            tell(ear.getChild("lib/library.jar").toURL());
            assertThat(log.lines())
                    .singleElement(InstanceOfAssertFactories.STRING)
                    .startsWith("WARNING CG0122 vfs:/content/app.ear/jobs.jar/META-INF/beans.xml says");
        } finally {
            VFSUtils.safeClose(mounted);
            cleaner.shutdownNow();
        }
    }

    private Closeable mount(String archive, VirtualFile place, TempFileProvider temporary) throws IOException {
        return VFS.mountZip(folder.resolve(archive).toFile(), place, temporary);
    }
}
