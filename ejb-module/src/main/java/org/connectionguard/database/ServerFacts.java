/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.database;

import java.time.Duration;
import java.util.Optional;

/**
 * What a server says of itself to one session. Immutable.
 *
 * @param product name and version
 * @param waitTimeout after how much idleness it closes this session; where it never does, longer than anybody waits
 * @param interactiveTimeout the same for sessions whose client calls itself interactive, where the product knows such
 * @param maxConnections how many sessions it allows in all
 * @param readOnly whether it accepts no writes
 * @param tls the session's version of TLS; empty: in the clear
 */
public record ServerFacts(
        String product,
        Duration waitTimeout,
        Duration interactiveTimeout,
        int maxConnections,
        boolean readOnly,
        Optional<String> tls) {}
