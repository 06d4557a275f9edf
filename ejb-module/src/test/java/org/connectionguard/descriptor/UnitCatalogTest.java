/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.descriptor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import org.connectionguard.GuardDefinitionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnitCatalogTest {
    @TempDir
    private Path archive;

    private UnitCatalog catalog(String units) throws IOException {
        Path file = archive.resolve("META-INF/persistence.xml");
        Files.createDirectories(file.getParent());
        Files.writeString(
                file,
                "<persistence xmlns=\"https://jakarta.ee/xml/ns/persistence\" version=\"3.0\">" + units
                        + "</persistence>");
        try (URLClassLoader deployment =
                new URLClassLoader(new URL[] {archive.toUri().toURL()}, null)) {
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
    void aFileThatIsNoXmlIsNamed() {
        assertThatThrownBy(() -> catalog("<persistence-unit"))
                .isInstanceOf(GuardDefinitionException.class)
                .hasMessageContainingAll("CG0007", "persistence.xml");
    }
}
