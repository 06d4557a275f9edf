/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.console.state;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;
import org.connectionguard.console.state.Job.Protection;

/**
 * Reads {@code org.connectionguard:*}. A job's history is read again only when something else of it has changed: a thousand jobs
 * are looked at every two seconds. For any thread.
 */
public final class GuardReader {
    private static final String[] OF_GUARD = {"Since", "Guarded", "Unprotected", "NothingToGuard"};

    private static final String[] OF_JOB = Stream.concat(
                    Stream.of(
                            "Name",
                            "Schedule",
                            "Protection",
                            "ProtectionReason",
                            "Active",
                            "LastStart",
                            "LastSuccess",
                            "Next",
                            "Overdue",
                            "Ended",
                            "PutOffSince",
                            "RunMillis"),
                    Stream.of(Outcome.values()).map(Outcome::attribute))
            .toArray(String[]::new);

    private static final String[] OF_DATA_SOURCE = Stream.of(
                    Stream.of(
                            "Name",
                            "State",
                            "StateSince",
                            "Waiting",
                            "Stuck",
                            "ValidationMillis",
                            "Waits",
                            "WaitMillis",
                            "Outages",
                            "OutageMillis",
                            "LastOutages"),
                    DataSource.RESULTS.stream().map(result -> "Validations" + capital(result)),
                    DataSource.CAUSES.stream().map(cause -> "Evictions" + capital(cause)))
            .flatMap(names -> names)
            .toArray(String[]::new);

    private final MBeanServer server;
    private final ObjectName all;
    private final PoolReader pools;
    private Map<ObjectName, KnownJob> known = Map.of();

    /** With the server that everybody's MBeans are in. */
    public GuardReader(MBeanServer server) {
        this.server = server;
        this.pools = new PoolReader(server);
        try {
            this.all = new ObjectName("org.connectionguard:*");
        } catch (MalformedObjectNameException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What is known now. */
    public synchronized ServerState read() {
        Map<ObjectName, KnownJob> jobs = new HashMap<>();
        List<Deployment> deployments = new ArrayList<>();
        List<DataSource> dataSources = new ArrayList<>();
        for (ObjectName name : names()) {
            try {
                switch (type(name)) {
                    case "Guard" -> deployments.add(deployment(name));
                    case "DataSource" -> dataSources.add(dataSource(name));
                    case "Job" -> jobs.put(name, job(name));
                    default -> {
                        // A later guard's, of which we know nothing.
                    }
                }
            } catch (InstanceNotFoundException e) {
                // Its application went while we looked.
            } catch (JMException e) {
                throw new IllegalStateException(e);
            }
        }
        known = jobs;
        deployments.sort(Comparator.comparing(Deployment::name));
        dataSources.sort(Comparator.comparing(DataSource::deployment).thenComparing(DataSource::name));
        return new ServerState(
                List.copyOf(deployments),
                jobs.values().stream()
                        .map(KnownJob::job)
                        .sorted(Comparator.comparing(Job::deployment).thenComparing(Job::name))
                        .toList(),
                List.copyOf(dataSources),
                pools.read(dataSources.stream().map(DataSource::name).collect(Collectors.toUnmodifiableSet())));
    }

    /** The MBean of this id, if it is one of a guard's: whoever asks is not to reach any other MBean of the server. */
    public Optional<ObjectName> find(String id) {
        return names().stream()
                .filter(name -> name.getCanonicalName().equals(id))
                .findFirst();
    }

    /** What kind of MBean it is: {@code Guard}, {@code DataSource} or {@code Job}. */
    public static String type(ObjectName name) {
        return Optional.ofNullable(name.getKeyProperty("type")).orElse("");
    }

    private Set<ObjectName> names() {
        return server.queryNames(all, null);
    }

    private Deployment deployment(ObjectName name) throws JMException {
        Attributes guard = Attributes.of(server, name, OF_GUARD);
        return new Deployment(
                name.getCanonicalName(),
                deploymentOf(name),
                guard.number("Since"),
                guard.count("Guarded"),
                guard.count("Unprotected"),
                guard.count("NothingToGuard"));
    }

    private KnownJob job(ObjectName name) throws JMException {
        Attributes now = Attributes.of(server, name, OF_JOB);
        KnownJob before = known.get(name);
        if (before != null && before.attributes().equals(now)) {
            return before;
        }
        List<Run> history = Attributes.of(server, name, "History").list("History", GuardReader::run);
        Map<Outcome, Long> counts = new EnumMap<>(Outcome.class);
        for (Outcome outcome : Outcome.values()) {
            counts.put(outcome, now.number(outcome.attribute()));
        }
        Job job = new Job(
                name.getCanonicalName(),
                deploymentOf(name),
                now.text("Name"),
                now.text("Schedule"),
                protection(now.text("Protection")),
                Discretion.applied(now.text("ProtectionReason")),
                now.count("Active"),
                now.number("LastStart"),
                now.number("LastSuccess"),
                now.number("Next"),
                now.flag("Overdue"),
                now.flag("Ended"),
                now.number("PutOffSince"),
                now.number("RunMillis"),
                Map.copyOf(counts),
                history);
        return new KnownJob(now, job);
    }

    private static Protection protection(String name) {
        return Stream.of(Protection.values())
                .filter(protection -> protection.name().equals(name))
                .findFirst()
                .orElse(Protection.UNPROTECTED);
    }

    private static Run run(Attributes run) {
        return new Run(
                run.number("start"),
                run.number("millis"),
                run.number("guardedMillis"),
                run.count("evicted"),
                Outcome.of(run.text("outcome")),
                Discretion.applied(run.text("reason")));
    }

    private DataSource dataSource(ObjectName name) throws JMException {
        Attributes now = Attributes.of(server, name, OF_DATA_SOURCE);
        return new DataSource(
                name.getCanonicalName(),
                deploymentOf(name),
                now.text("Name"),
                now.text("State"),
                now.number("StateSince"),
                now.count("Waiting"),
                now.count("Stuck"),
                numbers(DataSource.RESULTS, result -> now.number("Validations" + capital(result))),
                now.number("ValidationMillis"),
                numbers(DataSource.CAUSES, cause -> now.number("Evictions" + capital(cause))),
                now.number("Waits"),
                now.number("WaitMillis"),
                now.number("Outages"),
                now.number("OutageMillis"),
                now.list("LastOutages", GuardReader::outage));
    }

    private static Outage outage(Attributes outage) {
        return new Outage(
                outage.number("begin"),
                outage.number("millis"),
                outage.text("reason"),
                Discretion.applied(outage.text("detail")));
    }

    private static Map<String, Long> numbers(List<String> words, Function<String, Long> number) {
        return words.stream().collect(Collectors.toUnmodifiableMap(word -> word, number));
    }

    private static String capital(String word) {
        return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
    }

    /** Two libraries in one EAR make two guards of one name. */
    private static String deploymentOf(ObjectName name) {
        String deployment = key(name, "deployment");
        String copy = key(name, "copy");
        return copy.isEmpty() ? deployment : deployment + " (" + copy + ")";
    }

    private static String key(ObjectName name, String key) {
        String value = Optional.ofNullable(name.getKeyProperty(key)).orElse("");
        return value.startsWith("\"") ? ObjectName.unquote(value) : value;
    }

    private record KnownJob(Attributes attributes, Job job) {}
}
