/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.sql.SQLException;
import java.util.stream.Stream;
import org.connectionguard.tests.server.LegacyWar;
import org.connectionguard.tests.server.Management;
import org.connectionguard.tests.server.Observer;
import org.connectionguard.tests.server.Protection;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Applications that know nothing of the guard, protected by what is put into their archives. */
@Tag("any-database")
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class NoCodeIT {
    private static final LegacyTrial TRIAL =
            LegacyTrial.of(Stream.of(Protection.NONE, Protection.DROP_IN, Protection.DESCRIPTOR));

    /** Only so that Arquillian has the server started. */
    @Deployment(testable = false)
    static WebArchive observer() {
        return Observer.archive();
    }

    @BeforeAll
    static void deploy() throws SQLException {
        TRIAL.deploy();
    }

    @AfterAll
    static void undeploy() {
        TRIAL.undeploy();
    }

    /** Else all of this would prove nothing. */
    @Test
    void theApplicationsUseNothingOfTheLibrary() {
        noClasses()
                .should()
                .dependOnClassesThat(
                        resideInAPackage("org.connectionguard..").and(not(belongToAnyOf(LegacyWar.classesOfAll()))))
                .check(new ClassFileImporter().importClasses(LegacyWar.classesOfAll()));
    }

    @ParameterizedTest
    @EnumSource
    void protectedTimersRunOnAndTheOthersFail(StalenessFault fault) throws SQLException {
        TRIAL.protectedTimersSurvive(fault);
    }

    /** Two WARs of one EAR bring one each; of the four timers each sees all. */
    @Test
    void eachCopyOfTheLibraryLooksAfterItsOwnTimersOnly() throws IOException {
        String report = "CG0120 legacy-descriptor-pair has ";
        assertThat(Management.logged(report + "3 timers: 3 guarded")).hasSize(5);
        assertThat(Management.logged(report + "1 timer: 1 guarded")).hasSize(3);
        assertThat(Management.logged(report + "4 timers")).isEmpty();
    }

    @Test
    void aWaitInsideTheTransactionMayOutliveIt() throws SQLException {
        assertThat(TRIAL.outlastTransactions().values().stream()
                        .flatMap(accounts -> accounts.values().stream())
                        .flatMap(account -> account.errors().stream()))
                .anySatisfy(error -> assertThat(error).contains("CG0202", "its transaction is no longer active"));
    }
}
