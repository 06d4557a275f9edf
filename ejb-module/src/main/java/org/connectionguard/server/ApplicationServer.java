/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.server;

import jakarta.transaction.TransactionManager;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/** What differs between application servers. One small class for each, chosen once for a deployment. Immutable, for any thread. */
public interface ApplicationServer {
    /** For messages. */
    String name();

    /** What suspends, resumes and begins transactions, for any thread; empty: this is another server. */
    Optional<TransactionManager> transactionManager();

    /** Where the registry of the calling thread's transaction may be, beside the component's own name. */
    List<String> registries();

    /** Whether a thread other than the job's may enter the job's transaction. */
    boolean letsThreadsIn();

    /** What becomes of a timer whose calls fail. */
    FailedTimer failedTimer();

    /**
     * Whether a timer can be called between its expirations ({@link Invocation#of}), and made and cancelled on any thread
     * ({@link StandIn}). Else only the bean's own view is left ({@link BusinessCall}).
     */
    boolean callsTimers();

    /** How long a transaction may last, where nothing else is said of it; zero: for ever; empty: not told here. */
    default Optional<Duration> transactionTimeout() {
        return Optional.empty();
    }

    /** How many timers are called at once; empty: not told here. */
    default OptionalInt timerThreads() {
        return OptionalInt.empty();
    }

    /** Whether it has threads for timers only when the first of them has started. */
    default boolean startsTimersLate() {
        return false;
    }

    /** The one that the calling thread's deployment is in. */
    static ApplicationServer here() {
        return Stream.of(new WildFlyServer(), new GlassFishServer(), new LibertyServer(), new TomEeServer())
                .filter(server -> server.transactionManager().isPresent())
                .findFirst()
                .orElseGet(UnknownServer::new);
    }
}
