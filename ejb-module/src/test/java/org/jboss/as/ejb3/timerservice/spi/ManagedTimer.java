/* SPDX-License-Identifier: Apache-2.0 */
package org.jboss.as.ejb3.timerservice.spi;

import jakarta.ejb.Timer;

/** What the timers of WildFly can do that Jakarta EE's cannot, under the name by which it is found there: all of it that is used. */
public interface ManagedTimer extends Timer {
    /** Calls it, between its expirations. */
    void invoke() throws Exception;
}
