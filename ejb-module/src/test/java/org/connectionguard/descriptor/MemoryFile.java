/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.descriptor;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;

/** A file that knows who has it open. For one thread. */
final class MemoryFile {
    private final byte[] content;
    private int open;

    MemoryFile(byte[] content) {
        this.content = content;
    }

    URL url() {
        try {
            return new URL("memory", "", 0, "META-INF/file.xml", new Handler());
        } catch (MalformedURLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** How many have not closed it. */
    int open() {
        return open;
    }

    /** That of a deployment in which this is the only file, whatever it is called. */
    ClassLoader loader() {
        return new ClassLoader(null) {
            @Override
            public Enumeration<URL> getResources(String name) {
                return Collections.enumeration(List.of(url()));
            }
        };
    }

    private final class Handler extends URLStreamHandler {
        @Override
        protected URLConnection openConnection(URL url) {
            return new URLConnection(url) {
                @Override
                public void connect() {}

                @Override
                public InputStream getInputStream() {
                    open++;
                    return new Content();
                }
            };
        }
    }

    private final class Content extends ByteArrayInputStream {
        private boolean closed;

        Content() {
            super(content);
        }

        @Override
        public void close() throws IOException {
            super.close();
            open -= closed ? 0 : 1;
            closed = true;
        }
    }
}
