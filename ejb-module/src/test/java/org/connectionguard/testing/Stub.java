/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.testing;

import java.lang.reflect.Proxy;

/** Objects of large interfaces of which a test needs a method or two. */
public final class Stub {
    private Stub() {}

    /** What the methods answer; equals and hashCode are an object's own. */
    public interface Answer {
        Object to(String method, Object[] arguments) throws Exception;
    }

    public static <T> T of(Class<T> type, Answer answer) {
        return type.cast(Proxy.newProxyInstance(
                Stub.class.getClassLoader(),
                new Class<?>[] {type},
                (self, method, arguments) -> switch (method.getName()) {
                    case "hashCode" -> System.identityHashCode(self);
                    case "equals" -> self == arguments[0];
                    case "toString" -> type.getSimpleName();
                    default -> answer.to(method.getName(), arguments);
                }));
    }
}
