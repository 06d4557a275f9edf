/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.server;

/** The way by which one run that was put off is made up; equal to itself only. For any thread. */
public interface Repeat {
    /** The timer whose call it will be. */
    Object timer();

    /** Whether that timer expires again by itself. */
    boolean recurs();

    /** Whether the container makes the call, on a thread of its own; else whoever asks for it does. */
    boolean isCalledByContainer();
}
