/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.discovery;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import javax.sql.DataSource;
import org.connectionguard.GuardDefinitionException;
import org.connectionguard.message.Messages;

/** What JNDI has under the names of data sources. For any thread. */
final class DataSources {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration POLL = Duration.ofMillis(50);

    /**
     * The data source of a name.
     *
     * @param place where the name stands, for the error
     * @throws GuardDefinitionException when the name is unknown, or is not a data source
     */
    DataSource lookUp(String name, String place) {
        Object found;
        try {
            found = InitialContext.doLookup(name);
        } catch (NamingException e) {
            throw new GuardDefinitionException(Messages.unknownDataSource(name, place));
        }
        if (found instanceof DataSource dataSource) {
            return dataSource;
        }
        throw new GuardDefinitionException(
                Messages.notADataSource(name, found.getClass().getName(), place));
    }

    /** Whether there is anything under the name, as seen from here and now. */
    boolean isBound(String name) {
        try {
            return InitialContext.doLookup(name) != null;
        } catch (NamingException e) {
            return false;
        }
    }

    /**
     * Gives names some seconds to appear, all together: while a server starts, the data sources of its configuration come up
     * beside the deployments.
     *
     * @return whether it may be said now what is wrong with them. A name in java:comp/env belongs to a component; where it
     *     is not visible from here (an EJB module of an EAR) only the component itself can tell.
     */
    boolean await(List<String> names) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        for (String name : names) {
            if (name.startsWith("java:comp/env/") && !isBound(name)) {
                return false;
            }
            while (!isBound(name) && System.nanoTime() - end < 0) {
                LockSupport.parkNanos(POLL.toNanos());
            }
        }
        return true;
    }
}
