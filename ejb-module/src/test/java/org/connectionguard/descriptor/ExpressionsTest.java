/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.descriptor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpressionsTest {
    private static Expressions expressions() {
        Properties properties = new Properties();
        properties.setProperty("reports.ds", "Reports");
        properties.setProperty("which", "reports");
        properties.setProperty("circle", "${circle}");
        return new Expressions(properties, Map.of("STAGE", "test", "REPORTS_FOLDER", "jdbc"));
    }

    @ParameterizedTest
    @CsvSource({
        "java:/Plain,                                java:/Plain",
        "java:/${reports.ds},                        java:/Reports",
        "java:/${reports.ds:Other},                  java:/Reports",
        "java:/${nowhere:Other},                     java:/Other",
        "java:/${nowhere:},                          java:/",
        "java:/${env.STAGE}/${reports.ds},           java:/test/Reports",
        "java:/${reports.folder}/X,                  java:/jdbc/X",
        "java:/${${which}.ds},                       java:/Reports",
        "java:/${nowhere:${reports.ds}},             java:/Reports",
        "${jdbc.name:java:/X},                       java:/X",
        "'java:/${nowhere,reports.ds}',              java:/Reports",
        "java:/${nowhere},                           java:/${nowhere}",
        "java:/${nowhere}/${reports.ds},             java:/${nowhere}/Reports",
        "java:/${open,                               java:/${open",
    })
    void areReplacedAsTheServerReplacesThem(String text, String replaced) {
        assertThat(expressions().replace(text)).isEqualTo(replaced);
    }

    @Test
    void oneThatLeadsToItselfStaysAsItIs() {
        assertThat(expressions().replace("java:/${circle}")).isEqualTo("java:/${circle}");
    }
}
