/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.cdi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.WeakReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

/** Of a Java whose memory is too good; a later one forgets by itself, when it needs the space. */
@EnabledForJreRange(max = JRE.JAVA_17)
class JdkMemoryTest {
    /** Of a class loader of its own. */
    public record Inner(String text) {}

    /** The same. */
    public record Outer(Inner inner) {}

    /** An application that is gone when nobody has it any more. */
    private static final class Application extends ClassLoader {
        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            return name.startsWith(JdkMemoryTest.class.getName()) ? define(name) : super.loadClass(name, resolve);
        }

        private Class<?> define(String name) throws ClassNotFoundException {
            Class<?> loaded = findLoadedClass(name);
            if (loaded != null) {
                return loaded;
            }
            try (InputStream file = getResourceAsStream(name.replace('.', '/') + ".class")) {
                byte[] bytes = file.readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }

        /** Its records are compared, hashed and written. */
        WeakReference<ClassLoader> run() throws ReflectiveOperationException {
            Class<?> inner = loadClass(Inner.class.getName());
            Class<?> outer = loadClass(Outer.class.getName());
            Object one = outer.getConstructor(inner)
                    .newInstance(inner.getConstructor(String.class).newInstance("one"));
            Object other = outer.getConstructor(inner)
                    .newInstance(inner.getConstructor(String.class).newInstance("one"));
            assertThat(one.equals(other) && one.hashCode() == other.hashCode()).isTrue();
            assertThat(one.toString()).isEqualTo("Outer[inner=Inner[text=one]]");
            return new WeakReference<>(this);
        }
    }

    @Test
    void anApplicationThatIsGoneIsForgotten() throws Exception {
        WeakReference<ClassLoader> application = new Application().run();
        System.gc();
        assertThat(application.get()).as("remembered").isNotNull();
        JdkMemory.forgetRecords();
        await().until(() -> {
            System.gc();
            return application.get() == null;
        });
    }
}
