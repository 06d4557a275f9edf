/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.discovery;

import java.lang.reflect.Method;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.connectionguard.GuardDefinitionException;
import org.connectionguard.OnUnavailable;
import org.connectionguard.ValidConnections;
import org.connectionguard.config.Configuration;
import org.connectionguard.config.Settings;
import org.connectionguard.engine.Target;
import org.connectionguard.message.Messages;

/** Makes plans: of a method's data sources, its annotation and the settings. Immutable. */
record Planner(Function<ClassLoader, Configuration> settings, Discovery discovery, DataSources dataSources) {
    private static final String CALL = "a call of ConnectionGuard.validate";

    /**
     * The plan of a method. What its annotation or a setting names for the guard must be there, where it carries the
     * annotation; of what the application uses, that is guarded which can be, and the rest is a gap.
     *
     * @param type the class as it was written
     * @throws GuardDefinitionException when the annotation cannot work
     */
    Draft of(Class<?> type, Method method) {
        Configuration configuration = settings.apply(type.getClassLoader());
        Optional<ValidConnections> annotation = discovery.annotation(type, method);
        String place = place(type, method);
        Sources sources = discovery.sources(type, method);
        List<String> gaps = new ArrayList<>(sources.gaps());
        Map<String, DataSource> known = new LinkedHashMap<>();
        for (Source source : sources.found()) {
            try {
                String name = visible(source, place);
                boolean named = annotation.isPresent() && source.forGuard();
                known.put(name, named ? dataSources.orLate(name, place) : dataSources.of(name, place));
            } catch (GuardDefinitionException e) {
                if (annotation.isPresent() && source.forGuard()) {
                    throw e;
                }
                gaps.add(whyMissing(source, place, e));
            }
        }
        if (known.isEmpty()) {
            return gap(configuration.common(), gaps);
        }
        Plan plan = of(known, configuration, place, annotation);
        if (plan.onUnavailable() == OnUnavailable.SKIP
                && method.getReturnType().isPrimitive()
                && method.getReturnType() != void.class) {
            String why = Messages.primitiveCannotBeSkipped(
                    place, method.getReturnType().getName());
            if (annotation.isPresent()) {
                throw new GuardDefinitionException(why);
            }
            return gap(configuration.common(), List.of(why));
        }
        return new Draft(plan, gaps);
    }

    /** The name by which the source can be seen from here; its own where there is none. */
    private String visible(Source source, String place) {
        if (source.instead().isEmpty()) {
            return source.name();
        }
        return source.names().stream()
                .filter(name -> dataSources.isKnown(name, place))
                .findFirst()
                .orElse(source.name());
    }

    private static String whyMissing(Source source, String place, GuardDefinitionException e) {
        if (!source.name().equals(Discovery.PLATFORM_DEFAULT)) {
            return e.getMessage();
        }
        return source.found().equals(Discovery.NOBODY_NAMED)
                ? Messages.nothingToValidate(place)
                : Messages.noDefaultDataSource(place, source.found());
    }

    static String place(Class<?> type, Method method) {
        return type.getName() + "." + method.getName();
    }

    /** The plan of a call that names its data sources. */
    Plan of(List<String> names, Configuration configuration) {
        Map<String, DataSource> known = new LinkedHashMap<>();
        names.forEach(name -> known.put(name, dataSources.of(name, CALL)));
        return of(known, configuration, CALL, Optional.empty());
    }

    /** The plan of a call that has its data source in its hands. */
    Plan of(String name, DataSource dataSource, Configuration configuration) {
        return of(Map.of(name, dataSource), configuration, CALL, Optional.empty());
    }

    /** Where the plan's data sources are demanded to take writes. */
    Stream<WriteDemand> writeDemands(Class<?> type, Method method, Plan plan) {
        return plan.targets().stream()
                .filter(target ->
                        target.settings().enabled() && target.settings().writable())
                .map(target -> new WriteDemand(target, placeOfWritable(type, method, target)));
    }

    private String placeOfWritable(Class<?> type, Method method, Target target) {
        if (discovery
                .annotation(type, method)
                .filter(ValidConnections::writable)
                .isEmpty()) {
            Configuration configuration = settings.apply(type.getClassLoader());
            return configuration.nameOfWritable(names(target.name(), target.dataSource(), configuration));
        }
        return method.isAnnotationPresent(ValidConnections.class) ? place(type, method) : type.getName();
    }

    /** The names of a data source that settings may be for, its own last: theirs lead to it too. */
    private List<String> names(String name, DataSource dataSource, Configuration configuration) {
        return Stream.concat(
                        configuration.named().stream()
                                .filter(other -> !other.equals(name) && dataSources.leadsTo(other, dataSource))
                                .sorted(),
                        Stream.of(name))
                .toList();
    }

    static Draft gap(Settings common, List<String> gaps) {
        String why = gaps.isEmpty() ? Messages.noDataSourceFound() : String.join("; ", gaps);
        return new Draft(new Plan(List.of(), common.onUnavailable(), common.maxWait(), Optional.of(why)), gaps);
    }

    private Plan of(
            Map<String, DataSource> known,
            Configuration configuration,
            String place,
            Optional<ValidConnections> annotation) {
        Optional<Duration> maxWait = annotation
                .map(ValidConnections::maxWait)
                .filter(text -> !text.isEmpty())
                .map(text -> Configuration.duration("maxWait of @ValidConnections on " + place, text, true));
        boolean writable = annotation.filter(ValidConnections::writable).isPresent();
        // Two names may stand for one data source: it is asked once.
        Map<DataSource, Target> targets = new LinkedHashMap<>();
        known.forEach((name, dataSource) -> {
            Settings own = configuration.of(names(name, dataSource, configuration));
            targets.putIfAbsent(dataSource, new Target(name, dataSource, writable ? own.withWritable(true) : own));
        });
        List<Target> all = List.copyOf(targets.values());
        OnUnavailable policy = annotation
                .map(ValidConnections::onUnavailable)
                .filter(each -> each != OnUnavailable.CONFIGURED)
                .orElseGet(() -> all.get(0).settings().onUnavailable());
        Duration wait = maxWait.orElseGet(() -> all.stream()
                .map(target -> target.settings().maxWait())
                .max(Duration::compareTo)
                .orElseThrow());
        return new Plan(all, policy, wait, Optional.empty());
    }
}
