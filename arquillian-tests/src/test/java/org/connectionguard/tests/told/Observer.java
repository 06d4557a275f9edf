/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests.told;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.connectionguard.GuardEvent;

/** Hears all that is told, and may behave badly. For any thread. */
@ApplicationScoped
public class Observer {
    /** What it does with what it hears, beside keeping it. */
    public enum Manner {
        WELL,
        THROWS,
        IS_SLOW,
        NEVER_RETURNS
    }

    private final List<String> heard = new CopyOnWriteArrayList<>();
    private final CountDownLatch never = new CountDownLatch(1);
    private volatile Manner manner = Manner.WELL;

    void hear(@Observes GuardEvent event) throws InterruptedException {
        heard.add(event.toString());
        switch (manner) {
            case WELL -> {}
            case THROWS -> throw new IllegalStateException("An observer that is wrong");
            case IS_SLOW -> never.await(200, TimeUnit.MILLISECONDS);
            case NEVER_RETURNS -> never.await();
        }
    }

    void behave(Manner next) {
        manner = next;
    }

    List<String> heard() {
        return heard;
    }
}
