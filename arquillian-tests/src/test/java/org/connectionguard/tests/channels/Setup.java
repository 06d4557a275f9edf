/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests.channels;

import java.util.List;

/** A server, and what it has. */
enum Setup {
    /** No API but those that every WildFly has. */
    STANDALONE("standalone.xml"),
    FULL("standalone-full.xml"),
    /** MicroProfile Health, and no enterprise beans. */
    MICROPROFILE("standalone-microprofile.xml");

    private final String configuration;

    Setup(String configuration) {
        this.configuration = configuration;
    }

    String configuration() {
        return configuration;
    }

    String[] javaOptions() {
        return new String[] {"-XX:StartFlightRecording=name=told,settings=default"};
    }

    List<String> lines() {
        return List.of();
    }

    List<String> scripts() {
        return List.of();
    }

    boolean hasEnterpriseBeans() {
        return this != MICROPROFILE;
    }

    boolean hasHealth() {
        return this == MICROPROFILE;
    }

    String settings() {
        return """
                connection-guard.overdue-after=PT1S
                connection-guard.validation-timeout=PT1S
                connection-guard.initial-backoff=PT0.05S
                connection-guard.max-backoff=PT0.2S
                """;
    }
}
