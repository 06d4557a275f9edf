/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.cdi;

import jakarta.interceptor.InvocationContext;
import org.connectionguard.testing.Stub;

/** Calls as an interceptor sees them. Stateless. */
final class Invocations {
    private Invocations() {}

    /** One whose body returns the value. */
    static InvocationContext returning(Object value) {
        return Stub.of(InvocationContext.class, (method, arguments) -> method.equals("proceed") ? value : null);
    }
}
