/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests.ownpools;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;

/** What became of the bodies of the timer. For any thread. */
@ApplicationScoped
public class Runs {
    private final List<String> outcomes = new ArrayList<>();

    void note(Runnable body) {
        try {
            body.run();
            add("ran");
        } catch (RuntimeException e) {
            add(String.valueOf(e));
            throw e;
        }
    }

    private synchronized void add(String outcome) {
        outcomes.add(outcome);
    }

    synchronized List<String> outcomes() {
        return List.copyOf(outcomes);
    }

    synchronized void forget() {
        outcomes.clear();
    }
}
