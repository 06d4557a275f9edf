/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests.corpus;

import java.util.Locale;

/** How an application of the corpus is deployed: what its archive gets, or its server. */
enum Way {
    /** Without the library: what every other way is compared with. */
    CONTROL(false, ""),

    /** Our jar lies there, and is to do nothing. */
    SWITCHED_OFF(true, "connection-guard.enabled=false"),

    /** Our jar, and one setting. */
    DROP_IN(true, "connection-guard.auto=timers"),

    /** Our jar, and our part of ejb-jar.xml. */
    DESCRIPTOR(true, ""),

    /** Nothing: the server has been configured. */
    SERVER_WIDE(false, "");

    private final boolean libraryInside;
    private final String settings;

    Way(boolean libraryInside, String settings) {
        this.libraryInside = libraryInside;
        this.settings = settings;
    }

    /** Whether the archive has the library in it. */
    boolean hasLibraryInside() {
        return libraryInside;
    }

    /** The content of microprofile-config.properties; empty: there is none. */
    String settings() {
        return settings;
    }

    /** Whether timers are to be protected. */
    boolean isProtecting() {
        return this != CONTROL && this != SWITCHED_OFF;
    }

    /** As it stands in names and headings. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
