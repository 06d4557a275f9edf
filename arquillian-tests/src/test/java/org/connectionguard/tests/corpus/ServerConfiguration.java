/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests.corpus;

import java.util.List;
import java.util.Locale;

/** The configurations that WildFly is delivered with. */
enum ServerConfiguration {
    /** Here also property expressions are resolved, in descriptors and in annotations. */
    STANDALONE(
            "/subsystem=ee:write-attribute(name=spec-descriptor-property-replacement, value=true)",
            "/subsystem=ee:write-attribute(name=annotation-property-replacement, value=true)"),
    STANDALONE_FULL,

    /** Here there are no enterprise beans. */
    STANDALONE_MICROPROFILE;

    private final List<String> lines;

    ServerConfiguration(String... lines) {
        this.lines = List.of(lines);
    }

    /** What is set otherwise than delivered. */
    List<String> lines() {
        return lines;
    }

    /** Whether the server's interceptor can be installed. */
    boolean allows(Way way) {
        return way != Way.SERVER_WIDE || this != STANDALONE_MICROPROFILE;
    }

    /** Its file. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-') + ".xml";
    }
}
