/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.bench.server;

import java.nio.file.Path;
import org.connectionguard.bench.app.Control;
import org.connectionguard.engine.InlineGate;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.EmptyAsset;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** Builds what is deployed. Stateless. */
public final class Archives {
    private Archives() {}

    /** The application that measures, with the library as users get it. */
    static Path application(Path library, Path directory) {
        WebArchive archive = ShrinkWrap.create(WebArchive.class, "bench.war")
                .addAsLibraries(library.toFile())
                .addPackage(Control.class.getPackage())
                .addClass(InlineGate.class)
                .addAsWebInfResource(EmptyAsset.INSTANCE, "beans.xml")
                .addAsResource(new StringAsset(SETTINGS), "META-INF/microprofile-config.properties")
                // The bytes that a thread has allocated are told by com.sun.management.
                .addAsManifestResource(
                        new StringAsset("Manifest-Version: 1.0\nDependencies: jdk.management\n"), "MANIFEST.MF");
        Path file = directory.resolve(archive.getName());
        archive.as(ZipExporter.class).exportTo(file.toFile(), true);
        return file;
    }

    private static final String SETTINGS = """
            connection-guard."java\\:jboss/datasources/bench/BYPASS".skip-if-validated-within=PT1H
            connection-guard."java\\:jboss/datasources/sick/GUARD".max-waiting-jobs=100
            """;
}
