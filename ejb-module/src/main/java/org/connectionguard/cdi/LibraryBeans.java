/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.cdi;

import jakarta.enterprise.inject.spi.BeforeBeanDiscovery;
import jakarta.enterprise.inject.spi.ProcessAnnotatedType;
import java.util.Optional;
import java.util.stream.Stream;
import org.connectionguard.ValidConnections;

/**
 * The beans and interceptors that the library brings to a deployment. In the application it is a bean archive; as a module of
 * the server it is none, and the application may have a copy in it too. Immutable.
 *
 * @param serversOwn whether this is the server's library
 */
record LibraryBeans(boolean serversOwn) {
    /** The module that server-config's script makes for the whole server. */
    private static final String SERVERS_OWN = "org.connectionguard";

    /** What WildFly calls the module of an application begins with it. */
    private static final String DEPLOYMENT = "deployment.";

    /** Of the library that this class is of. */
    static LibraryBeans here() {
        return new LibraryBeans(
                SERVERS_OWN.equals(LibraryBeans.class.getClassLoader().getName()));
    }

    /** The server's are told to the container, which would not look for them. */
    void register(BeforeBeanDiscovery event) {
        if (serversOwn) {
            Stream.concat(Stream.of(GuardService.class, DoctorService.class), InterceptorClasses.load().stream())
                    .forEach(
                            type -> event.addAnnotatedType(type, type.getName()).add(new ServersOwn.Mark()));
        }
    }

    /** Whether a class is of an application on the server whose own the library is. */
    boolean isOfAnApplication(Class<?> bean) {
        return serversOwn
                && Optional.ofNullable(bean.getClassLoader())
                        .map(ClassLoader::getName)
                        .filter(name -> name.startsWith(DEPLOYMENT))
                        .isPresent();
    }

    /** Whether a class is of another module of an EAR, which has a copy of the library of its own: that one looks after it. */
    boolean isOfAnotherCopy(Class<?> bean) {
        try {
            return !serversOwn
                    && Class.forName(ValidConnections.class.getName(), false, bean.getClassLoader())
                            != ValidConnections.class;
        } catch (ClassNotFoundException | LinkageError e) {
            return false;
        }
    }

    /** Of two copies of one of the library's classes the server's is the one that is seen. */
    void passOverCopy(ProcessAnnotatedType<?> event) {
        if (serversOwn && !event.getAnnotatedType().isAnnotationPresent(ServersOwn.class)) {
            event.veto();
        }
    }
}
