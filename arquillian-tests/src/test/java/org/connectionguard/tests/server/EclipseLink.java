/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests.server;

import java.io.File;
import java.util.stream.Stream;

/** A persistence provider that WildFly does not bring: what an archive and its unit need to have it. Stateless. */
final class EclipseLink {
    static final String PROVIDER = "<provider>org.eclipse.persistence.jpa.PersistenceProvider</provider>";

    /** Named, the database is not asked what it is while the application is deployed. */
    static final String PROPERTIES = """
            <property name="eclipselink.target-server" value="JBoss"/>
            <property name="eclipselink.target-database" value="MySQL"/>
            """;

    private EclipseLink() {}

    /** For WEB-INF/lib. */
    static File[] jars() {
        return Stream.of(System.getProperty("eclipselink.jars").split(File.pathSeparator))
                .map(File::new)
                .toArray(File[]::new);
    }
}
