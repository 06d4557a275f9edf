/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SettingSourceTest {
    private static final String PIN = "connection-guard.pin";

    private final ClassLoader deployment = getClass().getClassLoader();

    @AfterEach
    void clear() {
        System.clearProperty(PIN);
        FakeConfig.uninstall();
    }

    @Test
    void systemPropertiesAreReadWhereThereIsNoMicroProfileConfig() {
        System.setProperty(PIN, "false");
        SettingSource source = SettingSource.of(deployment);
        assertThat(source.names("connection-guard.")).containsExactly(PIN);
        assertThat(Configuration.of(source).common().pin()).isFalse();
    }

    @Test
    void environmentVariablesAreReadByTheNamesThatTheyMayHave() {
        SettingSource source = new SettingSource.SystemSettings(
                Map.of("CONNECTION_GUARD_PIN", "upper", "connection_guard_auto", "as it is"));
        assertThat(source.value(PIN)).contains("upper");
        assertThat(source.value("connection-guard.auto")).contains("as it is");
        assertThat(source.value("connection-guard.doctor")).isEmpty();
        System.setProperty(PIN, "property");
        assertThat(source.value(PIN)).contains("property");
    }

    @Test
    void microProfileConfigIsReadWhereItAnswers() {
        FakeConfig.install(deployment, Map.of(PIN, "false", "another.pin", "true"));
        SettingSource source = SettingSource.of(deployment);
        assertThat(source.value(PIN)).contains("false");
        assertThat(source.value("connection-guard.auto")).isEmpty();
        assertThat(source.names("connection-guard.")).containsExactly(PIN);
    }

    @Test
    void aMicroProfileConfigThatThrowsIsNone() {
        FakeConfig.install(deployment, Map.of(PIN, "true"));
        System.setProperty(PIN, "false");
        // As on GlassFish: the API is there, and has no configuration for this application.
        SettingSource source = SettingSource.of(ClassLoader.getPlatformClassLoader());
        assertThat(source.value(PIN)).contains("false");
    }
}
