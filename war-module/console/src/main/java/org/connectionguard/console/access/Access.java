/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.console.access;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Arrays;
import java.util.Locale;

/** Who may see the console without having signed in. Nobody may do anything with it who has not. */
public enum Access {
    /** Nobody; where nobody at all can sign in, whoever sits at this machine. */
    AUTO,
    /** Nobody, whatever else is so. */
    ROLE,
    /** Whoever sits at this machine. */
    LOOPBACK,
    /** Everybody. */
    OPEN;

    /** The system property, or else context parameter, that says so. Not below {@code connection-guard.}: those are the guard's own. */
    public static final String SETTING = "connection-guard-console.access";

    private static final Logger LOG = System.getLogger("org.connectionguard.console");

    /** What a setting says; what cannot be read lets nobody in. */
    static Access of(String setting) {
        if (setting.isBlank()) {
            return AUTO;
        }
        String word = setting.strip().toUpperCase(Locale.ROOT);
        for (Access access : values()) {
            if (access.name().equals(word)) {
                return access;
            }
        }
        LOG.log(
                Level.WARNING,
                SETTING + "=" + setting + " is none of "
                        + Arrays.toString(values()).toLowerCase(Locale.ROOT) + "; the console asks for a role");
        return ROLE;
    }
}
