/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.statistics;

import java.lang.reflect.Method;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What the jobs of one deployment are called: class and method, and the package too where another class has that name already.
 * For any thread.
 */
public final class JobNames {
    private record Key(Class<?> bean, String method) {}

    private final Map<Key, String> names = new ConcurrentHashMap<>();

    /** Guarded by itself. */
    private final Map<String, Class<?>> owners = new HashMap<>();

    /** None given. */
    public JobNames() {}

    /** The job of a bean's method; the bean may be of the container's generated subclass. */
    public String of(Class<?> bean, Method method) {
        Class<?> written = bean;
        // Weld, OpenWebBeans and most others name what they generate so; in Java nobody does.
        while (written.getName().contains("$$")) {
            written = written.getSuperclass();
        }
        return of(written, method.getName());
    }

    /** The job of the bean's method of this name. */
    public String of(Class<?> bean, String method) {
        return names.computeIfAbsent(new Key(bean, method), this::name);
    }

    private String name(Key key) {
        Class<?> bean = key.bean();
        synchronized (owners) {
            boolean first = owners.computeIfAbsent(bean.getSimpleName(), name -> bean) == bean;
            return (first ? bean.getSimpleName() : bean.getName()) + "." + key.method();
        }
    }
}
