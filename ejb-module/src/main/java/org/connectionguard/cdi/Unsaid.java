/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.cdi;

import jakarta.enterprise.util.AnnotationLiteral;
import java.io.Serial;
import org.connectionguard.OnUnavailable;
import org.connectionguard.ValidConnections;

/** The annotation for a method whose author has not written it. Immutable. */
final class Unsaid extends AnnotationLiteral<ValidConnections> implements ValidConnections {
    @Serial
    private static final long serialVersionUID = 1L;

    static final Unsaid INSTANCE = new Unsaid();

    private Unsaid() {}

    @Override
    public String[] value() {
        return new String[0];
    }

    @Override
    public String maxWait() {
        return "";
    }

    @Override
    public OnUnavailable onUnavailable() {
        return OnUnavailable.CONFIGURED;
    }

    @Override
    public boolean writable() {
        return false;
    }
}
