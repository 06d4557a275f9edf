/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.config;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.connectionguard.GuardDefinitionException;
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
    private static final String OVERDUE_AFTER = "overdue-after";
    private static final String LATER_EXPIRES_AFTER = "later-expires-after";
    private static final String LATER_AT_ONCE = "later-at-once";
    private static final String KEEP_SCHEDULES = "keep-schedules";
    private static final String METRICS = "metrics";
    private static final String HEALTH = "health";

    /** What holds for the whole deployment, and never for one data source. */
    static final List<String> DEPLOYMENT_KEYS = List.of(
            DEFAULT_DATA_SOURCE,
            AUTO,
            EXCLUDE,
            UNPROTECTED,
            DOCTOR,
            OVERDUE_AFTER,
            LATER_EXPIRES_AFTER,
            LATER_AT_ONCE,
            KEEP_SCHEDULES,
            METRICS,
            HEALTH);

    private static final int AT_ONCE = 4;

    private static final Format<Boolean> AUTO_FORMAT = new Format<>(
            "timers or off",
            text -> Optional.of(text).filter(Set.of("timers", "off")::contains).map("timers"::equals));

    private final SettingSource source;
    private final Settings common;
    private final boolean doctor;
    private final Duration overdueAfter;
    private final Optional<Duration> laterExpiresAfter;
    private final int laterAtOnce;
    private final boolean keepSchedules;
    private final Optional<Boolean> auto;
    private final ClassNamePatterns exclusions;
    private final Unprotected unprotected;
    private final Metrics metrics;
    private final boolean health;

    /** Reading is slow where there are many sources of settings. */
    private final Map<List<String>, Settings> byDataSource = new ConcurrentHashMap<>();

    private final Set<String> named = ConcurrentHashMap.newKeySet();

    private Configuration(SettingSource source) {
        this.source = source;
        this.common = read(PREFIX, Settings.DEFAULTS);
        this.doctor = read(DOCTOR, Format.FLAG).orElse(true);
        this.overdueAfter = read(OVERDUE_AFTER, Format.DURATION).orElse(Duration.ofMinutes(1));
        this.laterExpiresAfter = read(LATER_EXPIRES_AFTER, Format.DURATION);
        this.laterAtOnce = read(LATER_AT_ONCE, Format.COUNT).orElse(AT_ONCE);
        this.keepSchedules = read(KEEP_SCHEDULES, Format.FLAG).orElse(true);
        this.auto = read(AUTO, AUTO_FORMAT);
        this.exclusions = read(EXCLUDE, ClassNamePatterns.FORMAT).orElse(ClassNamePatterns.NONE);
        this.unprotected = read(UNPROTECTED, Unprotected.FORMAT).orElse(Unprotected.WARN);
        this.metrics = read(METRICS, Metrics.FORMAT).orElse(Metrics.AUTO);
        this.health = read(HEALTH, Format.FLAG).orElse(true);
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

    /** The settings of a data source, by its JNDI name, in whatever way they spell that. */
    public Settings of(String dataSource) {
        return of(List.of(dataSource));
    }

    /** The settings of a data source that has several JNDI names: what is set for a later one wins. */
    public Settings of(List<String> dataSource) {
        return byDataSource.computeIfAbsent(List.copyOf(dataSource), names -> {
            Settings settings = common;
            for (String spelling : spellings(names)) {
                settings = read(prefix(spelling), settings);
            }
            return settings;
        });
    }

    private static List<String> spellings(List<String> names) {
        return names.stream()
                .flatMap(name -> new JndiName(name).spellings().stream())
                .toList();
    }

    /** The JNDI names of the data sources that have settings of their own, as far as the sources of settings tell. */
    public Set<String> named() {
        return Set.copyOf(named);
    }

    private static String prefix(String dataSource) {
        return PREFIX + '"' + dataSource + "\".";
    }

    /** The settings that hold for data sources without settings of their own. */
    public Settings common() {
        return common;
    }

    /** JNDI name of the data source that is guarded where none can be found. */
    public Optional<String> defaultDataSource() {
        return value(PREFIX + DEFAULT_DATA_SOURCE);
    }

    /** The name of the setting by which a data source's server is to take writes, or not. */
    public String nameOfWritable(List<String> dataSource) {
        return spellings(dataSource).stream()
                .map(spelling -> prefix(spelling) + Setting.WRITABLE.key())
                .filter(name -> value(name).isPresent())
                .reduce((one, other) -> other)
                .orElse(PREFIX + Setting.WRITABLE.key());
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

    /** How much later than promised a run may start before it is overdue. */
    public Duration overdueAfter() {
        return overdueAfter;
    }

    /** How long after its expiration a run that was put off is too late; empty: once the next one makes it needless. */
    public Optional<Duration> laterExpiresAfter() {
        return laterExpiresAfter;
    }

    /** How many runs that were put off are made up at once. */
    public int laterAtOnce() {
        return laterAtOnce;
    }

    /** Whether a job that fails for want of a database returns normally where its exception would end its schedule. */
    public boolean keepSchedules() {
        return keepSchedules;
    }

    /** Whether the doctor examines the data sources at deployment. */
    public boolean doctor() {
        return doctor;
    }

    /** By which API the guard is measured. */
    public Metrics metrics() {
        return metrics;
    }

    /** Whether the deployment gets a readiness check of the guard's, where the server has such. */
    public boolean health() {
        return health;
    }

    private void check(String name) {
        String rest = name.substring(PREFIX.length());
        if (rest.startsWith("\"")) {
            int end = rest.indexOf("\".", 1);
            if (end > 1 && Setting.keys().contains(rest.substring(end + 2))) {
                String dataSource = rest.substring(1, end);
                of(dataSource);
                named.add(dataSource);
                return;
            }
        } else if (Setting.keys().contains(rest) || DEPLOYMENT_KEYS.contains(rest)) {
            return;
        }
        throw new GuardDefinitionException(
                Messages.unknownSetting(name, String.join(", ", DEPLOYMENT_KEYS), String.join(", ", Setting.keys())));
    }

    private Settings read(String prefix, Settings defaults) {
        Settings settings = defaults;
        for (Setting setting : Setting.values()) {
            String name = prefix + setting.key();
            Optional<String> text = value(name);
            if (text.isPresent()) {
                settings = settings.read(setting, name, text.get());
            }
        }
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

    private <T> Optional<T> read(String key, Format<T> format) {
        return value(PREFIX + key).map(text -> format.read(PREFIX + key, text));
    }

    /**
     * Reads a duration.
     *
     * @param name where the text stands, for the error
     * @throws GuardDefinitionException when it is not an ISO 8601 duration, negative, zero where that means nothing, or
     *     longer than a day
     */
    public static Duration duration(String name, String text, boolean orZero) {
        return (orZero ? Format.DURATION_OR_ZERO : Format.DURATION).read(name, text);
    }
}
