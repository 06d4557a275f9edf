/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.connectionguard.tests.app.Ledger;
import org.connectionguard.tests.server.Client;
import org.connectionguard.tests.server.Management;
import org.connectionguard.tests.server.Sessions;
import org.connectionguard.tests.server.TestApplication;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The interceptor bound to {@code *} by ejb-jar.xml. */
@Tag("any-database")
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class DescriptorBindingIT {
    private final Client guarded = new Client(TestApplication.GUARDED);
    private final Client unguarded = new Client(TestApplication.UNGUARDED);

    @Deployment(name = TestApplication.GUARDED, testable = false)
    static WebArchive guardedApplication() {
        return TestApplication.descriptorArchive(TestApplication.GUARDED);
    }

    @Deployment(name = TestApplication.UNGUARDED, testable = false)
    static WebArchive unguardedApplication() {
        return TestApplication.descriptorArchive(TestApplication.UNGUARDED);
    }

    @BeforeEach
    void healthyPools() throws SQLException {
        Sessions.createTables();
        guarded.hold();
        unguarded.hold();
        Management.flushAllPools();
        guarded.resume();
        unguarded.resume();
    }

    @Test
    void aJobWithoutAnyAnnotationOfOursIsHealed() throws SQLException {
        for (String job : List.of("DescriptorJob", "TwiceBoundJob")) {
            awaitCalls(guarded, job, 1);
            awaitCalls(unguarded, job, 1);
        }
        guarded.hold();
        unguarded.hold();
        Sessions.killAll();
        guarded.resume();
        unguarded.resume();
        for (String job : List.of("DescriptorJob", "TwiceBoundJob")) {
            Ledger.Account healed = awaitCalls(guarded, job, 2);
            assertThat(healed.errors()).isEmpty();
            assertThat(healed.started()).isGreaterThanOrEqualTo(2);
            assertThat(awaitCalls(unguarded, job, 2).errors()).isNotEmpty();
        }
    }

    @Test
    void aJobThatIsBoundInTwoWaysIsValidatedOnceARun() {
        guarded.hold();
        Management.flushAllPools();
        guarded.resume();
        // Its connection is new, and it is the only one. Each run adds the body's two queries and the guard's one; the
        // driver's greeting comes before, and a call may be counted later than its query.
        Ledger.Account account = awaitCalls(guarded, "TwiceBoundJob", 6);
        assertThat(account.selects()).isBetween(3L * account.called(), 3L * account.called() + 4);
    }

    private static Ledger.Account awaitCalls(Client application, String job, int calls) {
        return await().atMost(Duration.ofSeconds(20))
                .until(() -> application.accounts().get(job), account -> account != null && account.called() >= calls);
    }
}
