/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.cdi;

import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Set;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import org.connectionguard.GuardDefinitionException;
import org.connectionguard.config.Configuration;
import org.connectionguard.config.SettingSource;
import org.connectionguard.config.Unprotected;
import org.connectionguard.message.Messages;

/**
 * Says it where a web application has the library in it, and no CDI: no extension is called there, so that nobody else could. Does
 * nothing else, whatever happens. Stateless.
 */
public class WebApplicationWithoutCdi implements ServletContainerInitializer {
    private static final Logger LOG = System.getLogger("org.connectionguard");

    /** Called by the container. */
    public WebApplicationWithoutCdi() {}

    @Override
    public void onStartup(Set<Class<?>> classes, ServletContext application) {
        if (!LibraryBeans.here().serversOwn() && !hasCdi() && isToBeSaid()) {
            LOG.log(Level.WARNING, Messages.applicationWithoutCdi(application.getContextPath()));
        }
    }

    /** Jakarta CDI 4.0, full, 11.1.1: where there is CDI, there is this name. */
    private static boolean hasCdi() {
        try {
            return InitialContext.doLookup("java:comp/BeanManager") != null;
        } catch (NamingException | RuntimeException | LinkageError e) {
            return false;
        }
    }

    private static boolean isToBeSaid() {
        try {
            Configuration configuration =
                    Configuration.of(SettingSource.of(Thread.currentThread().getContextClassLoader()));
            return configuration.common().enabled() && configuration.unprotected() != Unprotected.IGNORE;
        } catch (GuardDefinitionException e) {
            // Nobody reads that setting there, so that it harms nobody.
            return true;
        }
    }
}
