/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.testing;

import java.io.IOException;
import java.io.InputStream;

/** The classes of a test, as an application has them that was delivered without one of them. */
public final class ClassesWithout extends ClassLoader {
    private final Class<?> missing;
    private final String test;

    /**
     * None loaded.
     *
     * @param test in which they are
     */
    public ClassesWithout(Class<?> missing, Class<?> test) {
        super(test.getClassLoader());
        this.missing = missing;
        this.test = test.getName();
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (name.equals(missing.getName())) {
            throw new ClassNotFoundException(name);
        }
        if (!name.startsWith(test)) {
            return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            return loaded == null ? define(name) : loaded;
        }
    }

    private Class<?> define(String name) throws ClassNotFoundException {
        try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
            byte[] bytes = in.readAllBytes();
            return defineClass(name, bytes, 0, bytes.length);
        } catch (IOException e) {
            throw new ClassNotFoundException(name, e);
        }
    }
}
