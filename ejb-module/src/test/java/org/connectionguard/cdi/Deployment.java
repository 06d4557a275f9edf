/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.cdi;

import java.io.IOException;
import java.net.URL;
import java.util.Arrays;
import java.util.Collections;
import java.util.Enumeration;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.connectionguard.interceptor.EnabledInterceptor;
import org.connectionguard.interceptor.ValidConnectionsInterceptor;
import org.jboss.weld.environment.se.Weld;
import org.jboss.weld.environment.se.WeldContainer;

/** An application in a CDI container, with the library in it. Stateless. */
final class Deployment {
    /** Kept, for loggers are held weakly: what the container says of itself is none of a test's business. */
    private static final Logger CONTAINER = Logger.getLogger("org.jboss.weld");

    static {
        CONTAINER.setLevel(Level.WARNING);
    }

    private Deployment() {}

    /** To be closed; a deployment error is thrown. */
    static WeldContainer of(Class<?>... beans) {
        return with(new GuardExtension(), beans);
    }

    /** On a server whose own the library is; the application has a copy of it in it too. */
    static WeldContainer serverWide(Class<?>... beans) {
        return with(new GuardExtension(new LibraryBeans(true)), beans);
    }

    private static WeldContainer with(GuardExtension extension, Class<?>... beans) {
        return new Weld()
                .disableDiscovery()
                .setClassLoader(new WithoutExtensions())
                .addExtension(extension)
                .beanClasses(Stream.concat(
                                Stream.of(
                                        GuardService.class,
                                        DoctorService.class,
                                        EnabledInterceptor.class,
                                        ValidConnectionsInterceptor.class),
                                Arrays.stream(beans))
                        .toArray(Class<?>[]::new))
                .initialize();
    }

    /** Else the container makes an extension of its own. */
    private static final class WithoutExtensions extends ClassLoader {
        WithoutExtensions() {
            super(Deployment.class.getClassLoader());
        }

        @Override
        public Enumeration<URL> getResources(String name) throws IOException {
            return name.equals("META-INF/services/jakarta.enterprise.inject.spi.Extension")
                    ? Collections.emptyEnumeration()
                    : super.getResources(name);
        }
    }
}
