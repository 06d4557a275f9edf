/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.cdi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
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

    @Test
    void onAServerWhoseOwnItIsTheLibraryKnowsAnApplicationsClasses() throws IOException {
        LibraryBeans serversOwn = new LibraryBeans(true);
        assertThat(serversOwn.isOfAnApplication(new Named("deployment.shop.war").bean()))
                .isTrue();
        assertThat(serversOwn.isOfAnApplication(new Named("io.smallrye.config").bean()))
                .isFalse();
        assertThat(serversOwn.isOfAnApplication(String.class)).isFalse();
    }

    @Test
    void inAnApplicationItMakesNoDifference() throws IOException {
        assertThat(new LibraryBeans(false).isOfAnApplication(new Named("deployment.shop.war").bean()))
                .isFalse();
    }
}
