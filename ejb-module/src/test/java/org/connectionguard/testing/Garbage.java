/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;

/** What nobody holds any more. Stateless. */
public final class Garbage {
    private static final int ATTEMPTS = 100;
    private static final long MILLIS = 50;

    private Garbage() {}

    /**
     * Whether it is collected, sooner or later.
     *
     * @param queue of the reference
     */
    public static <T> void assertCollected(WeakReference<T> reference, ReferenceQueue<T> queue)
            throws InterruptedException {
        boolean collected = false;
        for (int attempt = 0; attempt < ATTEMPTS && !collected; attempt++) {
            System.gc();
            collected = queue.remove(MILLIS) == reference;
        }
        assertThat(collected).as("collected").isTrue();
    }
}
