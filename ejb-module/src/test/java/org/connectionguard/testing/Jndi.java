/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.testing;

import java.util.Hashtable;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import javax.naming.Context;
import javax.naming.NameNotFoundException;
import javax.naming.spi.InitialContextFactory;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Names for the time of one test. */
public final class Jndi implements BeforeEachCallback, AfterEachCallback {
    /** JNDI makes the factory itself, so that it can be reached by nothing else. */
    private static final Map<String, Supplier<?>> NAMES = new ConcurrentHashMap<>();

    /** Called by JNDI. */
    public static final class Factory implements InitialContextFactory {
        @Override
        public Context getInitialContext(Hashtable<?, ?> environment) {
            return Stub.of(Context.class, (method, arguments) -> {
                if (!method.equals("lookup")) {
                    return null;
                }
                Supplier<?> found = NAMES.get(String.valueOf(arguments[0]));
                if (found == null) {
                    throw new NameNotFoundException(String.valueOf(arguments[0]));
                }
                return found.get();
            });
        }
    }

    public void bind(String name, Object value) {
        NAMES.put(name, () -> value);
    }

    /** For a server that makes an object at each look-up. */
    public void bindEach(String name, Supplier<?> value) {
        NAMES.put(name, value);
    }

    public void unbind(String name) {
        NAMES.remove(name);
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        System.setProperty(Context.INITIAL_CONTEXT_FACTORY, Factory.class.getName());
    }

    @Override
    public void afterEach(ExtensionContext context) {
        System.clearProperty(Context.INITIAL_CONTEXT_FACTORY);
        NAMES.clear();
    }
}
