/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests.watched;

import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.concurrent.CountDownLatch;

/** What is done to {@link PromisedJob}: hold, release or end. */
@WebServlet("/control/*")
public class PromisedControl extends HttpServlet {
    private static final long serialVersionUID = 1;

    @Inject
    @SuppressWarnings("serial") // The container injects it.
    private PromisedJob job;

    private transient volatile CountDownLatch release = new CountDownLatch(0);

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) {
        switch (request.getPathInfo()) {
            case "/hold" -> hold();
            case "/release" -> release.countDown();
            case "/end" -> job.end();
            default -> response.setStatus(HttpServletResponse.SC_NOT_FOUND);
        }
    }

    private void hold() {
        CountDownLatch held = new CountDownLatch(1);
        release = held;
        new Thread(() -> {
                    try {
                        job.hold(held);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                })
                .start();
    }
}
