/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.observability.jfr;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.StackTrace;
import org.connectionguard.GuardEvent;

/**
 * An event of the flight recorder's, of one of the guard's. Where it happened in the library's code is of no interest. One
 * object for each, for one thread after the other.
 *
 * @param <E> the guard's
 */
@Category({"Connection Guard"})
@StackTrace(false)
abstract class Recorded<E extends GuardEvent> extends Event {
    @Label("Deployment")
    @Description("The deployment whose guard it is")
    String deployment;

    /** Takes over what happened. */
    abstract void fill(E event);

    /** Writes it into all recordings that want it. */
    final void write(String guarded, E event) {
        if (shouldCommit()) {
            deployment = guarded;
            fill(event);
            commit();
        }
    }
}
