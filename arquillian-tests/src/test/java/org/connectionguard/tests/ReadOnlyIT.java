/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.sql.SQLException;
import org.connectionguard.server.DatabaseServer;
import org.connectionguard.tests.server.Client;
import org.connectionguard.tests.server.Management;
import org.connectionguard.tests.server.Sessions;
import org.connectionguard.tests.server.TestServers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * When the server behind the name answers every ping and takes no writes: after a failover, the demoted primary. A second
 * server, writable, stands ready, and a third one that InnoDB keeps read-only.
 */
class ReadOnlyIT extends BothApplications {
    private static DatabaseServer newPrimary;

    private static DatabaseServer innodbReadOnly;

    @BeforeAll
    static void startOthers() throws SQLException {
        newPrimary = TestServers.another();
        Sessions.createTables(newPrimary);
        // Never one that has been written to: MySQL 9.7.4 may fail an assertion (srv0start.cc) when it starts
        // read-only.
        innodbReadOnly = TestServers.another();
        Sessions.createTables(innodbReadOnly);
        innodbReadOnly.stop();
        innodbReadOnly.start("--innodb-read-only=ON");
    }

    @AfterAll
    static void stopOthers() {
        newPrimary.close();
        innodbReadOnly.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"read_only", "super_read_only"})
    void aDemotedPrimaryIsLeftForTheNewOneBehindTheSameName(String variable) throws SQLException {
        assumeTrue(TestServers.isMySql() || variable.equals("read_only"), "MariaDB has no super_read_only");
        everyJobRuns();
        Sessions.execute("set global " + variable + " = on");
        try {
            staysReadOnly();
            TestServers.proxy().leadTo(newPrimary.port());
            assertThat(guarded.run("WritableJob")).isEqualTo("ran");
            // Its connections still lead to the old one, and answer every ping.
            assertThat(unguarded.run("WritableJob")).contains("read");
        } finally {
            Sessions.execute(
                    "set global super_read_only = off".replace("super_", super_()), "set global read_only = off");
        }
    }

    private static String super_() {
        return TestServers.isMySql() ? "super_" : "";
    }

    @Test
    void aServerWithInnodbReadOnlyIsLeftToo() {
        everyJobRuns();
        TestServers.proxy().leadTo(innodbReadOnly.port());
        Management.flushAllPools();
        staysReadOnly();
        TestServers.proxy().leadTo(newPrimary.port());
        assertThat(guarded.run("WritableJob")).isEqualTo("ran");
        assertThat(unguarded.run("WritableJob")).isNotEqualTo("ran");
    }

    @Test
    void aSessionLeftReadOnlyByItsLastUserIsReplaced() throws SQLException {
        everyJobRuns();
        for (Client application : new Client[] {guarded, unguarded}) {
            assertThat(application.use("Writable", "set session transaction read only"))
                    .isEqualTo("live");
        }
        assertThat(guarded.run("WritableJob")).isEqualTo("ran");
        assertThat(unguarded.run("WritableJob")).contains("READ ONLY");
    }

    private void everyJobRuns() {
        assertThat(guarded.run("WritableJob")).isEqualTo("ran");
        assertThat(guarded.run("PingedJob")).isEqualTo("ran");
        assertThat(unguarded.run("WritableJob")).isEqualTo("ran");
    }

    /** While there is no other server: told so, after the wait; a ping would have been fooled. */
    private void staysReadOnly() {
        assertThat(guarded.run("WritableJob"))
                .containsPattern("\\(unfit\\) after [2-9]\\.")
                .contains("its server accepts no writes (read-only)", "look at the server");
        assertThat(account(guarded, "WritableJob").started()).isEqualTo(1);
        assertThat(guarded.run("PingedJob")).isNotEqualTo("ran").doesNotContain("CG0");
        assertThat(unguarded.run("WritableJob")).isNotEqualTo("ran");
    }
}
