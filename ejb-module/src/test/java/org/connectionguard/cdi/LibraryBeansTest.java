/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.cdi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.Set;
import org.connectionguard.ValidConnections;
import org.junit.jupiter.api.Test;

class LibraryBeansTest {
    /** As WildFly names the class loaders of modules. */
    private static final class Named extends ClassLoader {
        Named(String name) {
            super(name, LibraryBeansTest.class.getClassLoader());
        }

        Class<?> bean() throws IOException {
            try (InputStream in = LibraryBeansTest.class.getResourceAsStream("LibraryBeansTest$OfApplication.class")) {
                byte[] bytes = in.readAllBytes();
                return defineClass(OfApplication.class.getName(), bytes, 0, bytes.length);
            }
        }
    }

    static class OfApplication {}

    /** Has the annotation, and the bean, of its own. */
    private static final class Own extends ClassLoader {
        private static final Set<String> NAMES =
                Set.of(ValidConnections.class.getName(), OfApplication.class.getName());

        Own(ClassLoader parent) {
            super(parent);
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            Class<?> loaded = findLoadedClass(name);
            if (loaded != null || !NAMES.contains(name)) {
                return loaded == null ? super.loadClass(name, resolve) : loaded;
            }
            try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
                byte[] bytes = in.readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }
    }

    @Test
    void onAServerWhoseOwnItIsTheLibraryKnowsAnApplicationsClasses() throws IOException {
        LibraryBeans serversOwn = new LibraryBeans(true);
        assertThat(serversOwn.isOfAnApplication(new Named("deployment.shop.war").bean()))
                .isTrue();
        assertThat(serversOwn.isOfAnApplication(new Named("io.smallrye.config").bean()))
                .isFalse();
        assertThat(serversOwn.isOfAnApplication(String.class)).isFalse();
    }

    /** As in an EAR whose WARs bring the library each. */
    @Test
    void whatAnotherCopyLooksAfterIsNotOurs() throws ClassNotFoundException {
        Class<?> bean = new Own(LibraryBeansTest.class.getClassLoader()).loadClass(OfApplication.class.getName());
        assertThat(bean).isNotSameAs(OfApplication.class);
        assertThat(new LibraryBeans(false).isOfAnotherCopy(bean)).isTrue();
        assertThat(new LibraryBeans(true).isOfAnotherCopy(bean)).isFalse();
        assertThat(new LibraryBeans(false).isOfAnotherCopy(OfApplication.class)).isFalse();
        // These see none.
        assertThat(new LibraryBeans(false).isOfAnotherCopy(String.class)).isFalse();
    }

    @Test
    void inAnApplicationItMakesNoDifference() throws IOException {
        assertThat(new LibraryBeans(false).isOfAnApplication(new Named("deployment.shop.war").bean()))
                .isFalse();
    }
}
