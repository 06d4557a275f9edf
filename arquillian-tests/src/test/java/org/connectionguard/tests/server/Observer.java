/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests.server;

import org.connectionguard.tests.app.ControlApplication;
import org.connectionguard.tests.observer.ClassLoadersResource;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** A deployment that looks at the server from inside. Stateless. */
public final class Observer {
    /** Asks it. */
    public static final Client CLIENT = new Client("observer");

    private Observer() {}

    public static WebArchive archive() {
        return ShrinkWrap.create(WebArchive.class, CLIENT.application() + ".war")
                .addClasses(ClassLoadersResource.class, ControlApplication.class);
    }
}
