/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.ServiceConfigurationError;
import org.connectionguard.tests.server.Client;
import org.connectionguard.tests.server.Management;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A driver that throws an Error once: at a connect, or when a connection is asked. */
class DriverErrorIT extends BothApplications {
    /** max-wait, one validation-timeout, and a slow machine. */
    private static final Duration BOUND = Duration.ofMillis(4500);

    /** Those that nobody has carried out. */
    @BeforeEach
    @AfterEach
    void noOrders() {
        for (Client application : List.of(guarded, unguarded)) {
            for (String when : List.of("connect", "ask")) {
                Management.removeSystemProperty(order(application, when));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(classes = {ServiceConfigurationError.class, AbstractMethodError.class, StackOverflowError.class})
    void afterAnErrorOfAConnectJobsAreLiveAgain(Class<? extends Error> error) {
        Management.flushAllPools();
        jobsAreLiveAgainAfter("connect", error);
    }

    @ParameterizedTest
    @ValueSource(classes = {ServiceConfigurationError.class, AbstractMethodError.class, StackOverflowError.class})
    void afterAnErrorOfAValidationJobsAreLiveAgain(Class<? extends Error> error) {
        guarded.fill("FaultyJob", 2);
        unguarded.fill("FaultyJob", 2);
        jobsAreLiveAgainAfter("ask", error);
    }

    private void jobsAreLiveAgainAfter(String when, Class<? extends Error> error) {
        Instant start = Instant.now();
        String withGuard = firstCall(guarded, when, error);
        String guardedTook = millisSince(start);
        assertThat(Duration.between(start, Instant.now())).isLessThan(BOUND);
        start = Instant.now();
        String without = firstCall(unguarded, when, error);
        tell(
                error.getSimpleName() + " at " + when,
                withGuard.lines().findFirst().orElse("") + " in " + guardedTook,
                without + " in " + millisSince(start));
        // Without a guard the body meets it.
        assertThat(without).isNotEqualTo("ran");
        for (Client application : new Client[] {unguarded, guarded}) {
            for (int run = 0; run < 3; run++) {
                assertThat(application.run("FaultyJob")).isEqualTo("ran");
            }
            await().atMost(SOON).until(() -> application.lent("FaultyJob") == 0);
        }
        assertThat(account(guarded, "FaultyJob").succeeded())
                .isEqualTo(account(guarded, "FaultyJob").started());
    }

    private static String order(Client application, String when) {
        return "faulty-driver." + application.application() + "." + when;
    }

    /** The driver takes the order away before it throws. */
    private static String firstCall(Client application, String when, Class<? extends Error> error) {
        String order = order(application, when);
        Management.setSystemProperty(order, error.getName());
        String outcome = application.run("FaultyJob");
        assertThat(Management.hasSystemProperty(order)).isFalse();
        return outcome;
    }
}
