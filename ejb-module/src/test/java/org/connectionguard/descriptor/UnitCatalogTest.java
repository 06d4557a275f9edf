/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.descriptor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.connectionguard.GuardDefinitionException;
import org.connectionguard.testing.Log;
import org.connectionguard.testing.OpenFiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class UnitCatalogTest {
    @RegisterExtension
    private final Log log = new Log();

    @TempDir
    private Path archive;

    private UnitCatalog catalog(String units, Path... others) throws IOException {
        Path file = archive.resolve("META-INF/persistence.xml");
        Files.createDirectories(file.getParent());
        Files.writeString(
                file,
                "<persistence xmlns=\"https://jakarta.ee/xml/ns/persistence\" version=\"3.0\">" + units
                        + "</persistence>");
        List<URL> archives = new ArrayList<>();
        for (Path place :
                Stream.concat(Stream.of(archive), Arrays.stream(others)).toList()) {
            archives.add(place.toUri().toURL());
        }
        try (URLClassLoader deployment = new URLClassLoader(archives.toArray(URL[]::new), null)) {
            return UnitCatalog.of(deployment);
        }
    }

    private static String unit(String name, String content) {
        return "<persistence-unit name=\"" + name + "\">" + content + "</persistence-unit>";
    }

    @Test
    void theJtaDataSourceComesFirstThenTheOther() throws IOException {
        UnitCatalog catalog = catalog(
                unit(
                                "both",
                                "<jta-data-source> java:/J </jta-data-source><non-jta-data-source>java:/N</non-jta-data-source>")
                        + unit("other", "<non-jta-data-source>java:/N</non-jta-data-source>")
                        + unit(
                                "property",
                                "<properties><property name=\"jakarta.persistence.jtaDataSource\" value=\"java:/P\"/></properties>"));
        assertThat(catalog.dataSource("both", getClass())).contains("java:/J");
        assertThat(catalog.dataSource("other", getClass())).contains("java:/N");
        assertThat(catalog.dataSource("property", getClass())).contains("java:/P");
        assertThat(catalog.dataSource("lib/model.jar#both", getClass())).contains("java:/J");
    }

    @Test
    void withoutANameTheOnlyUnitIsMeant() throws IOException {
        UnitCatalog catalog = catalog(unit("only", "<jta-data-source>java:/J</jta-data-source>"));
        assertThat(catalog.dataSource("", getClass())).contains("java:/J");
    }

    @Test
    void whatIsNotThereIsSaidWithWhatIs() throws IOException {
        UnitCatalog catalog = catalog(unit("one", "") + unit("two", ""));
        assertThatThrownBy(() -> catalog.dataSource("three", getClass()))
                .isInstanceOf(GuardDefinitionException.class)
                .hasMessageContainingAll("CG0006", "'three'", getClass().getName(), "[one, two]");
        assertThatThrownBy(() -> catalog.dataSource("", getClass()))
                .hasMessageContaining("without naming it, and there are: [one, two]");
    }

    @Test
    void aUnitMayNameNoDataSource() throws IOException {
        assertThat(catalog(unit("one", "")).dataSource("one", getClass())).isEmpty();
    }

    @Test
    void aFileThatCannotBeReadCountsAsNoneAndIsSaidOnce() throws IOException {
        UnitCatalog broken = catalog("<persistence-unit");
        assertThatThrownBy(() -> broken.dataSource("", getClass()))
                .hasMessageContaining("CG0006")
                .hasMessageContaining("there is none");
        assertThat(log.lines())
                .singleElement(InstanceOfAssertFactories.STRING)
                .startsWith("WARNING CG0007 ")
                .contains(
                        "persistence.xml cannot be read: IOException: line 1: ",
                        "It counts as none. Correct it, or name its units' data sources in"
                                + " @ValidConnections(\"java:…\") or in connection-guard.default-data-source");
    }

    @Test
    void aFileThatCannotBeReadCostsNoUnitOfAnother() throws IOException {
        Path other = archive.resolve("other.jar");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(other))) {
            out.putNextEntry(new JarEntry("META-INF/persistence.xml"));
            out.write(("<persistence>" + unit("known", "<jta-data-source>java:/K</jta-data-source>") + "</persistence>")
                    .getBytes(StandardCharsets.UTF_8));
            out.closeEntry();
        }
        assertThat(catalog("<persistence-unit", other).dataSource("known", getClass()))
                .contains("java:/K");
        assertThat(OpenFiles.below(archive)).isEmpty();
    }
}
