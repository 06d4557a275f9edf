/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;

/** Who may know whom. */
@AnalyzeClasses(packages = "org.connectionguard", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule LAYERS = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("interceptor")
            .definedBy("..interceptor..")
            .layer("cdi")
            .definedBy("..cdi..")
            .layer("call")
            .definedBy("..call..")
            .layer("later")
            .definedBy("..later..")
            .layer("server")
            .definedBy("..server..")
            .layer("deployment")
            .definedBy("..deployment..")
            .layer("discovery")
            .definedBy("..discovery..")
            .layer("descriptor")
            .definedBy("..descriptor..")
            .layer("observability")
            .definedBy("..observability..")
            .layer("doctor")
            .definedBy("..doctor..")
            .layer("statistics")
            .definedBy("..statistics..")
            .layer("engine")
            .definedBy("..engine..")
            .layer("pool")
            .definedBy("..pool..")
            .layer("database")
            .definedBy("..database..")
            .layer("config")
            .definedBy("..config..")
            .layer("message")
            .definedBy("..message..")
            .layer("root")
            .definedBy("org.connectionguard")
            .whereLayer("interceptor")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("cdi")
            .mayOnlyBeAccessedByLayers("interceptor")
            .whereLayer("call")
            .mayOnlyBeAccessedByLayers("interceptor", "cdi")
            .whereLayer("later")
            .mayOnlyBeAccessedByLayers("cdi", "call")
            .whereLayer("server")
            .mayOnlyBeAccessedByLayers("interceptor", "cdi", "call", "later")
            .whereLayer("deployment")
            .mayOnlyBeAccessedByLayers("interceptor", "cdi")
            .whereLayer("discovery")
            .mayOnlyBeAccessedByLayers("interceptor", "cdi", "call", "deployment")
            .whereLayer("descriptor")
            .mayOnlyBeAccessedByLayers("cdi", "deployment", "discovery")
            .whereLayer("observability")
            .mayOnlyBeAccessedByLayers("interceptor", "cdi")
            .whereLayer("doctor")
            .mayOnlyBeAccessedByLayers("cdi")
            .whereLayer("statistics")
            .mayOnlyBeAccessedByLayers("cdi", "observability")
            .whereLayer("engine")
            .mayOnlyBeAccessedByLayers(
                    "interceptor",
                    "cdi",
                    "call",
                    "later",
                    "server",
                    "discovery",
                    "observability",
                    "statistics",
                    "doctor")
            .whereLayer("pool")
            .mayOnlyBeAccessedByLayers("call", "engine", "doctor")
            .whereLayer("database")
            .mayOnlyBeAccessedByLayers("call", "engine", "pool", "doctor")
            .whereLayer("config")
            .mayOnlyBeAccessedByLayers("cdi", "call", "deployment", "discovery", "engine", "doctor")
            .whereLayer("root")
            .mayOnlyBeAccessedByLayers(
                    "interceptor",
                    "cdi",
                    "call",
                    "later",
                    "server",
                    "deployment",
                    "discovery",
                    "descriptor",
                    "observability",
                    "statistics",
                    "engine",
                    "config",
                    "doctor")
            .whereLayer("message")
            .mayOnlyBeAccessedByLayers(
                    "cdi",
                    "call",
                    "later",
                    "server",
                    "deployment",
                    "discovery",
                    "descriptor",
                    "observability",
                    "doctor",
                    "engine",
                    "database",
                    "config");

    @ArchTest
    static final ArchRule THE_ENGINE_NEEDS_NO_CONTAINER = noClasses()
            .that()
            .resideInAnyPackage("..engine..", "..pool..", "..database..", "..message..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("jakarta..", "org.eclipse..", "javax.naming..");

    @ArchTest
    static final ArchRule ONLY_ONE_CLASS_KNOWS_MICROPROFILE_CONFIG =
            onlyOneKnows("MicroProfileSettings", "org.eclipse.microprofile.config..");

    @ArchTest
    static final ArchRule ONLY_ONE_CLASS_KNOWS_MICROPROFILE_HEALTH =
            onlyOneKnows("GuardHealthCheck", "org.eclipse.microprofile.health..");

    @ArchTest
    static final ArchRule ONLY_ONE_CLASS_KNOWS_MICROMETER = onlyOneKnows("MicrometerChannel", "io.micrometer..");

    @ArchTest
    static final ArchRule ONLY_ONE_CLASS_KNOWS_OPENTELEMETRY =
            onlyOneKnows("OpenTelemetryChannel", "io.opentelemetry..");

    @ArchTest
    static final ArchRule NOBODY_KNOWS_ANYTHING_ELSE_OF_ECLIPSES = noClasses()
            .should()
            .dependOnClassesThat(resideInAPackage("org.eclipse..")
                    .and(not(resideInAnyPackage(
                            "org.eclipse.microprofile.config..", "org.eclipse.microprofile.health.."))));

    /** It, and the classes in it. */
    private static DescribedPredicate<JavaClass> belongTo(String simpleName) {
        return describe(simpleName, type -> type.getName().matches(".*\\." + simpleName + "(\\$.*)?"));
    }

    /** Else the others would not load where it is not there. */
    private static ArchRule onlyOneKnows(String simpleName, String api) {
        return noClasses()
                .that(not(belongTo(simpleName)))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(api);
    }

    @ArchTest
    static final ArchRule ONLY_ITS_CHANNEL_KNOWS_THE_FLIGHT_RECORDER = noClasses()
            .that()
            .resideOutsideOfPackage("..observability.jfr..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("jdk.jfr..");

    @ArchTest
    static final ArchRule ONLY_ITS_OPENER_KNOWS_THE_CHANNEL_OF_THE_FLIGHT_RECORDER = noClasses()
            .that()
            .resideOutsideOfPackage("..observability.jfr..")
            .and()
            .doNotHaveSimpleName("Outlets")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("..observability.jfr..");

    @ArchTest
    static final ArchRule ONLY_ITS_CHANNEL_REGISTERS_WITH_JMX = noClasses()
            .that()
            .resideOutsideOfPackages("..doctor..", "..server..")
            .and()
            .doNotHaveSimpleName("JmxChannel")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("javax.management..");

    @ArchTest
    static final ArchRule NOBODY_NEEDS_JAKARTA_CONCURRENCY =
            noClasses().should().dependOnClassesThat().resideInAPackage("jakarta.enterprise.concurrent..");

    @ArchTest
    static final ArchRule NO_STATIC_STATE = classes()
            .should(new ArchCondition<>("have no static field that is not final") {
                @Override
                public void check(JavaClass type, ConditionEvents events) {
                    type.getFields().stream()
                            .filter(field -> field.getModifiers().contains(JavaModifier.STATIC))
                            .filter(field -> !field.getModifiers().contains(JavaModifier.FINAL))
                            .filter(field -> !field.getModifiers().contains(JavaModifier.SYNTHETIC))
                            .forEach(field -> events.add(SimpleConditionEvent.violated(field, field.getFullName())));
                }
            });
}
