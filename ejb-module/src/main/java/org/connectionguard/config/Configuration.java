/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.config;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.connectionguard.GuardDefinitionException;
import org.connectionguard.OnUnavailable;
import org.connectionguard.message.Messages;

/**
 * All settings of one deployment: {@code connection-guard.<key>} for every data source,
 * {@code connection-guard."<jndi name>".<key>} for one. Read and checked once; for any thread.
 */
public final class Configuration {
    /** What every setting's name begins with. */
    public static final String PREFIX = "connection-guard.";

    private static final String DEFAULT_DATA_SOURCE = "default-data-source";
    private static final String AUTO = "auto";
    private static final String EXCLUDE = "exclude";
    private static final String UNPROTECTED = "unprotected";
    private static final String DOCTOR = "doctor";

    /** What holds for the whole deployment, and never for one data source. */
    private static final List<String> DEPLOYMENT_KEYS =
            List.of(DEFAULT_DATA_SOURCE, AUTO, EXCLUDE, UNPROTECTED, DOCTOR);

    private static final List<String> KEYS = List.of(
            "enabled",
            "validation-timeout",
            "max-wait",
            "initial-backoff",
            "max-backoff",
            "max-waiting-jobs",
            "on-unavailable",
            "skip-if-validated-within",
            "max-age",
            "writable",
            "pin");

    private final SettingSource source;
    private final Settings common;
    private final boolean doctor;
    private final Optional<Boolean> auto;
    private final ClassNamePatterns exclusions;
    private final Unprotected unprotected;

    /** Reading is slow where there are many sources of settings. */
    private final Map<String, Settings> byDataSource = new ConcurrentHashMap<>();

    private Configuration(SettingSource source) {
        this.source = source;
        this.common = read(PREFIX, Settings.DEFAULTS);
        this.doctor = flag(PREFIX + DOCTOR, true);
        this.auto = parsed(
                PREFIX + AUTO,
                "timers or off",
                text -> Optional.of(text)
                        .filter(Set.of("timers", "off")::contains)
                        .map("timers"::equals));
        this.exclusions = parsed(PREFIX + EXCLUDE, ClassNamePatterns.ALLOWED, ClassNamePatterns::parse)
                .orElse(ClassNamePatterns.NONE);
        this.unprotected = parsed(PREFIX + UNPROTECTED, "warn, fail or ignore", Unprotected::parse)
                .orElse(Unprotected.WARN);
    }

    /**
     * Reads and checks all settings.
     *
     * @throws GuardDefinitionException naming key, value and what is allowed
     */
    public static Configuration of(SettingSource source) {
        Configuration configuration = new Configuration(source);
        for (String name : source.names(PREFIX)) {
            configuration.check(name);
        }
        return configuration;
    }

    /** The settings of a data source, by its JNDI name. */
    public Settings of(String dataSource) {
        return byDataSource.computeIfAbsent(dataSource, name -> read(PREFIX + '"' + name + "\".", common));
    }

    /** The settings that hold for data sources without settings of their own. */
    public Settings common() {
        return common;
    }

    /** JNDI name of the data source that is guarded where none can be found. */
    public Optional<String> defaultDataSource() {
        return value(PREFIX + DEFAULT_DATA_SOURCE);
    }

    /**
     * Whether every timer is guarded, also where nothing in the application says so.
     *
     * @param otherwise what holds when {@code connection-guard.auto} is not set
     */
    public boolean auto(boolean otherwise) {
        return auto.orElse(otherwise);
    }

    /** The classes whose timers are left alone where all others are guarded. */
    public ClassNamePatterns exclusions() {
        return exclusions;
    }

    /** What a timer that uses a data source without a guard means. */
    public Unprotected unprotected() {
        return unprotected;
    }

    /** Whether the doctor examines the data sources at deployment. */
    public boolean doctor() {
        return doctor;
    }

    private void check(String name) {
        String rest = name.substring(PREFIX.length());
        if (rest.startsWith("\"")) {
            int end = rest.indexOf("\".", 1);
            if (end > 1 && KEYS.contains(rest.substring(end + 2))) {
                of(rest.substring(1, end));
                return;
            }
        } else if (KEYS.contains(rest) || DEPLOYMENT_KEYS.contains(rest)) {
            return;
        }
        throw new GuardDefinitionException(
                Messages.unknownSetting(name, String.join(", ", DEPLOYMENT_KEYS), String.join(", ", KEYS)));
    }

    private Settings read(String prefix, Settings defaults) {
        Settings settings = new Settings(
                flag(prefix + "enabled", defaults.enabled()),
                duration(prefix + "validation-timeout", false).orElse(defaults.validationTimeout()),
                duration(prefix + "max-wait", true).orElse(defaults.maxWait()),
                duration(prefix + "initial-backoff", false).orElse(defaults.initialBackoff()),
                duration(prefix + "max-backoff", false).orElse(defaults.maxBackoff()),
                count(prefix + "max-waiting-jobs", defaults.maxWaitingJobs()),
                policy(prefix + "on-unavailable", defaults.onUnavailable()),
                duration(prefix + "skip-if-validated-within", true).orElse(defaults.skipIfValidatedWithin()),
                duration(prefix + "max-age", false).or(defaults::maxAge),
                flag(prefix + "writable", defaults.writable()),
                flag(prefix + "pin", defaults.pin()));
        if (settings.maxBackoff().compareTo(settings.initialBackoff()) < 0) {
            throw new GuardDefinitionException(Messages.invalidSetting(
                    prefix + "max-backoff",
                    settings.maxBackoff().toString(),
                    "a duration not below initial-backoff, " + settings.initialBackoff()));
        }
        return settings;
    }

    private Optional<String> value(String name) {
        return source.value(name).map(String::strip).filter(value -> !value.isEmpty());
    }

    private boolean flag(String name, boolean otherwise) {
        return parsed(
                        name,
                        "true or false",
                        text -> Optional.of(text)
                                .filter(Set.of("true", "false")::contains)
                                .map(Boolean::valueOf))
                .orElse(otherwise);
    }

    private int count(String name, int otherwise) {
        return parsed(
                        name,
                        "a whole number from 1 on",
                        text -> Optional.of(text)
                                .filter(number -> number.matches("[1-9]\\d{0,8}"))
                                .map(Integer::valueOf))
                .orElse(otherwise);
    }

    private OnUnavailable policy(String name, OnUnavailable otherwise) {
        return parsed(
                        name,
                        "FAIL, SKIP or PROCEED",
                        text -> Arrays.stream(OnUnavailable.values())
                                .filter(policy -> policy != OnUnavailable.CONFIGURED
                                        && policy.name().equals(text))
                                .findFirst())
                .orElse(otherwise);
    }

    private Optional<Duration> duration(String name, boolean orZero) {
        return value(name).map(text -> duration(name, text, orZero));
    }

    /**
     * Reads a duration.
     *
     * @param name where the text stands, for the error
     * @throws GuardDefinitionException when it is not an ISO 8601 duration, negative, zero where that means nothing, or
     *     longer than a day
     */
    public static Duration duration(String name, String text, boolean orZero) {
        Duration duration;
        try {
            duration = Duration.parse(text);
        } catch (DateTimeParseException e) {
            duration = Duration.ofSeconds(-1);
        }
        if (duration.isNegative() || !orZero && duration.isZero() || duration.compareTo(Duration.ofDays(1)) > 0) {
            throw new GuardDefinitionException(Messages.invalidSetting(
                    name,
                    text,
                    "an ISO 8601 duration such as PT2S or PT0.1S, " + (orZero ? "from PT0S" : "longer than PT0S")
                            + " to P1D"));
        }
        return duration;
    }

    private <T> Optional<T> parsed(String name, String allowed, Function<String, Optional<T>> parser) {
        return value(name)
                .map(text -> parser.apply(text)
                        .orElseThrow(() -> new GuardDefinitionException(Messages.invalidSetting(name, text, allowed))));
    }
}
