/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.server;

import jakarta.ejb.Timer;

/**
 * A job's method as the clients of its bean call it, with all that its container does for a call: where timers cannot be called,
 * it is the way to have a job run once more. For any thread.
 */
public interface BusinessCall {
    /**
     * Calls it, and returns when the call has.
     *
     * @param timer that the method is given, where it wants one
     * @throws Exception what the call threw
     */
    void call(Timer timer) throws Exception;
}
