/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard;

/**
 * A setting, an annotation or a name that cannot work. The message names the thing, the place and the remedy. Reported as a
 * deployment problem wherever it can be seen at deployment, else thrown at the first call.
 */
public final class GuardDefinitionException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * Made by the guard.
     *
     * @param message the thing, the place and the remedy
     */
    public GuardDefinitionException(String message) {
        super(message);
    }
}
