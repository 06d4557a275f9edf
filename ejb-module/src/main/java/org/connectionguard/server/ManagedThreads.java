/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.server;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import javax.naming.InitialContext;
import javax.naming.NamingException;

/** The server's own threads, for work of the application's. Stateless. */
public final class ManagedThreads {
    /** The second is WildFly's, for threads that belong to no component. */
    private static final List<String> NAMES =
            List.of("java:comp/DefaultManagedExecutorService", "java:jboss/ee/concurrency/executor/default");

    private ManagedThreads() {}

    /**
     * Jakarta Concurrency 3.0, 3.1.4.2: the default managed executor, as the calling component sees it, or anybody.
     *
     * @return empty where there is none
     */
    public static Optional<Executor> lookUp() {
        return NAMES.stream().flatMap(name -> find(name).stream()).findFirst();
    }

    /**
     * The same; and on a server whose timers can only be called by their bean's view, which brings everything else of a
     * component's itself, other threads will do: TomEE has none under the name that is for all.
     *
     * @param own those; the calls that they make have the class loader of the calling thread
     */
    public static Optional<Executor> lookUp(ApplicationServer server, Executor own) {
        Optional<Executor> managed = lookUp();
        return managed.isPresent() || server.callsTimers() ? managed : Optional.of(withClassLoaderOfCaller(own));
    }

    private static Executor withClassLoaderOfCaller(Executor threads) {
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        return work -> threads.execute(() -> {
            Thread thread = Thread.currentThread();
            ClassLoader own = thread.getContextClassLoader();
            thread.setContextClassLoader(loader);
            try {
                work.run();
            } finally {
                thread.setContextClassLoader(own);
            }
        });
    }

    private static Optional<Executor> find(String name) {
        try {
            return Optional.of(InitialContext.doLookup(name));
        } catch (NamingException | ClassCastException e) {
            return Optional.empty();
        }
    }
}
