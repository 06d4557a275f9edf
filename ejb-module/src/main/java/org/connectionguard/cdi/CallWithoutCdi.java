/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.cdi;

import jakarta.interceptor.InvocationContext;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.atomic.AtomicBoolean;
import org.connectionguard.call.GuardedCall;
import org.connectionguard.message.Messages;

/**
 * A call that an interceptor of ours gets in a deployment without CDI: nobody would tell when the application ends, so that it
 * runs as it did without us, and that is said. For any thread.
 */
public final class CallWithoutCdi {
    private static final Logger LOG = System.getLogger("org.connectionguard");

    /** The classes of beans of which it was said; it goes with them. */
    private static final ClassValue<AtomicBoolean> SAID = new ClassValue<>() {
        @Override
        protected AtomicBoolean computeValue(Class<?> bean) {
            return new AtomicBoolean();
        }
    };

    private CallWithoutCdi() {}

    /** Goes on. */
    public static Object proceed(InvocationContext invocation) throws Exception {
        Class<?> bean = invocation.getTarget().getClass();
        if (!GuardedCall.isDecided(invocation) && SAID.get(bean).compareAndSet(false, true)) {
            LOG.log(Level.WARNING, Messages.unguarded(bean.getName(), Messages.noCdi()));
        }
        return invocation.proceed();
    }
}
