/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests.ownpools;

import jakarta.annotation.Resource;
import jakarta.annotation.sql.DataSourceDefinition;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import javax.sql.DataSource;
import org.connectionguard.ConnectionGuard;
import org.connectionguard.ValidConnections;

/** One for each kind of pool. */
@Stateless
@DataSourceDefinition(
        name = Jobs.DEFINED,
        className = "org.connectionguard.tests.ownpools.OwnDatabase",
        databaseName = "defects",
        minPoolSize = 0,
        maxPoolSize = 5)
public class Jobs {
    public static final String DEFINED = "java:app/jdbc/Defined";
    public static final String BOUND = "java:global/jdbc/Bound";
    public static final String LATE = "java:global/jdbc/Late";
    public static final String MISSPELT = "java:global/jdbc/Bonud";

    @Resource(lookup = DEFINED)
    private DataSource defined;

    @Inject
    private DataSource produced;

    @Inject
    private ConnectionGuard guard;

    @ValidConnections(DEFINED)
    public void defined() {
        Body.use(defined);
    }

    @ValidConnections(BOUND)
    public void bound() {
        Body.use(named(BOUND));
    }

    public void produced() {
        guard.validate(produced);
        Body.use(produced);
    }

    /** The data source that was injected. */
    public void injected() {
        guard.validate(defined);
        Body.use(defined);
    }

    @ValidConnections(value = LATE, maxWait = "PT1M")
    public void late() {
        Body.use(named(LATE));
    }

    @ValidConnections(value = MISSPELT, maxWait = "PT1S")
    public void misspelt() {}

    private static DataSource named(String name) {
        try {
            return InitialContext.doLookup(name);
        } catch (NamingException e) {
            throw new IllegalStateException(e);
        }
    }
}
