/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.doctor;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Predicate;
import java.util.stream.Stream;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import javax.sql.DataSource;
import org.connectionguard.config.Settings;
import org.connectionguard.engine.Target;

/**
 * WildFly's configuration and deployments, as its management model showed them when this one read them first. No class of
 * WildFly's is used: on other servers there is no such model, and nothing is known. For any thread.
 */
final class WildFlyModel {
    private static final String DATA_SOURCE = "org.jboss.as.connector.subsystems.datasources.WildFlyDataSource";
    private static final String TIMERS = "jboss.as:subsystem=ejb3,service=timer-service";
    private static final String STORES = TIMERS + ",database-data-store=*";

    private final ManagementBeans beans;
    private final PoolModel pools;
    private final AgroalModel agroal;

    /** That of the server in which it runs. */
    WildFlyModel() {
        this(ManagementFactory.getPlatformMBeanServer());
    }

    /** That which is shown there. */
    WildFlyModel(MBeanServer server) {
        this.beans = new ManagementBeans(server);
        this.pools = new PoolModel(beans);
        this.agroal = new AgroalModel(beans);
    }

    /**
     * Whether the server is on its way up, when it shows nothing of its configuration, or something is being deployed, of
     * which it shows nothing before it is done.
     */
    boolean isChanging() {
        return beans.text(ManagementBeans.name("jboss.root:type=state"), "RunningState")
                        .filter("starting"::equalsIgnoreCase)
                        .isPresent()
                || beans
                        .named("jboss.as:core-service=management,service=management-operations,active-operation=*")
                        .stream()
                        .anyMatch(operation -> beans.number(operation, "exclusiveRunningTime")
                                .filter(nanos -> nanos >= 0)
                                .isPresent());
    }

    /** The server of that name, and what it gives to timers. */
    ContainerFacts container(String name) {
        String pool = beans.text(ManagementBeans.name(TIMERS), "threadPoolName").orElse("default");
        Optional<Long> threads =
                beans.number(ManagementBeans.name("jboss.as:subsystem=ejb3,thread-pool=" + pool), "maxThreads");
        return new ContainerFacts(
                name,
                pool,
                new ServerLimits(
                        beans.number(ManagementBeans.name("jboss.as:subsystem=transactions"), "defaultTimeout")
                                .map(Duration::ofSeconds),
                        threads.isPresent() ? OptionalInt.of(threads.get().intValue()) : OptionalInt.empty(),
                        false));
    }

    /** What is shown of a pool of Agroal's, which tells the rest itself; by whatever name the application calls it. */
    Optional<ManagedFacts> agroal(Target target) {
        return agroal.find(jndi -> jndi.equals(target.name())).or(() -> agroal.find(leadingTo(target)));
    }

    /** The pool behind a data source, by whatever name the application calls it. */
    Optional<PoolFacts> pool(Target target) {
        return pools.find(jndi -> jndi.equals(target.name())).or(() -> pools.find(leadingTo(target)));
    }

    /**
     * Whether a data source is one of WildFly's. If all that is configured and deployed is shown, and its pool is not, then a
     * {@code @DataSourceDefinition} makes it, or a descriptor's.
     */
    static boolean makes(DataSource dataSource) {
        return dataSource.getClass().getName().equals(DATA_SOURCE);
    }

    /** The timer service's store that keeps its timers in a data source. */
    Optional<String> timerStore(Target target) {
        return stores(jndi -> jndi.equals(target.name()) || leadingTo(target).test(jndi))
                .map(store -> ManagementBeans.key(store, "database-data-store"))
                .findFirst();
    }

    /** The data sources in which the timer service keeps its timers; there is no guard before it. */
    List<Target> timerStores() {
        return stores(jndi -> true)
                .flatMap(store -> beans.text(store, "datasourceJndiName").stream())
                .distinct()
                .flatMap(jndi ->
                        lookUp(jndi)
                                .map(found -> new Target(jndi, found, Settings.DEFAULTS.withEnabled(false)))
                                .stream())
                .toList();
    }

    private Stream<ObjectName> stores(Predicate<String> jndiName) {
        return beans.named(STORES).stream()
                .filter(store ->
                        beans.text(store, "datasourceJndiName").filter(jndiName).isPresent());
    }

    private static Predicate<String> leadingTo(Target target) {
        return jndi -> lookUp(jndi).filter(target.dataSource()::equals).isPresent();
    }

    private static Optional<DataSource> lookUp(String jndi) {
        try {
            return Optional.ofNullable(InitialContext.doLookup(jndi))
                    .filter(DataSource.class::isInstance)
                    .map(DataSource.class::cast);
        } catch (NamingException e) {
            // One that is disabled.
            return Optional.empty();
        }
    }
}
