/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests.report;

import jakarta.annotation.Resource;
import jakarta.ejb.Stateless;
import javax.sql.DataSource;

/** The descriptor declares its timer. */
@Stateless
public class DeclaredTimer {
    @Resource(lookup = "java:jboss/datasources/Defects")
    private DataSource dataSource;

    public void declared() {
        throw new IllegalStateException(String.valueOf(dataSource));
    }
}
