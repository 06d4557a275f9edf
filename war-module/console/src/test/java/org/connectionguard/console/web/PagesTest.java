/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.console.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PagesTest {
    private static final Path WEB = Path.of("src/main/webapp");

    private static List<Path> files(String directory) throws IOException {
        try (Stream<Path> files = Files.list(Path.of(directory))) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    @Test
    void thePagesAreSmall() throws IOException {
        long lines = 0;
        for (Path source : files("src/main/typescript")) {
            lines += Files.readAllLines(source).size();
        }
        assertThat(lines).isLessThan(1500);
        long bytes = 0;
        for (Path file : Stream.concat(files(WEB.toString()).stream(), files("target/pages").stream())
                .toList()) {
            bytes += Files.size(file);
        }
        assertThat(bytes).isLessThan(100_000);
    }

    @Test
    void nothingIsInlineAndNothingComesFromElsewhere() throws IOException {
        assertThat(Files.readString(WEB.resolve("index.html")))
                .doesNotContain("style=", "<style", "onclick", "://")
                .doesNotContainPattern("<script[^>]*>[^<]");
        assertThat(Files.readString(WEB.resolve("page.css"))).doesNotContain("url(", "@import");
    }

    @Test
    void nothingIsEverParsedAsMarkup() throws IOException {
        for (Path source : files("src/main/typescript")) {
            assertThat(Files.readString(source))
                    .as(source.toString())
                    .doesNotContain(
                            "innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "Function(");
        }
    }
}
