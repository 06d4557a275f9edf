/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.cdi;

import jakarta.enterprise.util.AnnotationLiteral;
import java.io.Serial;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

/** Marks the beans that the server's own library brings, beside those that an application's copy of it seems to bring. */
@Retention(RetentionPolicy.RUNTIME)
@interface ServersOwn {
    /** The mark. */
    final class Mark extends AnnotationLiteral<ServersOwn> implements ServersOwn {
        @Serial
        private static final long serialVersionUID = 1L;
    }
}
