/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests.report;

import jakarta.annotation.Resource;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import javax.sql.DataSource;
import org.connectionguard.ValidConnections;

/** Says itself that it is guarded. */
@Singleton
public class AnnotatedTimer {
    @Resource(lookup = "java:jboss/datasources/Defects")
    private DataSource dataSource;

    @Schedule(year = "2100", persistent = false)
    @ValidConnections
    @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
    public void run() {
        throw new IllegalStateException(String.valueOf(dataSource));
    }
}
