/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.later;

import java.util.Optional;
import org.connectionguard.engine.Target;

/** What the call of a timer is to a run of it that was put off; one for each call. Immutable. */
public final class Arrival {
    /** What it is. */
    public enum Kind {
        /** Nothing was put off. */
        FRESH,
        /** The timer's next call: it stands for what was put off as well. */
        TAKES_OVER,
        /** The making up. */
        MAKES_UP,
        /** The timer's next call, while what was put off is being made up: two of one timer never run at once. */
        TOO_EARLY,
        /**
         * The call of a timer that was put in another one's place, while its run is being made up by a third; or the call that was put
         * off, repeated by the container, while that is made up, or when it has been.
         */
        NEEDLESS
    }

    private final Kind kind;
    private final Object timer;
    private final Optional<Kept> kept;

    Arrival(Kind kind, Object timer, Optional<Kept> kept) {
        this.kind = kind;
        this.timer = timer;
        this.kept = kept;
    }

    /** That of a call of which nothing can have been put off. */
    public static Arrival ofNothing() {
        return new Arrival(Kind.FRESH, new Object(), Optional.empty());
    }

    public Kind kind() {
        return kind;
    }

    /** Whose call it is. */
    Object timer() {
        return timer;
    }

    /** What was put off; empty where nothing was. */
    Optional<Kept> kept() {
        return kept;
    }

    /** The data source that the other run of its timer waits for. */
    public Target target() {
        return kept.orElseThrow().deferral().target();
    }
}
