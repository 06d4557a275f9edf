/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.deployment;

import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.interceptor.Interceptors;
import jakarta.transaction.Transactional;
import java.lang.reflect.AnnotatedElement;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.connectionguard.TimerReport;
import org.connectionguard.TimerReport.Protection;
import org.connectionguard.config.Configuration;
import org.connectionguard.deployment.TimerMethod.RunBy;
import org.connectionguard.discovery.Discovery;
import org.connectionguard.discovery.Outlook;
import org.connectionguard.discovery.Sources;
import org.connectionguard.message.Messages;

/**
 * How the timers of one deployment are protected. Immutable.
 *
 * @param settings by class loader; an EAR has several
 * @param interceptors the names of the classes that guard where they are bound
 * @param serverWide whether the guard is the server's own, and so guards every timer unless told otherwise
 */
public record Protections(Function<ClassLoader, Configuration> settings, Set<String> interceptors, boolean serverWide) {

    private static final String BEAN_MANAGED = "bean-managed";

    /** In these the body's connections are its own business. */
    private static final Set<String> WITHOUT_TRANSACTION = Set.of(BEAN_MANAGED, "NOT_SUPPORTED", "NEVER");

    /** Whether the class's timers are to be guarded although nothing in the application says so. */
    public boolean coversAllTimersOf(Class<?> bean) {
        Configuration configuration = settings.apply(bean.getClassLoader());
        return configuration.common().enabled()
                && configuration.auto(serverWide)
                && !configuration.exclusions().match(bean);
    }

    /** Whether the guard is to be bound to a timer although nothing in the application does it: only where that harms nothing. */
    public boolean isOursToBind(TimerMethod timer) {
        return isCovered(timer) && boundBy(timer).isEmpty();
    }

    private boolean isCovered(TimerMethod timer) {
        return coversAllTimersOf(timer.bean())
                && Interception.notForUsToBind(timer).isEmpty();
    }

    /** Whether the application itself binds the guard to the timer, in another way than by the annotation. */
    public Optional<String> boundBy(TimerMethod timer) {
        if (names(timer.bean()) || names(timer.method())) {
            return Optional.of("@Interceptors");
        }
        return timer.descriptor()
                        .binds(interceptors, timer.ejbName(), timer.method().getName())
                ? Optional.of("ejb-jar.xml")
                : Optional.empty();
    }

    /** Whether the element names the guard in {@code @Interceptors}. */
    boolean names(AnnotatedElement element) {
        try {
            Interceptors named = element.getAnnotation(Interceptors.class);
            Class<?>[] classes = named == null ? new Class<?>[0] : named.value();
            return Arrays.stream(classes).map(Class::getName).anyMatch(interceptors::contains);
        } catch (RuntimeException | LinkageError e) {
            // One of them is not there: so no interceptor is called, ours neither.
            return false;
        }
    }

    /** Whether the guard is bound to the timer, in whatever way. */
    public boolean isGuarded(TimerMethod timer, Discovery discovery) {
        return way(timer, discovery).isPresent();
    }

    /**
     * The timer's line in the report: guarded only where its plan is made, or where only its first call can tell.
     *
     * @param outlook of a timer that is guarded
     */
    public TimerReport report(TimerMethod timer, Discovery discovery, Outlook outlook) {
        Sources sources = discovery.sources(timer.bean(), timer.method());
        List<String> names = sources.found().stream()
                .map(source -> source.name() + " (" + source.found() + ")")
                .toList();
        Configuration configuration = settings.apply(timer.bean().getClassLoader());
        Optional<String> way = way(timer, discovery);
        if (sources.found().isEmpty()) {
            return sources.gaps().isEmpty()
                    ? line(timer, names, Protection.NOTHING_TO_GUARD, Messages.noDataSourceFound())
                    : line(timer, names, Protection.UNPROTECTED, String.join("; ", sources.gaps()));
        }
        List<String> guarded = sources.names().stream()
                .filter(name -> configuration.of(name).enabled())
                .toList();
        if (guarded.isEmpty() || outlook.switchedOff()) {
            return line(timer, names, Protection.UNPROTECTED, Messages.switchedOff());
        }
        if (way.isEmpty()) {
            return line(timer, names, Protection.UNPROTECTED, whyNot(timer, configuration));
        }
        if (!outlook.gaps().isEmpty()) {
            return line(timer, names, Protection.UNPROTECTED, String.join("; ", outlook.gaps()));
        }
        String several = guarded.size() > 1 && mayHaveTransaction(timer) ? Messages.severalDataSources() : "";
        String missing = outlook.missing().isEmpty() ? "" : Messages.notThereYet(outlook.missing());
        String open = outlook.open().isEmpty() ? "" : Messages.provenAtFirstCall(outlook.open());
        return line(timer, names, Protection.GUARDED, way.get() + several + missing + open);
    }

    private static boolean mayHaveTransaction(TimerMethod timer) {
        return !WITHOUT_TRANSACTION.contains(transaction(timer));
    }

    private String whyNot(TimerMethod timer, Configuration configuration) {
        return Interception.neverCalled(timer).orElseGet(() -> {
            if (!configuration.auto(serverWide)) {
                return serverWide ? Messages.autoOff() : Messages.nothingBinds();
            }
            return configuration.exclusions().match(timer.bean())
                    ? Messages.excluded()
                    : Interception.notForUsToBind(timer).orElseGet(Messages::switchedOff);
        });
    }

    private Optional<String> way(TimerMethod timer, Discovery discovery) {
        if (Interception.neverCalled(timer).isPresent()) {
            return Optional.empty();
        }
        if (discovery.annotation(timer.bean(), timer.method()).isPresent()) {
            return Optional.of("@ValidConnections");
        }
        return boundBy(timer)
                .or(() -> isCovered(timer)
                        ? Optional.of(serverWide ? "server-wide" : "connection-guard.auto")
                        : Optional.empty());
    }

    private static TimerReport line(TimerMethod timer, List<String> sources, Protection protection, String reason) {
        return new TimerReport(
                timer.bean(),
                timer.method().getName(),
                timer.schedule(),
                transaction(timer),
                sources,
                protection,
                reason);
    }

    private static String transaction(TimerMethod timer) {
        return timer.runBy() == RunBy.TIMER_SERVICE ? ejbTransaction(timer) : cdiTransaction(timer);
    }

    /** Jakarta Concurrency 3.1, 3.2: without the annotation the method begins transactions itself, if it wants any. */
    private static String cdiTransaction(TimerMethod timer) {
        return Stream.of(timer.method(), timer.bean())
                .map(place -> place.getAnnotation(Transactional.class))
                .filter(Objects::nonNull)
                .map(transactional -> transactional.value().name())
                .findFirst()
                .orElse(BEAN_MANAGED);
    }

    private static String ejbTransaction(TimerMethod timer) {
        TransactionManagement management = timer.bean().getAnnotation(TransactionManagement.class);
        if (management != null && management.value() == TransactionManagementType.BEAN
                || timer.descriptor().isBeanManaged(timer.ejbName(), timer.bean())) {
            return BEAN_MANAGED;
        }
        return timer.descriptor()
                .transactionAttribute(timer.ejbName(), timer.method().getName())
                .or(() -> attribute(timer.method()))
                .or(() -> attribute(timer.method().getDeclaringClass()))
                .orElse(TransactionAttributeType.REQUIRED.name());
    }

    private static Optional<String> attribute(AnnotatedElement element) {
        return Optional.ofNullable(element.getAnnotation(TransactionAttribute.class))
                .map(attribute -> attribute.value().name());
    }
}
