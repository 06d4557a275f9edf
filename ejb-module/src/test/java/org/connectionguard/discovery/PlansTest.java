/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.annotation.Resource;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;
import org.connectionguard.GuardDefinitionException;
import org.connectionguard.OnUnavailable;
import org.connectionguard.ValidConnections;
import org.connectionguard.config.Configuration;
import org.connectionguard.descriptor.EjbJars;
import org.connectionguard.testing.Jndi;
import org.connectionguard.testing.MapSettings;
import org.connectionguard.testing.SmallDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class PlansTest {
    private static final String NAME = "java:/Jobs";
    private static final Duration PATIENCE = Duration.ofMillis(300);

    @RegisterExtension
    private final Jndi jndi = new Jndi();

    private final SmallDatabase database = new SmallDatabase();
    private final MapSettings settings = new MapSettings();
    private final AtomicLong nanos = new AtomicLong();

    private Plans plans() {
        return plans(PATIENCE);
    }

    private Plans plans(Duration patience) {
        Configuration configuration = settings.read();
        return new Plans(
                loader -> configuration,
                () -> configuration,
                new Discovery(loader -> configuration, Optional.empty(), new Beans(), new EjbJars()),
                new DataSources(patience),
                nanos::get);
    }

    private static Method method(Class<?> type, String name) throws NoSuchMethodException {
        return type.getDeclaredMethod(name);
    }

    static class Job {
        @ValidConnections(NAME)
        void run() {}

        @ValidConnections(value = NAME, maxWait = "PT1M", writable = true)
        void write() {}

        @ValidConnections(value = NAME, onUnavailable = OnUnavailable.SKIP)
        int count() {
            return 1;
        }

        void plain() {}
    }

    private static DataSource only(Plan plan) {
        assertThat(plan.targets()).hasSize(1);
        return plan.targets().get(0).dataSource();
    }

    @Test
    void aNameIsOneDataSourceForMethodsAndCallsAlike() throws NoSuchMethodException {
        jndi.bindEach(NAME, database::dataSource);
        Plans plans = plans();
        DataSource dataSource = only(plans.plan(NAME));
        assertThat(only(plans.plan(NAME))).isSameAs(dataSource);
        assertThat(only(plans.plan(Job.class, method(Job.class, "run")))).isSameAs(dataSource);
        assertThat(only(plans.plan(Job.class, method(Job.class, "write")))).isSameAs(dataSource);
    }

    private void pass(Duration duration) {
        nanos.addAndGet(duration.toNanos());
    }

    @Test
    void aRedeployedDataSourceIsInThePlansOfMethodsASecondLaterAndOfCallsAtOnce() throws NoSuchMethodException {
        Method run = method(Job.class, "run");
        DataSource old = database.dataSource();
        jndi.bind(NAME, old);
        Plans plans = plans();
        assertThat(only(plans.plan(Job.class, run))).isSameAs(old);
        DataSource redeployed = database.dataSource();
        jndi.bind(NAME, redeployed);
        assertThat(only(plans.plan(NAME))).isSameAs(redeployed);
        assertThat(only(plans.plan(Job.class, run))).isSameAs(old);
        pass(KeptPlan.FRESH);
        assertThat(only(plans.plan(Job.class, run))).isSameAs(redeployed);
        assertThat(plans.targets())
                .singleElement()
                .satisfies(target -> assertThat(target.dataSource()).isSameAs(redeployed));
    }

    @Test
    void howeverManyCallsThereAreNamesAreLookedUpOnceASecond() throws NoSuchMethodException {
        AtomicInteger lookUps = new AtomicInteger();
        DataSource dataSource = database.dataSource();
        jndi.bindEach(NAME, () -> {
            lookUps.incrementAndGet();
            return dataSource;
        });
        Plans plans = plans();
        Method run = method(Job.class, "run");
        for (int call = 0; call < 100; call++) {
            plans.plan(Job.class, run);
        }
        assertThat(lookUps).hasValue(1);
        pass(KeptPlan.FRESH);
        for (int call = 0; call < 100; call++) {
            plans.plan(Job.class, run);
        }
        assertThat(lookUps).hasValue(2);
    }

    @Test
    void aDataSourceThatComesLateIsGuardedFromThenOn() throws NoSuchMethodException {
        settings.put("default-data-source", "java:/Late");
        Plans plans = plans();
        Method plain = method(Job.class, "plain");
        assertThat(plans.plan(Job.class, plain).gap()).isPresent();
        DataSource late = database.dataSource();
        jndi.bind("java:/Late", late);
        pass(KeptPlan.FRESH);
        assertThat(only(plans.plan(Job.class, plain))).isSameAs(late);
        jndi.unbind("java:/Late");
        pass(KeptPlan.FRESH);
        assertThat(only(plans.plan(Job.class, plain))).isSameAs(late);
    }

    @Test
    void theDoctorHearsOfTheMostDemandingMethod() throws NoSuchMethodException {
        jndi.bind(NAME, database.dataSource());
        Plans plans = plans();
        plans.plan(Job.class, method(Job.class, "run"));
        plans.plan(Job.class, method(Job.class, "write"));
        assertThat(plans.targets()).singleElement().satisfies(target -> {
            assertThat(target.settings().maxWait()).isEqualTo(Duration.ofMinutes(1));
            assertThat(target.settings().writable()).isTrue();
        });
    }

    @Test
    void aMethodThatReturnsAPrimitiveCannotBeSkipped() {
        jndi.bind(NAME, database.dataSource());
        assertThatThrownBy(() -> plans().plan(Job.class, method(Job.class, "count")))
                .hasMessageStartingWith("CG0010 " + Job.class.getName() + ".count returns int");
    }

    @Test
    void aMethodWithoutTheAnnotationRunsUnguardedWhereItsDataSourceIsUnknown() throws NoSuchMethodException {
        settings.put("default-data-source", "java:/Nowhere");
        assertThat(plans().plan(Job.class, method(Job.class, "plain")).gap())
                .hasValueSatisfying(why -> assertThat(why).startsWith("CG0003 There is no data source java:/Nowhere"));
    }

    static class Two {
        @Resource(lookup = NAME)
        DataSource here;

        @Resource(lookup = "java:/Late")
        DataSource late;

        void plain() {}

        @ValidConnections
        void annotated() {}
    }

    @Test
    void aDataSourceThatIsMissingDoesNotCostTheOther() throws NoSuchMethodException {
        DataSource here = database.dataSource();
        jndi.bind(NAME, here);
        assertThat(only(plans().plan(Two.class, method(Two.class, "plain")))).isSameAs(here);
        assertThat(only(plans().plan(Two.class, method(Two.class, "annotated"))))
                .isSameAs(here);
    }

    @Test
    void beforeTheFirstCallItIsKnownWhatIsMissing() throws NoSuchMethodException {
        jndi.bind(NAME, database.dataSource());
        Plans plans = plans();
        assertThat(plans.outlook(Two.class, method(Two.class, "plain")).gaps())
                .singleElement()
                .asString()
                .startsWith("CG0003 There is no data source java:/Late");
        jndi.bind("java:/Late", database.dataSource());
        assertThat(plans.outlook(Two.class, method(Two.class, "plain"))).isEqualTo(Outlook.PROVEN);
        assertThat(plans.targets()).hasSize(2);
    }

    static class OfAComponent {
        @Resource(name = "jdbc/own")
        DataSource dataSource;

        void plain() {}

        @ValidConnections
        void annotated() {}
    }

    @Test
    void aNameThatOnlyItsComponentSeesIsNoErrorBeforeItsFirstCallNorThen() throws NoSuchMethodException {
        Plans plans = plans();
        Method annotated = method(OfAComponent.class, "annotated");
        plans.check(OfAComponent.class, annotated);
        assertThat(plans.outlook(OfAComponent.class, annotated))
                .isEqualTo(new Outlook(List.of("java:comp/env/jdbc/own"), List.of(), List.of(), false));
        assertThat(plans.plan(OfAComponent.class, annotated).gap()).isPresent();
    }

    static class BindsItself {
        @ValidConnections("java:global/jdbc/own")
        void run() {}
    }

    @Test
    void aNameThatTheApplicationBindsLaterIsNoErrorAndHoldsNoDeploymentUp() throws NoSuchMethodException {
        Plans plans = plans(Duration.ofMinutes(1));
        Method run = method(BindsItself.class, "run");
        long start = System.nanoTime();
        plans.check(BindsItself.class, run);
        assertThat(plans.outlook(BindsItself.class, run))
                .isEqualTo(new Outlook(List.of(), List.of("java:global/jdbc/own"), List.of(), false));
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMinutes(1));
        assertThat(plans.leadingNowhere(settings.put("\"java:global/jdbc/own\".max-wait", "PT1S")
                        .read()))
                .isEmpty();
        DataSource own = database.dataSource();
        jndi.bind("java:global/jdbc/own", own);
        pass(KeptPlan.FRESH);
        assertThat(only(plans.plan(BindsItself.class, run))).isSameAs(own);
        assertThat(plans.outlook(BindsItself.class, run)).isEqualTo(Outlook.PROVEN);
    }

    @Test
    void aDataSourceAtHandIsTheOneOfItsNameWithTheSettingsOfThat() throws NoSuchMethodException {
        settings.put("\"" + NAME + "\".max-wait", "PT7S");
        DataSource dataSource = database.dataSource();
        jndi.bind(NAME, dataSource);
        Plans plans = plans();
        assertThat(plans.plan(dataSource).maxWait()).as("by a setting's name").isEqualTo(Duration.ofSeconds(7));
        assertThat(plans.plan(dataSource).targets().get(0).name()).isEqualTo("DataSource");
        DataSource other = database.dataSource();
        jndi.bind(NAME, other);
        plans.plan(Job.class, method(Job.class, "run"));
        Plan plan = plans.plan(other);
        assertThat(only(plan)).isSameAs(other);
        assertThat(plan.targets().get(0).name()).isEqualTo(NAME);
        assertThat(plan.maxWait()).isEqualTo(Duration.ofSeconds(7));
        assertThat(plans.atHand(NAME)).isEmpty();
        assertThat(plans.atHand("DataSource")).containsSame(dataSource);
    }

    @Test
    void aPoolHasTheSettingsOfItsOwnName() {
        settings.put("\"DataSource\".max-wait", "PT7S");
        Plans plans = plans();
        assertThat(plans.plan(database.dataSource()).maxWait()).isEqualTo(Duration.ofSeconds(7));
    }

    @Test
    void nothingAtHandIsAnErrorThatSaysSo() {
        DataSource none = null;
        assertThatThrownBy(() -> plans().plan(none))
                .isInstanceOf(GuardDefinitionException.class)
                .hasMessageStartingWith("CG0020 ConnectionGuard.validate was given null");
    }

    static class Nothing {
        @ValidConnections
        void run() {}
    }

    @Test
    void anAnnotationWithoutAnythingToValidateSaysSo() throws NoSuchMethodException {
        // Where no component's names are visible, nobody can tell.
        plans().check(Nothing.class, method(Nothing.class, "run"));
        jndi.bind("java:comp", "a context");
        assertThatThrownBy(() -> plans().check(Nothing.class, method(Nothing.class, "run")))
                .isInstanceOf(GuardDefinitionException.class)
                .hasMessageStartingWith("CG0015 " + Nothing.class.getName() + ".run carries @ValidConnections, but no");
    }

    @Test
    void allMethodsOfADeploymentTogetherWaitForMissingNames() {
        Duration patience = Duration.ofSeconds(1);
        Plans plans = plans(patience);
        long start = System.nanoTime();
        for (int method = 0; method < 10; method++) {
            assertThatThrownBy(() -> plans.check(Job.class, method(Job.class, "run")));
        }
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(patience, patience.multipliedBy(8));
    }

    @Resource(name = "ds", lookup = "java:comp/DefaultDataSource", type = DataSource.class)
    static class OfDefault {
        void plain() {}
    }

    @Test
    void aDefaultThatTheServerDoesNotHaveIsAGapWithItsRemedy() throws NoSuchMethodException {
        assertThat(plans().plan(OfDefault.class, method(OfDefault.class, "plain"))
                        .gap())
                .hasValueSatisfying(why -> assertThat(why)
                        .startsWith("CG0016 " + OfDefault.class.getName()
                                + ".plain uses the server's default data source (@Resource of OfDefault), and there"));
    }

    static class Plain {
        @Resource
        DataSource dataSource;

        void plain() {}
    }

    @Test
    void aNameThatOnlyAnotherComponentSeesIsFollowedToWhatItLeadsTo() throws NoSuchMethodException {
        DataSource platforms = database.dataSource();
        jndi.bind("java:comp/DefaultDataSource", platforms);
        Plans plans = plans();
        Method plain = method(Plain.class, "plain");
        assertThat(only(plans.plan(Plain.class, plain))).isSameAs(platforms);
        DataSource own = database.dataSource();
        String name = "java:comp/env/" + Plain.class.getName() + "/dataSource";
        jndi.bind(name, own);
        pass(KeptPlan.FRESH);
        assertThat(only(plans.plan(Plain.class, plain))).isSameAs(own);
        jndi.unbind(name);
        pass(KeptPlan.FRESH);
        assertThat(only(plans.plan(Plain.class, plain))).as("gone for a moment").isSameAs(own);
    }

    static class Aliases {
        @Resource(lookup = NAME)
        DataSource one;

        @Resource(lookup = "Jobs")
        DataSource other;

        @Resource(name = "jdbc/jobs")
        DataSource reference;

        void plain() {}
    }

    @Test
    void namesOfOneDataSourceAreOneTargetWithTheSettingsOfAnyOfThem() throws NoSuchMethodException {
        DataSource dataSource = database.dataSource();
        jndi.bind(NAME, dataSource);
        jndi.bind("Jobs", dataSource);
        jndi.bind("java:comp/env/jdbc/jobs", dataSource);
        jndi.bind("java:jboss/datasources/Jobs", dataSource);
        jndi.bind("java:/Other", database.dataSource());
        settings.put("\"java:jboss/datasources/Jobs\".validation-timeout", "PT7S");
        settings.put("\"java:Jobs\".writable", "true");
        settings.put("\"java:/Other\".pin", "false");
        Plans plans = plans();
        assertThat(plans.plan(Aliases.class, method(Aliases.class, "plain")).targets())
                .singleElement()
                .satisfies(target -> {
                    assertThat(target.settings().validationTimeout()).isEqualTo(Duration.ofSeconds(7));
                    assertThat(target.settings().writable()).isTrue();
                    assertThat(target.settings().pin()).isTrue();
                });
        assertThat(plans.writeDemands())
                .singleElement()
                .satisfies(demand -> assertThat(demand.place()).isEqualTo("connection-guard.\"java:Jobs\".writable"));
    }

    @Test
    void whatIsSwitchedOffUnderAnotherNameIsKnownBeforeTheFirstCall() throws NoSuchMethodException {
        DataSource dataSource = database.dataSource();
        jndi.bind(NAME, dataSource);
        jndi.bind("java:/Alias", dataSource);
        settings.put("\"java:/Alias\".enabled", "false");
        assertThat(plans().outlook(Job.class, method(Job.class, "run")))
                .isEqualTo(new Outlook(List.of(), List.of(), List.of(), true));
    }

    @Test
    void settingsForWhatIsNotThereAreTold() {
        jndi.bind(NAME, database.dataSource());
        Configuration configuration = settings.put("\"java:/Jops\".pin", "false")
                .put("\"java:/Jobs\".pin", "false")
                .put("\"java:comp/env/jdbc/jobs\".pin", "false")
                .read();
        assertThat(plans().leadingNowhere(configuration)).containsExactly("java:/Jops");
    }
}
