/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.descriptor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.connectionguard.testing.Log;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The descriptors of an application, as a class of the library finds them that lies in it. */
class EjbJarsTest {
    private static final String DESCRIPTOR = "<ejb-jar><enterprise-beans><session><ejb-name>Job</ejb-name>"
            + "<ejb-class>a.Job</ejb-class><timer><timeout-method><method-name>run</method-name></timeout-method></timer>"
            + "</session></enterprise-beans></ejb-jar>";

    @RegisterExtension
    private final Log log = new Log();

    @TempDir
    private Path folder;

    /** Stands for the library's. */
    static final class Part {}

    private static Path write(Path place, String content) throws IOException {
        Files.createDirectories(place.getParent());
        return Files.writeString(place, content);
    }

    private Map<String, EjbJar> found(String library) throws Exception {
        return found(library, new EjbJars());
    }

    private Map<String, EjbJar> found(String library, EjbJars jars) throws Exception {
        Path place = folder.resolve(library);
        Files.createDirectories(place.getParent());
        String name = Part.class.getName().replace('.', '/') + ".class";
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(place));
                InputStream content = Part.class.getClassLoader().getResourceAsStream(name)) {
            out.putNextEntry(new JarEntry(name));
            content.transferTo(out);
            out.closeEntry();
        }
        try (URLClassLoader application =
                new URLClassLoader(new URL[] {place.toUri().toURL()}, null)) {
            return jars.ofApplication(application.loadClass(Part.class.getName()));
        }
    }

    @Test
    void ofAWebApplicationItIsTheOneInWebInf() throws Exception {
        Path descriptor = write(folder.resolve("jobs.war/WEB-INF/ejb-jar.xml"), DESCRIPTOR);
        write(folder.resolve("jobs.war/META-INF/ejb-jar.xml"), DESCRIPTOR);
        Map<String, EjbJar> found = found("jobs.war/WEB-INF/lib/library.jar");
        assertThat(found).containsOnlyKeys(descriptor.toUri().toURL().toString());
        assertThat(found.values().iterator().next().beansWithTimers(Set.of())).containsOnlyKeys("a.Job");
    }

    @Test
    void ofAnEarItIsThatOfEachModule() throws Exception {
        Path beans = write(folder.resolve("all.ear/jobs.jar/META-INF/ejb-jar.xml"), DESCRIPTOR);
        Path web = write(folder.resolve("all.ear/web.war/WEB-INF/ejb-jar.xml"), DESCRIPTOR);
        write(folder.resolve("all.ear/plain.war/WEB-INF/web.xml"), "<web-app/>");
        assertThat(found("all.ear/lib/library.jar"))
                .containsOnlyKeys(
                        beans.toUri().toURL().toString(), web.toUri().toURL().toString());
    }

    @Test
    void whereThereIsNoneNothingIsFound() throws Exception {
        assertThat(found("jobs.war/WEB-INF/lib/library.jar")).isEmpty();
        assertThat(new EjbJars().ofApplication(Part.class)).isEmpty();
    }

    @Test
    void whatIsWrongWithOneIsSaidOnce() throws Exception {
        write(folder.resolve("jobs.war/WEB-INF/ejb-jar.xml"), "<ejb-jar>");
        EjbJars jars = new EjbJars();
        assertThat(found("jobs.war/WEB-INF/lib/library.jar", jars)).isEmpty();
        assertThat(found("jobs.war/WEB-INF/lib/library.jar", jars)).isEmpty();
        assertThat(log.lines()).singleElement(InstanceOfAssertFactories.STRING).contains("CG0007");
    }
}
