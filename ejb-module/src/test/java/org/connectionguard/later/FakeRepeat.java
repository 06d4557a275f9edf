/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.later;

import org.connectionguard.server.Repeat;

/** A way to make a run up that nobody goes. Equal to itself only. */
final class FakeRepeat implements Repeat {
    private final Object timer;
    private final boolean recurs;
    private final boolean calledByContainer;

    private FakeRepeat(Object timer, boolean recurs, boolean calledByContainer) {
        this.timer = timer;
        this.recurs = recurs;
        this.calledByContainer = calledByContainer;
    }

    /** Of a timer that expires again and again, called by whoever asks for it. */
    static FakeRepeat recurring(Object timer) {
        return new FakeRepeat(timer, true, false);
    }

    /** Of a timer that has come to its end. */
    static FakeRepeat last(Object timer) {
        return new FakeRepeat(timer, false, false);
    }

    /** By a timer that the container calls. */
    static FakeRepeat standIn(Object timer) {
        return new FakeRepeat(timer, false, true);
    }

    @Override
    public Object timer() {
        return timer;
    }

    @Override
    public boolean recurs() {
        return recurs;
    }

    @Override
    public boolean isCalledByContainer() {
        return calledByContainer;
    }
}
