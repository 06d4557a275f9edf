/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.doctor;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Predicate;
import java.util.stream.Stream;
import javax.management.ObjectName;
import org.connectionguard.message.DeployedDescriptor;
import org.connectionguard.message.JdbcExtensions;
import org.connectionguard.message.ServerConfiguration;
import org.connectionguard.message.WildFlyPlace;
import org.connectionguard.pool.PoolSettings;

/**
 * The pools that WildFly's model shows: those of its configuration, and those of {@code *-ds.xml} in deployments, with the
 * same attributes. User and password are never read. Attributes that are not set show as null; the defaults here are
 * IronJacamar's. For any thread.
 */
record PoolModel(ManagementBeans beans) {
    private static final int DEFAULT_POOL_SIZE = 20;
    private static final Duration DEFAULT_IDLE = Duration.ofMinutes(30);
    private static final Duration DEFAULT_BLOCKING = Duration.ofSeconds(30);

    /** The first one that is bound to such a name. */
    Optional<PoolFacts> find(Predicate<String> jndiName) {
        return Stream.of("", "deployment=*,", "deployment=*,subdeployment=*,")
                .flatMap(owner -> Stream.of("data-source", "xa-data-source")
                        .flatMap(kind ->
                                beans.named("jboss.as:" + owner + "subsystem=datasources," + kind + "=*").stream()
                                        .filter(bean -> beans.text(bean, "jndiName")
                                                .map(PoolModel::bound)
                                                .filter(jndiName)
                                                .isPresent())
                                        .map(bean -> facts(kind, bean))))
                .findFirst();
    }

    /** WildFly completes a name of a {@code *-ds.xml} so. */
    private static String bound(String jndiName) {
        return jndiName.startsWith("java:")
                ? jndiName
                : (jndiName.startsWith("jboss/") ? "java:" : "java:/") + jndiName;
    }

    private PoolFacts facts(String kind, ObjectName bean) {
        DriverOptions options = options(kind, bean);
        WildFlyPlace place =
                place(kind, bean, options.driver().map(Driver::extensions).orElse(JdbcExtensions.MYSQL));
        return new PoolFacts(
                place, settings(bean), options, Optional.of(managed(place, kind, bean)), Optional.of(own(place, bean)));
    }

    private PoolSettings settings(ObjectName bean) {
        Duration idle = beans.number(bean, "idleTimeoutMinutes")
                .map(Duration::ofMinutes)
                .orElse(DEFAULT_IDLE);
        return new PoolSettings(
                OptionalInt.of(
                        beans.number(bean, "maxPoolSize").map(Long::intValue).orElse(DEFAULT_POOL_SIZE)),
                // It looks for idle ones as often as half the time-out; zero is for ever.
                Optional.of(idle.multipliedBy(3).dividedBy(2)).filter(longest -> !longest.isZero()),
                beans.number(bean, "backgroundValidationMillis")
                        .filter(millis -> millis > 0
                                && beans.flag(bean, "backgroundValidation").orElse(false))
                        .map(Duration::ofMillis),
                beans.flag(bean, "validateOnMatch").filter(on -> on).map(on -> Duration.ZERO),
                Optional.of(beans.number(bean, "blockingTimeoutWaitMillis")
                        .map(Duration::ofMillis)
                        .orElse(DEFAULT_BLOCKING)));
    }

    private ManagedFacts managed(WildFlyPlace place, String kind, ObjectName bean) {
        boolean deployed = bean.getKeyProperty("deployment") != null;
        return new ManagedFacts(
                place,
                // An XA data source has no such attribute: it always takes part.
                kind.equals("xa-data-source") || beans.flag(bean, "jta").orElse(true),
                // Of a deployed one it is always shown as off, whatever its file says.
                deployed ? Optional.empty() : beans.flag(bean, "statisticsEnabled"));
    }

    private WildFlyFacts own(WildFlyPlace place, ObjectName bean) {
        return new WildFlyFacts(
                place,
                beans.text(bean, "validConnectionCheckerClassName").isPresent()
                        || beans.text(bean, "checkValidConnectionSql").isPresent(),
                beans.text(bean, "exceptionSorterClassName").isPresent());
    }

    private static WildFlyPlace place(String kind, ObjectName bean, JdbcExtensions extensions) {
        String name = ManagementBeans.key(bean, kind);
        if (bean.getKeyProperty("deployment") == null) {
            return new ServerConfiguration(kind, name, extensions);
        }
        String deployment = ManagementBeans.key(bean, "deployment");
        return new DeployedDescriptor(
                bean.getKeyProperty("subdeployment") == null
                        ? deployment
                        : ManagementBeans.key(bean, "subdeployment") + " in " + deployment,
                kind,
                name,
                extensions);
    }

    private DriverOptions options(String kind, ObjectName bean) {
        String children = kind.equals("data-source") ? "connection-properties" : "xa-datasource-properties";
        Map<String, String> properties = new HashMap<>();
        // MySQL's data source calls it URL, MariaDB's Url.
        Optional<String> url = beans.text(bean, "connectionUrl");
        for (ObjectName child : beans.named(bean.getCanonicalName() + "," + children + "=*")) {
            String option = ManagementBeans.key(child, children);
            if (DriverOptions.NAMES.contains(option)) {
                beans.text(child, "value").ifPresent(value -> properties.put(option, value));
            } else if (option.equalsIgnoreCase("url")) {
                url = url.or(() -> beans.text(child, "value"));
            }
        }
        return DriverOptions.of(
                url.orElse(""),
                className(bean).orElse(""),
                kind.equals("xa-data-source")
                        || beans.text(bean, "datasourceClass").isPresent(),
                Map.copyOf(properties));
    }

    /** Of the driver, or of the driver's data source. */
    private Optional<String> className(ObjectName bean) {
        return Stream.of("driverClass", "datasourceClass", "xaDatasourceClass")
                .flatMap(attribute -> beans.text(bean, attribute).stream())
                .findFirst()
                .or(() -> beans.text(bean, "driverName").flatMap(this::classOfDriver));
    }

    private Optional<String> classOfDriver(String name) {
        return beans.named("jboss.as:subsystem=datasources,jdbc-driver=*").stream()
                .filter(driver -> ManagementBeans.key(driver, "jdbc-driver").equals(name))
                .flatMap(driver -> Stream.of(
                                "driverClassName", "driverDatasourceClassName", "driverXaDatasourceClassName")
                        .flatMap(attribute -> beans.text(driver, attribute).stream()))
                .findFirst();
    }
}
