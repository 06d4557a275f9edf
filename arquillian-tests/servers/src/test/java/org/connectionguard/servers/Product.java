/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.servers;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The servers of which the contract holds. */
enum Product {
    PAYARA,
    GLASSFISH,
    GLASSFISH8,
    LIBERTY,
    TOMEE,
    WILDFLY,
    WILDFLY_AGROAL;

    /** Those that are asked for, and run here. */
    static Stream<Product> chosen() {
        List<Product> asked = Arrays.stream(System.getProperty("servers", "").split(","))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .map(Product::of)
                .toList();
        return (asked.isEmpty() ? List.of(values()) : asked).stream().filter(Product::runsHere);
    }

    private static Product of(String word) {
        return Arrays.stream(values())
                .filter(each -> each.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("There is no server " + word));
    }

    private boolean runsHere() {
        if (this == GLASSFISH8 && Runtime.version().feature() < 21) {
            System.out.println("SKIP " + this + ": it needs Java 21, this is "
                    + Runtime.version().feature());
            return false;
        }
        if (this != WILDFLY && this != WILDFLY_AGROAL && DatabaseChoice.chosen().hasOtherDriver()) {
            System.out.println(
                    "SKIP " + this + ": only on WildFly are there data sources for another driver than MySQL's");
            return false;
        }
        return true;
    }

    /** Whether its Jakarta Concurrency runs methods by a schedule, as it does since 3.1. */
    boolean hasScheduledMethods() {
        return this == GLASSFISH8;
    }

    /** Whether its container repeats a failed call after a moment, by when a short outage may be over. */
    boolean repeatsAfterAMoment() {
        return this == PAYARA || this == GLASSFISH || this == GLASSFISH8;
    }

    private String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** One of them, not yet there. */
    AppServer server(Path directory) {
        Path distribution = Path.of(System.getProperty(this == WILDFLY_AGROAL ? "wildfly.zip" : word() + ".zip"));
        return switch (this) {
            case PAYARA, GLASSFISH, GLASSFISH8 -> new GlassFishServer(distribution, directory);
            case LIBERTY -> new LibertyServer(distribution, directory);
            case TOMEE -> new TomEeServer(distribution, directory);
            case WILDFLY, WILDFLY_AGROAL -> new WildFlyServer(distribution, directory, this == WILDFLY_AGROAL);
        };
    }

    /** What becomes of a timer without the guard is a property of the server. */
    Path directory() {
        return Path.of(System.getProperty("work.directory")).resolve(word());
    }

    /** What the doctor says there of a data source as the server makes it, of its pool and of its driver. */
    List<String> remedies(String dataSource) {
        return switch (this) {
            case PAYARA, GLASSFISH, GLASSFISH8 ->
                List.of(
                        "asadmin set resources.jdbc-connection-pool." + dataSource + ".max-wait-time-in-millis=5000",
                        "asadmin set resources.jdbc-connection-pool." + dataSource + ".property.socketTimeout=60000");
            case LIBERTY ->
                List.of(
                        "<dataSource id=\"" + dataSource + "\">: <connectionManager connectionTimeout=\"5s\"/>",
                        "<dataSource id=\"" + dataSource + "\">: <properties socketTimeout=\"40000\"/>");
            case TOMEE ->
                List.of(
                        "in tomee.xml, <Resource id=\"jdbc/" + dataSource + "\">: MaxWaitTime = 5 seconds",
                        "<Resource id=\"jdbc/" + dataSource + "\">: JdbcUrl with the option socketTimeout=60000");
            case WILDFLY ->
                List.of(
                        "data-source=" + dataSource + ":write-attribute(name=blocking-timeout-wait-millis, value=5000)",
                        "data-source=" + dataSource + "/connection-properties=socketTimeout:add(value="
                                + DatabaseChoice.chosen().socketTimeout() + ")");
            case WILDFLY_AGROAL ->
                List.of(
                        "/subsystem=datasources-agroal/datasource=" + dataSource
                                + ":write-attribute(name=connection-pool.blocking-timeout, value=5000)",
                        "/subsystem=datasources-agroal/datasource=" + dataSource
                                + ":map-put(name=connection-factory.connection-properties, key=socketTimeout, value="
                                + DatabaseChoice.chosen().socketTimeout() + ")");
        };
    }

    /** What the doctor knows there of the server's own limits, by its defaults and those of the tests. */
    List<String> limits() {
        return switch (this) {
            case PAYARA, GLASSFISH, GLASSFISH8 -> List.of("the timers have 16 threads");
            case LIBERTY ->
                List.of(
                        "the transaction time-out is 2 min",
                        "not examined: how many threads the timers have on Open Liberty");
            case TOMEE -> List.of("the transaction time-out is 10 min", "the timers have 20 threads");
            case WILDFLY, WILDFLY_AGROAL -> List.of("the transaction time-out is 5 min", "the timers have 10 threads");
        };
    }

    @Override
    public String toString() {
        return switch (this) {
            case PAYARA -> "Payara";
            case GLASSFISH -> "GlassFish 7";
            case GLASSFISH8 -> "GlassFish 8";
            case LIBERTY -> "Open Liberty";
            case TOMEE -> "TomEE";
            case WILDFLY -> "WildFly";
            case WILDFLY_AGROAL -> "WildFly with Agroal";
        };
    }
}
