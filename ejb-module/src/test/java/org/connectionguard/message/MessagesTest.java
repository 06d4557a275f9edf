/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** The sentences that differ with what they tell. */
class MessagesTest {
    private static final Duration HALF_A_SECOND = Duration.ofMillis(500);

    @Test
    void aUnitThatIsNotThereIsToldApartFromOneThatIsNotNamed() {
        assertThat(Messages.unknownUnit("three", "com.acme.Job", List.of("one", "two")))
                .isEqualTo(
                        "CG0006 There is no persistence unit 'three', which com.acme.Job uses; there are: [one, two]."
                                + " Correct the name, or name the data source in @ValidConnections(\"java:…\")");
        assertThat(Messages.unknownUnit("", "com.acme.Job", List.of("one", "two")))
                .isEqualTo("CG0006 com.acme.Job uses a persistence unit without naming it, and there are: [one, two]."
                        + " Give it the name of one (unitName), or name the data source in"
                        + " @ValidConnections(\"java:…\")");
        assertThat(Messages.unknownUnit("", "com.acme.Job", List.of())).contains("and there is none.");
        assertThat(Messages.unknownUnit("one", "com.acme.Job", List.of())).contains("uses; there is none.");
    }

    @Test
    void anEvictionTellsWhetherTheSiblingsWentToo() {
        assertThat(Messages.evicted("java:/x", "it is dead", true))
                .isEqualTo("CG0101 java:/x: destroyed a pooled connection and its idle siblings: it is dead");
        assertThat(Messages.evicted("java:/x", "it is dead", false))
                .isEqualTo("CG0101 java:/x: destroyed a pooled connection: it is dead");
    }

    @ParameterizedTest
    @EnumSource(value = Reason.class, mode = Mode.EXCLUDE, names = "REFUSED")
    void whileADatabaseIsDownItsJobsWait(Reason reason) {
        assertThat(Messages.noConnections("java:/x", reason.word(), "Link failure"))
                .isEqualTo("CG0102 java:/x gives no live connection (" + reason.word() + "): Link failure."
                        + " Guarded jobs wait for it; one prober asks again");
    }

    @Test
    void whileADatabaseRefusesUsNobodyWaits() {
        assertThat(Messages.noConnections("java:/x", Reason.REFUSED.word(), "Access denied"))
                .isEqualTo("CG0102 java:/x gives no live connection (refused): Access denied."
                        + " Guarded jobs fail at once: correct user, password, schema or account");
    }

    @ParameterizedTest
    @CsvSource({"1, 1 failed attempt", "2, 2 failed attempts"})
    void theEndOfAnOutageCountsItsAttempts(int attempts, String told) {
        assertThat(Messages.back("java:/x", Duration.ofMillis(12_340), attempts))
                .isEqualTo("CG0103 java:/x is back after 12.3 s and " + told);
    }

    @ParameterizedTest
    @CsvSource({"0, after 0.5 s", "1, after 0.5 s and 1 attempt", "2, after 0.5 s and 2 attempts"})
    void whoIsTurnedAwayIsToldOfTheAttempts(int attempts, String told) {
        assertThat(Messages.unavailable("java:/x", Reason.CROWDED, "full", HALF_A_SECOND, attempts))
                .isEqualTo("CG0201 java:/x gave no live connection (crowded) " + told + ": full");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "DOWN | down | . Is the database running, and reachable from this server?",
                "SILENT | silent | . Is the network to it cut, or the server frozen? Give the JDBC URL connectTimeout and socketTimeout",
                "EXHAUSTED | exhausted | . The database is up: raise max-pool-size, max_connections or the user's limit, or find what holds the connections",
                "REFUSED | refused | . Waiting does not help: correct user, password, schema or account",
                "UNFIT | unfit | . New connections are unfit too: look at the server",
                "CROWDED | crowded | ''",
                "INTERRUPTED | interrupted | ''",
                "STOPPED | stopped | ''",
            })
    void whoIsTurnedAwayIsToldWhatToDo(Reason reason, String word, String remedy) {
        assertThat(Messages.unavailable("java:/x", reason, "words", HALF_A_SECOND, 0))
                .isEqualTo("CG0201 java:/x gave no live connection (" + word + ") after 0.5 s: words" + remedy);
    }

    @Test
    void whoIsTurnedAwayFromACrowdIsToldWhatTheOthersWaitFor() {
        assertThat(Messages.crowded(4, "")).isEqualTo("4 jobs wait for it already (max-waiting-jobs)");
        assertThat(Messages.crowded(4, "it is dead"))
                .isEqualTo("4 jobs wait for it already (max-waiting-jobs); it is dead");
    }

    @Test
    void theReportCountsTimersByTheirProtection() {
        assertThat(Messages.report("a.war", 0, 1, 0))
                .isEqualTo("CG0120 a.war has 1 timer: 0 guarded, 1 with nothing to guard, 0 unprotected");
        assertThat(Messages.report("a.war", 3, 1, 2))
                .isEqualTo("CG0120 a.war has 6 timers: 3 guarded, 1 with nothing to guard, 2 unprotected");
    }

    @Test
    void anUnprotectedTimerIsToldWithItsDataSourcesWhereTheyAreKnown() {
        assertThat(Messages.unprotected("Job.run", List.of("java:/x", "java:/y"), "excluded"))
                .startsWith("CG0121 Job.run uses java:/x, java:/y without a guard: excluded");
        assertThat(Messages.unprotected("Job.run", List.of(), "excluded"))
                .startsWith("CG0121 Job.run uses a data source without a guard: excluded");
    }

    @Test
    void aDeadConnectionIsToldInTheDriversWords() {
        assertThat(Messages.dead()).isEqualTo("it is dead");
        assertThat(Messages.dead(new IllegalStateException("Link failure to jdbc:x://a:s3cret@b\nat length")))
                .isEqualTo("it is dead (IllegalStateException: Link failure to jdbc:x://b)");
        assertThat(Messages.evictionFailed("it is old", new IllegalStateException("jdbc:x://a:s3cret@b")))
                .isEqualTo("it is old; and the pool did not let it go without complaint"
                        + " (IllegalStateException: jdbc:x://b)");
    }

    @Test
    void aDemandForWritesThatNobodyCanCheckIsToldWithProductAndPlace() {
        assertThat(Messages.writableCannotBeChecked("java:/x", "Informix", "com.acme.Job.run"))
                .startsWith("CG0014 com.acme.Job.run demands a server that accepts writes")
                .contains("Informix, which java:/x leads to");
    }

    @Test
    void aFindingTellsWhereGuardedJobsAreSafeFromIt() {
        assertThat(Messages.finding("CG0303", "java:/x", "no sorter", "it fails", "write it", true))
                .isEqualTo("CG0303 java:/x: no sorter. It fails (guarded jobs are safe from it). Remedy: write it");
        assertThat(Messages.finding("CG0303", "java:/x", "no sorter", "it fails", "write it", false))
                .isEqualTo("CG0303 java:/x: no sorter. It fails. Remedy: write it");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "java:/x | 0 | 0 | CG0320 a.war: the doctor examined java:/x and found nothing to mend",
                "java:/x,java:/y | 0 | 0 | CG0320 a.war: the doctor examined java:/x, java:/y and found nothing to mend",
                "java:/x,java:/y | 1 | 0 | CG0320 a.war: the doctor examined java:/x, java:/y: 1 finding.",
                "java:/x | 5 | 3 | CG0320 a.war: the doctor examined java:/x: 5 findings; from 3 of them guarded jobs are safe.",
            })
    void theDoctorTellsWhatHeExaminedAndCountsWhatHeFound(String dataSources, int findings, int covered, String told) {
        String remedies = " Remedies that begin with /subsystem or with [xa-]data-source are lines for"
                + " jboss-cli.sh --connect; reload afterwards";
        assertThat(Messages.examined("WildFly", "a.war", List.of(dataSources.split(",")), findings, covered))
                .isEqualTo(told + (findings == 0 ? "" : remedies));
        assertThat(Messages.examined("Payara", "a.war", List.of(dataSources.split(",")), findings, covered) + ".")
                .startsWith(told)
                .doesNotContain("jboss-cli");
    }
}
