/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class CliScriptTest {
    private static final Map<String, String> PARAMETERS = Map.of(
            "ds.name", "X", "ds.jndi", "java:/X", "ds.url", "jdbc:mysql://h/x", "ds.user", "u", "ds.password", "$1");

    @Test
    void parametersAreWrittenInAsTheyAreAndDefaultsWhereThereIsNone() {
        assertThat(new CliScript("data-source.cli", PARAMETERS).text())
                .contains("--name=X --jndi-name=java:/X", "--password=$1 --max-pool-size=20")
                .doesNotContain("${");
    }

    @Test
    void aMissingParameterIsNamed() {
        assertThatThrownBy(() -> new CliScript("timer-store.cli", Map.of()).text())
                .isInstanceOf(StartException.class)
                .hasMessage("wildfly/timer-store.cli needs the parameter ds.jndi");
    }
}
