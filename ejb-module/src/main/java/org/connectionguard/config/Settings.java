/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.config;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.connectionguard.OnUnavailable;

/** The settings of one data source. Immutable. */
public final class Settings {
    /** What holds when nothing is set. */
    public static final Settings DEFAULTS = defaults();

    /** Of the type that the setting's format reads. */
    private final Map<Setting, Object> values;

    private Settings(Map<Setting, Object> values) {
        this.values = values;
    }

    private static Settings defaults() {
        Map<Setting, Object> values = new EnumMap<>(Setting.class);
        for (Setting setting : Setting.values()) {
            setting.otherwise().ifPresent(value -> values.put(setting, value));
        }
        return new Settings(values);
    }

    /** Off: straight through. */
    public boolean enabled() {
        return (Boolean) values.get(Setting.ENABLED);
    }

    public Settings withEnabled(boolean enabled) {
        return with(Setting.ENABLED, enabled);
    }

    /** Bound of one validation. */
    public Duration validationTimeout() {
        return (Duration) values.get(Setting.VALIDATION_TIMEOUT);
    }

    public Settings withValidationTimeout(Duration bound) {
        return with(Setting.VALIDATION_TIMEOUT, bound);
    }

    /** How long one job may wait for its databases, all together. */
    public Duration maxWait() {
        return (Duration) values.get(Setting.MAX_WAIT);
    }

    public Settings withMaxWait(Duration limit) {
        return with(Setting.MAX_WAIT, limit);
    }

    /** The pause after the first failed attempt; each further one doubles it. */
    public Duration initialBackoff() {
        return (Duration) values.get(Setting.INITIAL_BACKOFF);
    }

    public Settings withInitialBackoff(Duration pause) {
        return with(Setting.INITIAL_BACKOFF, pause);
    }

    /** The longest pause between two attempts. */
    public Duration maxBackoff() {
        return (Duration) values.get(Setting.MAX_BACKOFF);
    }

    public Settings withMaxBackoff(Duration pause) {
        return with(Setting.MAX_BACKOFF, pause);
    }

    /** How many jobs may wait for this data source; further ones get the verdict at once. */
    public int maxWaitingJobs() {
        return (Integer) values.get(Setting.MAX_WAITING_JOBS);
    }

    public Settings withMaxWaitingJobs(int limit) {
        return with(Setting.MAX_WAITING_JOBS, limit);
    }

    /** What becomes of the job when the time is over; never CONFIGURED. */
    public OnUnavailable onUnavailable() {
        return (OnUnavailable) values.get(Setting.ON_UNAVAILABLE);
    }

    public Settings withOnUnavailable(OnUnavailable policy) {
        return with(Setting.ON_UNAVAILABLE, policy);
    }

    /** A validation this fresh is not repeated; zero: always validate. */
    public Duration skipIfValidatedWithin() {
        return (Duration) values.get(Setting.SKIP_IF_VALIDATED_WITHIN);
    }

    public Settings withSkipIfValidatedWithin(Duration age) {
        return with(Setting.SKIP_IF_VALIDATED_WITHIN, age);
    }

    /** Physical connections older than this are evicted. */
    public Optional<Duration> maxAge() {
        return Optional.ofNullable((Duration) values.get(Setting.MAX_AGE));
    }

    public Settings withMaxAge(Optional<Duration> limit) {
        return with(Setting.MAX_AGE, limit);
    }

    /** Demand a server that accepts writes. */
    public boolean writable() {
        return (Boolean) values.get(Setting.WRITABLE);
    }

    public Settings withWritable(boolean writable) {
        return with(Setting.WRITABLE, writable);
    }

    /** Inside a transaction, bind it to the validated connection before the body starts. */
    public boolean pin() {
        return (Boolean) values.get(Setting.PIN);
    }

    public Settings withPin(boolean pin) {
        return with(Setting.PIN, pin);
    }

    /** How long an outage may last before the deployment is not called ready any more; empty: however long. */
    public Optional<Duration> healthDownAfter() {
        return Optional.ofNullable((Duration) values.get(Setting.HEALTH_DOWN_AFTER));
    }

    public Settings withHealthDownAfter(Optional<Duration> limit) {
        return with(Setting.HEALTH_DOWN_AFTER, limit);
    }

    /** The same, but for what the text of one setting says. */
    Settings read(Setting setting, String name, String text) {
        return with(setting, setting.format().read(name, text));
    }

    private Settings with(Setting setting, Object value) {
        return with(setting, Optional.of(value));
    }

    private Settings with(Setting setting, Optional<?> value) {
        Map<Setting, Object> changed = new EnumMap<>(values);
        changed.remove(setting);
        value.ifPresent(present -> changed.put(setting, present));
        return new Settings(changed);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Settings settings && settings.values.equals(values);
    }

    @Override
    public int hashCode() {
        return values.hashCode();
    }

    @Override
    public String toString() {
        return values.toString();
    }
}
