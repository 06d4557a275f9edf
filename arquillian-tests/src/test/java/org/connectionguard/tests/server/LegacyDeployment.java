/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests.server;

import java.util.List;
import java.util.stream.Stream;
import org.connectionguard.tests.legacy.EjbDelegatingJob;
import org.connectionguard.tests.legacy.InjectDelegatingJob;
import org.connectionguard.tests.legacy.PrivateJob;
import org.connectionguard.tests.legacy.RedeployedJob;
import org.connectionguard.tests.legacy.ScheduleJob;
import org.connectionguard.tests.legacy.StatelessJob;
import org.jboss.shrinkwrap.api.Archive;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/**
 * Something to deploy that knows nothing of the guard.
 *
 * @param name of the archive
 * @param wars what is in it: itself, or the modules of an EAR
 * @param beansInJar whether each WAR of an EAR has its beans in an EJB jar beside it
 */
public record LegacyDeployment(String name, List<LegacyWar> wars, boolean beansInJar) {
    private static final List<Class<?>> DELEGATING =
            List.of(ScheduleJob.class, EjbDelegatingJob.class, InjectDelegatingJob.class);

    /**
     * All jobs, without beans.xml; one job, with an empty beans.xml; an EAR of two WARs, one of which delegates; and one with
     * an EJB jar.
     */
    public static Stream<LegacyDeployment> of(Protection protection) {
        String name = "legacy-" + protection.suffix();
        return Stream.of(
                single(new LegacyWar(name, protection, LegacyWar.ALL_JOBS, false)),
                single(new LegacyWar(name + "-beside", protection, List.of(PrivateJob.class), true)),
                new LegacyDeployment(
                        name + "-pair.ear",
                        List.of(
                                new LegacyWar(name + "-pair-first", protection, DELEGATING, false),
                                new LegacyWar(name + "-pair-second", protection, List.of(StatelessJob.class), true)),
                        false),
                new LegacyDeployment(
                        name + "-jar.ear", List.of(new LegacyWar(name + "-jar", protection, DELEGATING, false)), true));
    }

    /** One that is there to be deployed again and again. */
    public static LegacyDeployment forRedeployment(Protection protection) {
        return single(new LegacyWar(
                "legacy-" + protection.suffix() + "-redeployed", protection, List.of(RedeployedJob.class), false));
    }

    private static LegacyDeployment single(LegacyWar war) {
        return new LegacyDeployment(war.name() + ".war", List.of(war), false);
    }

    /** The names of all data sources of all that can be made here. */
    static Stream<String> dataSources() {
        return Stream.of(Protection.values())
                .flatMap(protection -> Stream.concat(of(protection), Stream.of(forRedeployment(protection))))
                .flatMap(deployment -> deployment.wars().stream())
                .flatMap(war -> war.jobNames().stream().map(job -> war.name() + "/" + job));
    }

    /** What users would deploy. */
    public Archive<?> archive() {
        return name.endsWith(".ear") ? ear() : withLibrary(wars.get(0));
    }

    /** The library is in the EAR's lib once, or in each of the WARs. */
    private EnterpriseArchive ear() {
        EnterpriseArchive archive = ShrinkWrap.create(EnterpriseArchive.class, name);
        Protection protection = wars.get(0).protection();
        if (beansInJar) {
            wars.forEach(war -> archive.addAsModules(war.beans(), war.front()));
        } else if (protection == Protection.DROP_IN) {
            wars.forEach(war -> archive.addAsModule(war.archive()));
        } else {
            wars.forEach(war -> archive.addAsModule(withLibrary(war)));
        }
        return protection.hasLibraryInside() && (beansInJar || protection == Protection.DROP_IN)
                ? archive.addAsLibrary(TestApplication.library())
                : archive;
    }

    private static WebArchive withLibrary(LegacyWar war) {
        WebArchive archive = war.archive();
        return war.protection().hasLibraryInside() ? archive.addAsLibraries(TestApplication.library()) : archive;
    }
}
