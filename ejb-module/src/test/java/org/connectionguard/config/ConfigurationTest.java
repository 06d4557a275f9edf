/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.connectionguard.GuardDefinitionException;
import org.connectionguard.OnUnavailable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ConfigurationTest {
    private static final String DEFECTS = "java:jboss/datasources/Defects";

    private static Configuration of(Map<String, String> values) {
        return Configuration.of(new SettingSource() {
            @Override
            public Optional<String> value(String name) {
                return Optional.ofNullable(values.get(name));
            }

            @Override
            public Set<String> names(String prefix) {
                return values.keySet();
            }
        });
    }

    @Test
    void withoutSettingsTheDefaultsHold() {
        assertThat(of(Map.of()).of(DEFECTS)).isEqualTo(Settings.DEFAULTS);
        assertThat(of(Map.of()).defaultDataSource()).isEmpty();
    }

    static Stream<Arguments> oneSettingOfEach() {
        return Stream.of(
                arguments("enabled", "false", Settings.DEFAULTS.withEnabled(false)),
                arguments("validation-timeout", "PT3S", Settings.DEFAULTS.withValidationTimeout(Duration.ofSeconds(3))),
                arguments("max-wait", "PT0S", Settings.DEFAULTS.withMaxWait(Duration.ZERO)),
                arguments("initial-backoff", "PT1S", Settings.DEFAULTS.withInitialBackoff(Duration.ofSeconds(1))),
                arguments("max-backoff", "P1D", Settings.DEFAULTS.withMaxBackoff(Duration.ofDays(1))),
                arguments("max-waiting-jobs", "9", Settings.DEFAULTS.withMaxWaitingJobs(9)),
                arguments("on-unavailable", "PROCEED", Settings.DEFAULTS.withOnUnavailable(OnUnavailable.PROCEED)),
                arguments(
                        "skip-if-validated-within",
                        "PT1M",
                        Settings.DEFAULTS.withSkipIfValidatedWithin(Duration.ofMinutes(1))),
                arguments("max-age", "PT1H", Settings.DEFAULTS.withMaxAge(Optional.of(Duration.ofHours(1)))),
                arguments("writable", "true", Settings.DEFAULTS.withWritable(true)),
                arguments("pin", "false", Settings.DEFAULTS.withPin(false)),
                arguments(
                        "health-down-after",
                        "PT5M",
                        Settings.DEFAULTS.withHealthDownAfter(Optional.of(Duration.ofMinutes(5)))));
    }

    @ParameterizedTest
    @MethodSource("oneSettingOfEach")
    void eachSettingIsReadAndChangesNoOther(String key, String text, Settings expected) {
        assertThat(expected).isNotEqualTo(Settings.DEFAULTS).doesNotHaveSameHashCodeAs(Settings.DEFAULTS);
        assertThat(of(Map.of("connection-guard." + key, text)).common()).isEqualTo(expected);
    }

    @Test
    void noSettingIsWithoutATestOfItsReading() {
        assertThat(oneSettingOfEach().map(each -> each.get()[0])).containsExactlyElementsOf(Setting.keys());
    }

    @Test
    void theDoctorCanBeSwitchedOff() {
        assertThat(of(Map.of()).doctor()).isTrue();
        assertThat(of(Map.of("connection-guard.doctor", "false")).doctor()).isFalse();
    }

    @Test
    void byWhatTheGuardIsMeasuredCanBeSaid() {
        assertThat(of(Map.of()).metrics()).isEqualTo(Metrics.AUTO);
        for (Metrics metrics : Metrics.values()) {
            String text = metrics.name().toLowerCase(Locale.ROOT);
            assertThat(of(Map.of("connection-guard.metrics", text)).metrics()).isEqualTo(metrics);
        }
    }

    @Test
    void theReadinessCheckCanBeSwitchedOff() {
        assertThat(of(Map.of()).health()).isTrue();
        assertThat(of(Map.of("connection-guard.health", "false")).health()).isFalse();
    }

    @Test
    void forHowLongAnOutageIsHealthyIsSaidByDataSource() {
        Configuration configuration = of(Map.of("connection-guard.\"" + DEFECTS + "\".health-down-after", "PT5M"));
        assertThat(configuration.of(DEFECTS).healthDownAfter()).contains(Duration.ofMinutes(5));
        assertThat(configuration.of("java:/other").healthDownAfter()).isEmpty();
    }

    @Test
    void aSettingOfADataSourceWinsOverTheCommonOne() {
        Configuration configuration = of(Map.of(
                "connection-guard.max-wait",
                "PT10S",
                "connection-guard.\"" + DEFECTS + "\".max-wait",
                "PT1M",
                "connection-guard.\"" + DEFECTS + "\".on-unavailable",
                "SKIP",
                "connection-guard.max-age",
                "PT1H",
                "connection-guard.default-data-source",
                "java:/Main"));
        assertThat(configuration.of(DEFECTS).maxWait()).isEqualTo(Duration.ofMinutes(1));
        assertThat(configuration.of(DEFECTS).onUnavailable()).isEqualTo(OnUnavailable.SKIP);
        assertThat(configuration.of(DEFECTS).maxAge()).contains(Duration.ofHours(1));
        assertThat(configuration.of("java:/Other").maxWait()).isEqualTo(Duration.ofSeconds(10));
        assertThat(configuration.of("java:/Other").onUnavailable()).isEqualTo(OnUnavailable.FAIL);
        assertThat(configuration.defaultDataSource()).contains("java:/Main");
    }

    @Test
    void everyTimerIsGuardedWhereASettingSaysSoOrTheServerDoes() {
        assertThat(of(Map.of()).auto(false)).isFalse();
        assertThat(of(Map.of()).auto(true)).isTrue();
        assertThat(of(Map.of("connection-guard.auto", "timers")).auto(false)).isTrue();
        assertThat(of(Map.of("connection-guard.auto", "off")).auto(true)).isFalse();
    }

    @Test
    void classesAreExcludedByTheirNames() {
        assertThat(of(Map.of()).exclusions().match(String.class)).isFalse();
        ClassNamePatterns patterns = of(Map.of("connection-guard.exclude", "java.lang.*, *.Map$Entry"))
                .exclusions();
        assertThat(patterns.match(String.class)).isTrue();
        assertThat(patterns.match(Map.Entry.class)).isTrue();
        assertThat(patterns.match(Map.class)).isFalse();
    }

    @Test
    void anUnprotectedTimerIsWorthAWarningUnlessSaidOtherwise() {
        assertThat(of(Map.of()).unprotected()).isEqualTo(Unprotected.WARN);
        assertThat(of(Map.of("connection-guard.unprotected", "fail")).unprotected())
                .isEqualTo(Unprotected.FAIL);
    }

    @ParameterizedTest
    @CsvSource({
        "connection-guard.max-wiat, PT1S, CG0001",
        "connection-guard.\"java:/x\".default-data-source, java:/y, CG0001",
        "connection-guard.\"java:/x\".doctor, false, CG0001",
        "connection-guard.\"\".max-wait, PT1S, CG0001",
        "connection-guard.doctor, no, CG0002",
        "connection-guard.\"java:/x\".metrics, off, CG0001",
        "connection-guard.metrics, MICROMETER, CG0002",
        "connection-guard.health, no, CG0002",
        "connection-guard.health-down-after, PT0S, CG0002",
        "connection-guard.max-wait, 30, CG0002",
        "connection-guard.max-wait, -PT1S, CG0002",
        "connection-guard.max-wait, P2D, CG0002",
        "connection-guard.validation-timeout, PT0S, CG0002",
        "connection-guard.enabled, yes, CG0002",
        "connection-guard.max-waiting-jobs, 0, CG0002",
        "connection-guard.on-unavailable, CONFIGURED, CG0002",
        "connection-guard.max-backoff, PT0.01S, CG0002",
        "connection-guard.auto, true, CG0002",
        "connection-guard.exclude, com/acme, CG0002",
        "connection-guard.exclude, 'com.acme.*,', CG0002",
        "connection-guard.unprotected, WARN, CG0002",
        "connection-guard.later-expires-after, PT0S, CG0002",
        "connection-guard.later-expires-after, 1 day, CG0002",
        "connection-guard.later-at-once, 0, CG0002",
        "connection-guard.later-at-once, few, CG0002",
        "connection-guard.keep-schedules, no, CG0002",
        "connection-guard.on-unavailable, later, CG0002",
        "connection-guard.\"java:/x\".later-at-once, 1, CG0001",
        "connection-guard.\"java:/x\".later-expires-after, PT1H, CG0001",
        "connection-guard.\"java:/x\".keep-schedules, false, CG0001",
        "connection-guard.\"java:/x\".auto, timers, CG0001",
    })
    void whatCannotBeIsRefusedWithItsNameAndWhatIsAllowed(String name, String value, String id) {
        assertThatThrownBy(() -> of(Map.of(name, value)))
                .isInstanceOf(GuardDefinitionException.class)
                .hasMessageStartingWith(id)
                .hasMessageContaining(name);
    }

    @Test
    void aPauseMayGrowNoFurtherThanItBegins() {
        Settings settings = of(Map.of(
                        "connection-guard.initial-backoff", "PT1S",
                        "connection-guard.max-backoff", "PT1S"))
                .common();
        assertThat(settings.maxBackoff()).isEqualTo(settings.initialBackoff());
    }

    @Test
    void whatIsPutOffIsMadeUpAFewAtATimeForAsLongAsTheSettingSays() {
        assertThat(of(Map.of()).laterExpiresAfter()).isEmpty();
        assertThat(of(Map.of()).laterAtOnce()).isEqualTo(4);
        Configuration configuration =
                of(Map.of("connection-guard.later-expires-after", "PT6H", "connection-guard.later-at-once", "1"));
        assertThat(configuration.laterExpiresAfter()).contains(Duration.ofHours(6));
        assertThat(configuration.laterAtOnce()).isEqualTo(1);
        assertThat(of(Map.of("connection-guard.on-unavailable", "LATER"))
                        .common()
                        .onUnavailable())
                .isEqualTo(OnUnavailable.LATER);
    }

    @Test
    void noFailureEndsAScheduleUnlessTheSettingSaysSo() {
        assertThat(of(Map.of()).keepSchedules()).isTrue();
        assertThat(of(Map.of("connection-guard.keep-schedules", "false")).keepSchedules())
                .isFalse();
    }

    @Test
    void aBlankValueIsNone() {
        assertThat(of(Map.of("connection-guard.max-wait", " ")).common()).isEqualTo(Settings.DEFAULTS);
    }

    @Test
    void aDurationElsewhereIsCheckedByTheSameRules() {
        assertThat(Configuration.duration("maxWait of a method", "PT0S", true)).isEqualTo(Duration.ZERO);
        assertThat(Configuration.duration("maxWait of a method", "PT1S", false)).isEqualTo(Duration.ofSeconds(1));
        assertThatThrownBy(() -> Configuration.duration("maxWait of a method", "PT0S", false))
                .isInstanceOf(GuardDefinitionException.class)
                .hasMessageContaining("maxWait of a method");
    }

    @Test
    void aDataSourcesSettingsAreFoundInEverySpellingOfItsNameAndItsOwnWins() {
        Configuration configuration = of(Map.of(
                "connection-guard.\"jdbc/x\".max-wait", "PT1S",
                "connection-guard.\"java:/jdbc/x\".max-wait", "PT2S",
                "connection-guard.\"java:/jdbc/x\".pin", "false"));
        assertThat(configuration.of("jdbc/x"))
                .isEqualTo(Settings.DEFAULTS.withMaxWait(Duration.ofSeconds(1)).withPin(false));
        assertThat(configuration.of("java:jdbc/x").maxWait()).isEqualTo(Duration.ofSeconds(2));
        assertThat(configuration.of("java:/jdbc/y")).isEqualTo(Settings.DEFAULTS);
        assertThat(configuration.named()).containsExactlyInAnyOrder("jdbc/x", "java:/jdbc/x");
    }

    @Test
    void aSettingUnderAnotherNameIsOverriddenByThatUnderItsOwn() {
        Configuration configuration = of(Map.of(
                "connection-guard.\"java:/Alias\".max-wait", "PT1S",
                "connection-guard.\"java:/Alias\".writable", "true",
                "connection-guard.\"java:/Own\".max-wait", "PT2S"));
        assertThat(configuration.of(List.of("java:/Alias", "java:/Own")))
                .isEqualTo(Settings.DEFAULTS.withMaxWait(Duration.ofSeconds(2)).withWritable(true));
        assertThat(configuration.nameOfWritable(List.of("java:/Alias", "java:/Own")))
                .isEqualTo("connection-guard.\"java:/Alias\".writable");
    }
}
