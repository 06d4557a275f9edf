/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.cdi;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.runtime.ObjectMethods;
import java.util.Map;

/** What the JDK remembers of an application that is gone. For any thread. */
final class JdkMemory {
    /** How the methods are linked that the compiler gives to records. */
    private static final Map<String, MethodType> METHODS = Map.of(
            "equals", MethodType.methodType(boolean.class, String.class, Object.class),
            "hashCode", MethodType.methodType(int.class, String.class),
            "toString", MethodType.methodType(String.class, String.class));

    private JdkMemory() {}

    /**
     * Before Java 18 the JDK holds the class, and so the class loader, of that record of which it has linked such a method last
     * (JDK-8078641). Now it links them for a class of its own.
     */
    static void forgetRecords() {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            MethodHandle component = lookup.findVirtual(String.class, "trim", MethodType.methodType(String.class));
            for (Map.Entry<String, MethodType> method : METHODS.entrySet()) {
                ObjectMethods.bootstrap(lookup, method.getKey(), method.getValue(), String.class, "trim", component);
            }
        } catch (Throwable e) {
            // Then it remembers one application until the next record is linked, as it does of any that has records.
        }
    }
}
