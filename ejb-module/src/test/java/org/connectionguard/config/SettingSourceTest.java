/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.connectionguard.GuardDefinitionException;
import org.connectionguard.testing.Log;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SettingSourceTest {
    private static final String PIN = "connection-guard.pin";

    @RegisterExtension
    private final Log log = new Log();

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

    @Test
    void aMicroProfileConfigThatCannotBeReadCountsAsNoneAndIsSaid() {
        FakeConfig.installBroken(deployment, new IllegalArgumentException("Malformed \\uxxxx encoding."));
        System.setProperty(PIN, "false");
        assertThat(Configuration.of(SettingSource.of(deployment)).common().pin())
                .isFalse();
        assertThat(log.lines())
                .containsExactly(
                        "WARNING CG0007 MicroProfile Config cannot be read: IllegalArgumentException: Malformed"
                                + " \\uxxxx encoding. It counts as none, and settings are taken from system properties and"
                                + " environment. Correct it");
    }

    @Test
    void aSettingOfOursThatRefersToWhatIsNotThereIsAnErrorThatNamesIt() {
        FakeConfig.install(deployment, Map.of(PIN, "${nowhere}", "another.pin", "${nowhere}"));
        SettingSource source = SettingSource.of(deployment);
        assertThatThrownBy(() -> Configuration.of(source))
                .isInstanceOf(GuardDefinitionException.class)
                .hasMessage("CG0002 " + PIN + " cannot be read: NoSuchElementException: Could not expand ${nowhere}."
                        + " Correct it");
    }
}
