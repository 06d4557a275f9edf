/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests.corpus;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Compiles the texts of applications, in memory, against Jakarta EE and nothing else. Stateless. */
final class InMemoryCompiler {
    private InMemoryCompiler() {}

    /**
     * The classes, by their names.
     *
     * @param sources by the names of their types
     */
    static Map<String, byte[]> compile(Map<String, String> sources) {
        Map<String, ByteArrayOutputStream> classes = new TreeMap<>();
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter messages = new StringWriter();
        try (StandardJavaFileManager standard = compiler.getStandardFileManager(null, null, null);
                ForwardingJavaFileManager<StandardJavaFileManager> memory = new ForwardingJavaFileManager<>(standard) {
                    @Override
                    public JavaFileObject getJavaFileForOutput(
                            Location location, String type, JavaFileObject.Kind kind, FileObject sibling) {
                        return new Compiled(type, classes.computeIfAbsent(type, name -> new ByteArrayOutputStream()));
                    }
                }) {
            List<Source> units = sources.entrySet().stream()
                    .map(source -> new Source(source.getKey(), source.getValue()))
                    .toList();
            List<String> options = List.of("-proc:none", "-nowarn", "--release", "17", "-cp", jakarta());
            if (!compiler.getTask(messages, memory, null, options, null, units).call()) {
                throw new IllegalStateException("The applications cannot be compiled:\n" + messages);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Map<String, byte[]> all = new TreeMap<>();
        classes.forEach((name, bytes) -> all.put(name, bytes.toByteArray()));
        return all;
    }

    private static String jakarta() {
        try {
            return Path.of(jakarta.ejb.Singleton.class
                            .getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static URI uri(String type, JavaFileObject.Kind kind) {
        return URI.create("memory:///" + type.replace('.', '/') + kind.extension);
    }

    private static final class Source extends SimpleJavaFileObject {
        private final String text;

        Source(String type, String text) {
            super(uri(type, Kind.SOURCE), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }

    private static final class Compiled extends SimpleJavaFileObject {
        private final OutputStream target;

        Compiled(String type, OutputStream target) {
            super(uri(type, Kind.CLASS), Kind.CLASS);
            this.target = target;
        }

        @Override
        public OutputStream openOutputStream() {
            return target;
        }
    }
}
