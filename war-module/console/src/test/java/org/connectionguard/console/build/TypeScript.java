/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.console.build;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.HostAccess;
import org.graalvm.polyglot.Source;

/**
 * Compiles the pages' TypeScript with its own compiler, which npm has and Maven Central too, run by GraalJS: the build needs a
 * JDK and nothing else. That takes half a minute, so that it is left out where nothing has changed. For one thread.
 */
public final class TypeScript {
    private static final String COMPILER = "/META-INF/resources/webjars/typescript/";
    private static final String LIBRARIES = "/lib/";

    private final String version;
    private final Path sources;
    private final Path target;

    private TypeScript(String version, Path sources, Path target) {
        this.version = version;
        this.sources = sources;
        this.target = target;
    }

    /** Arguments: the compiler's version, the directory of the sources, and that for what is made of them. */
    public static void main(String[] arguments) throws IOException {
        new TypeScript(arguments[0], Path.of(arguments[1]), Path.of(arguments[2])).build();
    }

    private void build() throws IOException {
        Path mark = target.resolveSibling(target.getFileName() + ".sha256");
        String fingerprint = fingerprint();
        if (Files.exists(mark) && Files.readString(mark).equals(fingerprint)) {
            return;
        }
        Files.createDirectories(target);
        String wrong = compile();
        if (!wrong.isEmpty()) {
            throw new IllegalStateException("The pages' TypeScript is wrong:\n" + wrong);
        }
        Files.writeString(mark, fingerprint);
    }

    private String compile() throws IOException {
        try (Context context = Context.newBuilder("js")
                .allowHostAccess(HostAccess.EXPLICIT)
                .option("engine.WarnInterpreterOnly", "false")
                .build()) {
            context.getBindings("js").putMember("files", new FilesOfCompiler());
            context.eval(source("typescript.js", resource(COMPILER + version + "/lib/typescript.js")));
            return context.eval(source("compile.js", resource("compile.js"))).asString();
        }
    }

    private static Source source(String name, String text) {
        return Source.newBuilder("js", text, name).buildLiteral();
    }

    private static String resource(String name) throws IOException {
        try (InputStream stream = TypeScript.class.getResourceAsStream(name)) {
            if (stream == null) {
                throw new IllegalStateException("There is no " + name);
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private String fingerprint() throws IOException {
        try (Stream<Path> files = Files.list(sources)) {
            List<Path> sorted = files.sorted().toList();
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update((version + resource("compile.js")).getBytes(StandardCharsets.UTF_8));
            for (Path file : sorted) {
                digest.update(file.getFileName().toString().getBytes(StandardCharsets.UTF_8));
                digest.update(Files.readAllBytes(file));
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            // Every Java has it.
            throw new IllegalStateException(e);
        }
    }

    /** What the compiler sees of the world: the sources at the root, and its own declarations. */
    public final class FilesOfCompiler {
        private FilesOfCompiler() {}

        /** A file's text, and JavaScript's null where there is no such file. */
        @HostAccess.Export
        public Object read(String name) {
            try {
                if (!exists(name)) {
                    return null;
                }
                return name.startsWith(LIBRARIES)
                        ? resource(COMPILER + version + name)
                        : Files.readString(sources.resolve(name.substring(1)));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @HostAccess.Export
        public boolean exists(String name) {
            return name.startsWith(LIBRARIES)
                    ? TypeScript.class.getResource(COMPILER + version + name) != null
                    : Files.isRegularFile(sources.resolve(name.substring(1)));
        }

        @HostAccess.Export
        public void write(String name, String text) {
            try {
                Files.writeString(target.resolve(name.substring(1)), text);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
