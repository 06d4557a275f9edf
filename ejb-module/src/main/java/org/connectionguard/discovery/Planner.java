/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.discovery;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.Collection;
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
    private static final Logger LOG = System.getLogger("org.connectionguard");

    /**
     * The plan of a method.
     *
     * @param type the class as it was written
     * @throws GuardDefinitionException when the annotation cannot work
     */
    Plan of(Class<?> type, Method method) {
        Configuration configuration = settings.apply(type.getClassLoader());
        Optional<ValidConnections> annotation = discovery.annotation(type, method);
        String place = type.getName() + "." + method.getName();
        try {
            List<String> names = discovery.names(type, method);
            if (names.isEmpty()) {
                return gap(configuration, Messages.noDataSourceFound());
            }
            Plan plan = of(names, configuration, place, annotation);
            if (plan.onUnavailable() == OnUnavailable.SKIP
                    && method.getReturnType().isPrimitive()
                    && method.getReturnType() != void.class) {
                throw new GuardDefinitionException(Messages.primitiveCannotBeSkipped(
                        place, method.getReturnType().getName()));
            }
            return plan;
        } catch (GuardDefinitionException e) {
            if (annotation.isPresent()) {
                throw e;
            }
            LOG.log(Level.WARNING, Messages.unguarded(place, e.getMessage()));
            return gap(configuration, e.getMessage());
        }
    }

    /** The plan of a call that names its data sources. */
    Plan of(List<String> names, Configuration configuration) {
        return of(names, configuration, "a call of ConnectionGuard.validate", Optional.empty());
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
            return settings.apply(type.getClassLoader()).nameOfWritable(target.name());
        }
        return method.isAnnotationPresent(ValidConnections.class)
                ? type.getName() + "." + method.getName()
                : type.getName();
    }

    private static Plan gap(Configuration configuration, String why) {
        Settings common = configuration.common();
        return new Plan(List.of(), common.onUnavailable(), common.maxWait(), Optional.of(why));
    }

    private Plan of(
            Collection<String> names,
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
        for (String name : names) {
            DataSource dataSource = dataSources.of(name, place);
            Settings own = configuration.of(name);
            targets.putIfAbsent(dataSource, new Target(name, dataSource, writable ? own.withWritable(true) : own));
        }
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
