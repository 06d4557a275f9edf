/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.connectionguard.OnUnavailable;
import org.junit.jupiter.api.Test;

class SettingsTest {
    @Test
    void whatHoldsWhenNothingIsSet() {
        Settings settings = Settings.DEFAULTS;
        assertThat(settings.enabled()).isTrue();
        assertThat(settings.validationTimeout()).isEqualTo(Duration.ofSeconds(2));
        assertThat(settings.maxWait()).isEqualTo(Duration.ofSeconds(30));
        assertThat(settings.initialBackoff()).isEqualTo(Duration.ofMillis(100));
        assertThat(settings.maxBackoff()).isEqualTo(Duration.ofSeconds(5));
        assertThat(settings.maxWaitingJobs()).isEqualTo(4);
        assertThat(settings.onUnavailable()).isEqualTo(OnUnavailable.FAIL);
        assertThat(settings.skipIfValidatedWithin()).isEqualTo(Duration.ZERO);
        assertThat(settings.maxAge()).isEmpty();
        assertThat(settings.writable()).isFalse();
        assertThat(settings.pin()).isTrue();
        assertThat(settings.healthDownAfter()).isEmpty();
        assertThat(Setting.PIN.otherwise()).contains(true);
        assertThat(Setting.MAX_AGE.otherwise()).isEmpty();
    }

    @Test
    void eachIsChangedByItsOwnMethodAndLeavesTheOriginal() {
        Settings changed = Settings.DEFAULTS
                .withEnabled(false)
                .withValidationTimeout(Duration.ofSeconds(3))
                .withMaxWait(Duration.ofSeconds(4))
                .withInitialBackoff(Duration.ofSeconds(5))
                .withMaxBackoff(Duration.ofSeconds(6))
                .withMaxWaitingJobs(7)
                .withOnUnavailable(OnUnavailable.SKIP)
                .withSkipIfValidatedWithin(Duration.ofSeconds(8))
                .withMaxAge(Optional.of(Duration.ofSeconds(9)))
                .withWritable(true)
                .withPin(false)
                .withHealthDownAfter(Optional.of(Duration.ofSeconds(10)));
        assertThat(changed.enabled()).isFalse();
        assertThat(changed.validationTimeout()).isEqualTo(Duration.ofSeconds(3));
        assertThat(changed.maxWait()).isEqualTo(Duration.ofSeconds(4));
        assertThat(changed.initialBackoff()).isEqualTo(Duration.ofSeconds(5));
        assertThat(changed.maxBackoff()).isEqualTo(Duration.ofSeconds(6));
        assertThat(changed.maxWaitingJobs()).isEqualTo(7);
        assertThat(changed.onUnavailable()).isEqualTo(OnUnavailable.SKIP);
        assertThat(changed.skipIfValidatedWithin()).isEqualTo(Duration.ofSeconds(8));
        assertThat(changed.maxAge()).contains(Duration.ofSeconds(9));
        assertThat(changed.writable()).isTrue();
        assertThat(changed.pin()).isFalse();
        assertThat(changed.healthDownAfter()).contains(Duration.ofSeconds(10));
        assertThat(Settings.DEFAULTS.maxAge()).isEmpty();
        assertThat(changed.withMaxAge(Optional.empty()).maxAge()).isEmpty();
        assertThat(changed)
                .hasToString(changed.withPin(false).toString())
                .asString()
                .contains("MAX_WAITING_JOBS=7");
    }
}
