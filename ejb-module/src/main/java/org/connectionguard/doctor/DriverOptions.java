/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.doctor;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.connectionguard.message.Words;

/**
 * The few options of a driver that matter here, from the connection URL and from the pool's properties. User, password and
 * all other options are not kept. Immutable.
 *
 * @param product the URL's product: {@code mysql}
 * @param server host and port, as far as the URL tells
 * @param inUrl options of the URL
 * @param properties options that the pool gives to the driver
 */
record DriverOptions(String product, String server, Map<String, String> inUrl, Map<String, String> properties) {
    static final String CONNECT_TIMEOUT = "connectTimeout";
    static final String SOCKET_TIMEOUT = "socketTimeout";
    static final String AUTO_RECONNECT = "autoReconnect";
    static final String INTERACTIVE = "interactiveClient";

    /** The options that are looked at. */
    static final Set<String> NAMES = Set.of(CONNECT_TIMEOUT, SOCKET_TIMEOUT, AUTO_RECONNECT, INTERACTIVE);

    private static final Pattern URL = Pattern.compile("jdbc:(\\w+):[^/]*//([^/]*).*");

    /** Reads a connection URL. */
    static DriverOptions of(String url, Map<String, String> properties) {
        Matcher parts = URL.matcher(Words.withoutSecrets(url));
        boolean understood = parts.matches();
        Map<String, String> inUrl = new HashMap<>();
        for (String option : url.substring(url.indexOf('?') + 1).split("&")) {
            String[] pair = option.split("=", 2);
            if (pair.length == 2 && NAMES.contains(pair[0])) {
                inUrl.put(pair[0], pair[1]);
            }
        }
        return new DriverOptions(
                understood ? parts.group(1) : "", understood ? parts.group(2) : "", Map.copyOf(inUrl), properties);
    }

    /** Whether it is MySQL Connector/J, whose options, sorter and checker the rules know. */
    boolean isConnectorJ() {
        return product.equals("mysql");
    }

    /** A time-out; empty: none. Zero is none too. */
    Optional<Duration> timeout(String name) {
        return value(name)
                .filter(text -> text.matches("[1-9]\\d{0,8}"))
                .map(text -> Duration.ofMillis(Long.parseLong(text)));
    }

    /** Whether an option is switched on. */
    boolean isOn(String name) {
        return value(name).filter("true"::equalsIgnoreCase).isPresent();
    }

    private Optional<String> value(String name) {
        return Optional.ofNullable(properties.getOrDefault(name, inUrl.get(name)));
    }
}
