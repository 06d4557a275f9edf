/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.sample;

import jakarta.enterprise.context.ApplicationScoped;

/** Whether the application may break things on purpose: only with the system property {@code defects.demo=true}. */
@ApplicationScoped
public class DemoMode {
    boolean isOn() {
        return Boolean.getBoolean("defects.demo");
    }
}
