/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests.told;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.util.concurrent.CountDownLatch;

/** What is done to the nightly job; only where there are enterprise beans. */
@Path("/night")
@ApplicationScoped
public class NightControl {
    @Inject
    private Night night;

    private volatile CountDownLatch release = new CountDownLatch(0);

    @POST
    @Path("hold")
    public void hold() {
        CountDownLatch held = new CountDownLatch(1);
        release = held;
        Thread holder = new Thread(() -> {
            try {
                night.hold(held);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        holder.start();
    }

    @POST
    @Path("release")
    public void release() {
        release.countDown();
    }

    @POST
    @Path("end")
    public void end() {
        night.end();
    }
}
