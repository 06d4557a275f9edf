/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.doctor;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.connectionguard.message.PoolPlace;
import org.connectionguard.message.Words;

/**
 * The few options of a driver that matter here, from the connection URL and from the pool's properties. User, password and
 * all other options are not kept. Immutable.
 *
 * @param driver whose options they are; empty: of a driver that the rules do not know, or nothing tells
 * @param told whether URL or class tell whose they are
 * @param server host and port, as far as the URL tells
 * @param inUrl options of the URL
 * @param properties options that the pool gives to the driver
 * @param takesProperties whether the driver takes such at all; else only the URL's count
 * @param urlFirst whether the URL's count where the pool gives the same
 */
record DriverOptions(
        Optional<Driver> driver,
        boolean told,
        String server,
        Map<String, String> inUrl,
        Map<String, String> properties,
        boolean takesProperties,
        boolean urlFirst) {
    static final String CONNECT_TIMEOUT = "connectTimeout";
    static final String SOCKET_TIMEOUT = "socketTimeout";
    static final String AUTO_RECONNECT = "autoReconnect";
    static final String INTERACTIVE = "interactiveClient";

    /** The options that are looked at. */
    static final Set<String> NAMES = Set.of(CONNECT_TIMEOUT, SOCKET_TIMEOUT, AUTO_RECONNECT, INTERACTIVE);

    private static final Pattern URL = Pattern.compile("jdbc:(\\w+):[^/]*//([^/]*).*");

    /**
     * Reads them.
     *
     * @param url the connection URL; empty: none
     * @param className of the driver or its data source; empty: not told
     * @param bySetters whether a data source of the driver's makes the connections: it takes properties by its setters
     * @param properties those of {@link #NAMES} that the pool gives to the driver
     */
    static DriverOptions of(String url, String className, boolean bySetters, Map<String, String> properties) {
        Matcher parts = URL.matcher(Words.withoutSecrets(url));
        boolean understood = parts.matches();
        Optional<Driver> driver = Driver.of(className, understood ? parts.group(1) : "");
        Map<String, String> inUrl = new HashMap<>();
        for (String option : url.substring(url.indexOf('?') + 1).split("&")) {
            String[] pair = option.split("=", 2);
            if (pair.length == 2) {
                name(driver, pair[0]).ifPresent(name -> inUrl.put(name, pair[1]));
            }
        }
        return new DriverOptions(
                driver,
                understood || !className.isEmpty(),
                understood ? parts.group(2) : "",
                Map.copyOf(inUrl),
                properties,
                !bySetters || driver.isEmpty() || driver.get().hasSetters(),
                !bySetters && driver.filter(Driver::urlFirst).isPresent());
    }

    /**
     * Of a pool that was given a data source of the driver's: whose it is does not help, for nobody tells its options.
     *
     * @param url the connection URL; empty: none
     */
    static DriverOptions unreadable(String url) {
        return new DriverOptions(
                Optional.empty(), true, of(url, "", false, Map.of()).server(), Map.of(), Map.of(), false, false);
    }

    /** Whether anything is known of them. */
    boolean isReadable() {
        return takesProperties || driver.isPresent();
    }

    /** Which of {@link #NAMES} the URL means. */
    private static Optional<String> name(Optional<Driver> driver, String written) {
        boolean anyCase = driver.filter(Driver::takesAnyCase).isPresent();
        return NAMES.stream()
                .filter(name -> anyCase ? name.equalsIgnoreCase(written) : name.equals(written))
                .findFirst();
    }

    /** How long a connect may last; empty: as long as the network lets it. */
    Optional<Duration> connectTimeout() {
        return value(CONNECT_TIMEOUT).isPresent() ? timeout(CONNECT_TIMEOUT) : driver.flatMap(Driver::connectTimeout);
    }

    /** How long a read may last; empty: for ever. */
    Optional<Duration> socketTimeout() {
        return timeout(SOCKET_TIMEOUT);
    }

    /** Zero is none. */
    private Optional<Duration> timeout(String name) {
        return value(name)
                .filter(text -> text.matches("[1-9]\\d{0,8}"))
                .map(text -> Duration.of(Long.parseLong(text), unit()));
    }

    private ChronoUnit unit() {
        return driver.map(Driver::unit).orElse(ChronoUnit.MILLIS);
    }

    /** Whether an option is switched on. */
    boolean isOn(String name) {
        return value(name).filter("true"::equalsIgnoreCase).isPresent();
    }

    /** How a time-out is given another value, which is whole seconds. */
    String remedy(PoolPlace pool, String option, Duration value) {
        return remedy(pool, option, Long.toString(value.dividedBy(unit().getDuration())));
    }

    /** How an option is given another value: where the one stands that counts, or where one can be added. */
    String remedy(PoolPlace pool, String option, String value) {
        if (counts(option)) {
            return pool.changeOption(option, value);
        }
        return takesProperties && !inUrl.containsKey(option)
                ? pool.addOption(option, value)
                : "connection URL option " + option + "=" + value;
    }

    private Optional<String> value(String name) {
        return Optional.ofNullable(counts(name) ? properties.get(name) : inUrl.get(name));
    }

    /** Whether the pool's property is the one that the driver heeds. */
    private boolean counts(String name) {
        boolean overruled = urlFirst && inUrl.containsKey(name);
        return takesProperties && properties.containsKey(name) && !overruled;
    }
}
