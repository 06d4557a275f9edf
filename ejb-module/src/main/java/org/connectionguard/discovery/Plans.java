/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.discovery;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.connectionguard.GuardDefinitionException;
import org.connectionguard.config.Configuration;
import org.connectionguard.config.Settings;
import org.connectionguard.engine.Target;
import org.connectionguard.engine.Time;
import org.connectionguard.message.Messages;

/** The plans of one deployment's methods, kept as long as they hold. For any thread. */
public final class Plans {
    private record Key(Class<?> type, Method method) {}

    private final Supplier<Configuration> callers;
    private final Discovery discovery;
    private final DataSources dataSources;
    private final Planner planner;
    private final ObjectNames objectNames = new ObjectNames();
    private final Gaps gaps = new Gaps();
    private final Map<Key, KeptPlan> plans = new ConcurrentHashMap<>();
    private final LongSupplier nanos;

    /**
     * None yet.
     *
     * @param settings by class loader; an EAR has several
     * @param callers those that hold for programmatic calls by the calling thread
     */
    public Plans(Function<ClassLoader, Configuration> settings, Supplier<Configuration> callers, Discovery discovery) {
        this(settings, callers, discovery, new DataSources(), Time.SYSTEM::nanos);
    }

    /** Those of these data sources, by another clock. */
    Plans(
            Function<ClassLoader, Configuration> settings,
            Supplier<Configuration> callers,
            Discovery discovery,
            DataSources dataSources,
            LongSupplier nanos) {
        this.dataSources = dataSources;
        this.nanos = nanos;
        this.callers = callers;
        this.discovery = discovery;
        this.planner = new Planner(settings, discovery, dataSources);
    }

    /**
     * The plan of a method. Where the method carries {@code @ValidConnections}, it names at least one data source; where it
     * is bound by other means, the application may know nothing of us, and what cannot be found out is a gap.
     *
     * @param type the bean's class, which may be the container's generated subclass of it
     * @throws GuardDefinitionException when the annotation cannot work
     */
    public Plan plan(Class<?> type, Method method) {
        Key key = new Key(type, method);
        KeptPlan kept = plans.get(key);
        return kept == null || DataSources.areMissing(kept.latest()) ? keep(key, tell(key)) : kept.current();
    }

    private Draft tell(Key key) {
        Class<?> written = Annotations.written(key.type());
        Draft draft = draft(written, key.method());
        gaps.tell(Planner.place(written, key.method()), draft);
        tellMissing();
        return draft;
    }

    /** Says which of the data sources that annotations name are not there yet: each once. */
    public void tellMissing() {
        dataSources.tellMissing();
    }

    /** A job that ran without us does not fail of what its class refers to. */
    private Draft draft(Class<?> written, Method method) {
        try {
            return planner.of(written, method);
        } catch (GuardDefinitionException e) {
            throw e;
        } catch (RuntimeException | LinkageError e) {
            return Planner.gap(Settings.DEFAULTS, List.of(Messages.notFollowed(Planner.place(written, method), e)));
        }
    }

    private Plan keep(Key key, Draft draft) {
        plans.put(key, new KeptPlan(draft.plan(), () -> tell(key).plan(), nanos));
        return draft.plan();
    }

    /** The plan of a programmatic call: FAIL, and the configured or the platform's default where no name is given. */
    public Plan plan(String... names) {
        Configuration configuration = callers.get();
        List<String> all = names.length == 0
                ? List.of(configuration.defaultDataSource().orElse(Discovery.PLATFORM_DEFAULT))
                : Arrays.asList(names);
        return planner.of(all, configuration);
    }

    /**
     * The plan of a programmatic call for a data source that the caller has in its hands; it is not kept.
     *
     * @throws GuardDefinitionException when it is null
     */
    public Plan plan(DataSource dataSource) {
        if (dataSource == null) {
            throw new GuardDefinitionException(Messages.noDataSourceGiven());
        }
        String name = dataSources.nameOf(dataSource).orElseGet(() -> objectNames.of(dataSource));
        return planner.of(name, dataSource, callers.get());
    }

    /** One without a JNDI name that a call had in its hands, by what it was called then, while it is there. */
    public Optional<DataSource> atHand(String name) {
        return objectNames.find(name);
    }

    /** The data sources of all methods planned so far, as demanding as the most demanding method of each. */
    public List<Target> targets() {
        return Targets.of(plans.values().stream().map(KeptPlan::latest).toList());
    }

    /** The same, but for those of which there is only a name yet. */
    public List<Target> targetsThere() {
        List<Target> all = targets();
        List<String> missing = DataSources.missing(all);
        return all.stream().filter(target -> !missing.contains(target.name())).toList();
    }

    /** Where it is demanded, by the annotation or a setting, that the data sources of the methods planned so far take writes. */
    public List<WriteDemand> writeDemands() {
        return plans.entrySet().stream()
                .flatMap(planned -> planner.writeDemands(
                        Annotations.written(planned.getKey().type()),
                        planned.getKey().method(),
                        planned.getValue().latest()))
                .distinct()
                .sorted(Comparator.comparing(WriteDemand::place))
                .toList();
    }

    /** The names that settings are for and that lead nowhere, as seen from here and now. */
    public List<String> leadingNowhere(Configuration configuration) {
        return configuration.named().stream()
                .filter(dataSources::leadsNowhere)
                .sorted()
                .toList();
    }

    /**
     * At deployment: makes the plan of a method that carries the annotation, so that what cannot work is told now; or at its
     * first call, where only that can tell.
     *
     * @throws GuardDefinitionException when the annotation cannot work
     */
    public void check(Class<?> type, Method method) {
        if (dataSources.await(discovery.sources(type, method).names(), mayComeLate(type, method))) {
            Draft draft = planner.of(type, method);
            if (draft.plan().targets().isEmpty()) {
                throw new GuardDefinitionException(draft.plan().gap().orElseThrow());
            }
            gaps.tell(Planner.place(type, method), draft);
            keep(new Key(type, method), draft);
        }
    }

    /**
     * At deployment: makes the plan of a method that may carry no annotation, if it can be made by now; else its first call
     * does. Who calls says what is open.
     */
    public Outlook outlook(Class<?> type, Method method) {
        Sources sources = discovery.sources(type, method);
        if (!dataSources.await(sources.names(), mayComeLate(type, method))) {
            return new Outlook(dataSources.unseen(sources.names()), List.of(), sources.gaps(), false);
        }
        try {
            Draft draft = planner.of(type, method);
            gaps.toldElsewhere(Planner.place(type, method), draft.gaps());
            keep(new Key(type, method), draft);
            List<Target> targets = draft.plan().targets();
            boolean switchedOff = !targets.isEmpty()
                    && targets.stream().noneMatch(target -> target.settings().enabled());
            return new Outlook(List.of(), DataSources.missing(targets), draft.gaps(), switchedOff);
        } catch (GuardDefinitionException e) {
            return new Outlook(List.of(), List.of(), List.of(e.getMessage()), false);
        }
    }

    /** The deployment does not stop for what its own code may bind when it begins: that is waited for by the jobs. */
    private Predicate<String> mayComeLate(Class<?> type, Method method) {
        return discovery.annotation(Annotations.written(type), method).isPresent() ? LateNames::mayCome : name -> false;
    }
}
