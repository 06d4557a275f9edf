/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.bench.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.tools.ToolProvider;
import org.connectionguard.server.Directories;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.EmptyAsset;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** Applications of many beans, written and compiled on the spot. For one thread. */
public final class GeneratedBeans {
    private final Path directory;
    private final int count;

    /** So many beans. */
    public GeneratedBeans(Path directory, int count) {
        this.directory = directory;
        this.count = count;
    }

    /** A WAR of them: guarded, with the library; or without it. */
    public Path archive(Optional<Path> library) throws IOException {
        String name = (library.isPresent() ? "guarded-" : "unguarded-") + count;
        Path sources = directory.resolve(name);
        Directories.empty(sources);
        List<String> names = IntStream.range(0, count).mapToObj(i -> "Bean" + i).toList();
        List<String> arguments = new ArrayList<>(List.of(
                "-proc:none", "-nowarn", "-d", sources.toString(), "-cp", System.getProperty("java.class.path")));
        for (String bean : names) {
            Path file = Files.writeString(sources.resolve(bean + ".java"), source(bean, library.isPresent()));
            arguments.add(file.toString());
        }
        int code = ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new));
        if (code != 0) {
            throw new IllegalStateException("The generated beans cannot be compiled");
        }
        WebArchive archive = ShrinkWrap.create(WebArchive.class, name + ".war")
                .addAsWebInfResource(EmptyAsset.INSTANCE, "beans.xml");
        library.ifPresent(jar -> archive.addAsLibraries(jar.toFile()));
        for (String bean : names) {
            archive.addAsWebInfResource(
                    sources.resolve("generated").resolve(bean + ".class").toFile(),
                    "classes/generated/" + bean + ".class");
        }
        Path file = directory.resolve(archive.getName());
        archive.as(ZipExporter.class).exportTo(file.toFile(), true);
        return file;
    }

    private static String source(String name, boolean guarded) {
        return List.of(
                        "package generated;",
                        "@jakarta.ejb.Stateless",
                        "public class " + name + " {",
                        "@jakarta.annotation.Resource(lookup = \"java:jboss/datasources/bench/UNGUARDED\")",
                        "private javax.sql.DataSource dataSource;",
                        guarded ? "@org.connectionguard.ValidConnections" : "",
                        "public void run() throws java.sql.SQLException {",
                        "dataSource.getConnection().close();",
                        "}",
                        "}")
                .stream()
                .collect(Collectors.joining("\n"));
    }
}
