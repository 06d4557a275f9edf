/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests.server;

import java.util.Locale;

/** In which way an application is protected that knows nothing of the guard: what its archive gets. */
public enum Protection {
    /** Nothing: the twin that every fault must hurt. */
    NONE(false, false, ""),

    /** Our jar, and one setting. */
    DROP_IN(true, true, "connection-guard.auto=timers"),

    /** Nothing: the server has been configured. */
    SERVER_WIDE(true, false, ""),

    /** The twin on such a server. */
    OPTED_OUT(false, false, "connection-guard.auto=off"),

    /** Our jar, and the ready ejb-jar.xml. */
    DESCRIPTOR(true, true, "");

    private final boolean protecting;
    private final boolean libraryInside;
    private final String settings;

    Protection(boolean protecting, boolean libraryInside, String settings) {
        this.protecting = protecting;
        this.libraryInside = libraryInside;
        this.settings = settings;
    }

    /** Whether timers are guarded. */
    public boolean isProtecting() {
        return protecting;
    }

    /** Whether the archive has the library in it. */
    boolean hasLibraryInside() {
        return libraryInside;
    }

    /** The content of microprofile-config.properties; empty: there is none. */
    String settings() {
        return settings;
    }

    /** The protection in names of deployments. */
    String suffix() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
