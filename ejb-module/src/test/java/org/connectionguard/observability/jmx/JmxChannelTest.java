/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.observability.jmx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.management.JMException;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanOperationInfo;
import javax.management.MBeanRegistrationException;
import javax.management.MBeanServer;
import javax.management.MBeanServerFactory;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;
import org.connectionguard.DataSourceState;
import org.connectionguard.GuardEvent;
import org.connectionguard.GuardEvent.Evicted;
import org.connectionguard.GuardEvent.OutageBegan;
import org.connectionguard.GuardEvent.OutageEnded;
import org.connectionguard.GuardEvent.Overdue;
import org.connectionguard.GuardEvent.RunEnded;
import org.connectionguard.GuardEvent.RunStarted;
import org.connectionguard.GuardEvent.ScheduleEnded;
import org.connectionguard.GuardEvent.StateChanged;
import org.connectionguard.GuardEvent.TurnedAway;
import org.connectionguard.GuardEvent.Validated;
import org.connectionguard.GuardEvent.Waited;
import org.connectionguard.RunOutcome;
import org.connectionguard.TimerReport;
import org.connectionguard.TimerReport.Protection;
import org.connectionguard.engine.Guard;
import org.connectionguard.engine.Time;
import org.connectionguard.statistics.Overview;
import org.connectionguard.statistics.Statistics;
import org.connectionguard.testing.Garbage;
import org.connectionguard.testing.Log;
import org.connectionguard.testing.Stub;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class JmxChannelTest {
    private static final String JOB = "Job.gather";
    private static final String SOURCE = "java:/x?*\"";
    private static final Instant T = Instant.parse("2026-11-27T02:00:00.250Z");

    @RegisterExtension
    final Log log = new Log();

    private final MBeanServer server = MBeanServerFactory.newMBeanServer();
    private final Statistics statistics = new Statistics(Time.SYSTEM);

    /** Repeats what it is asked for. */
    private static final class Echo implements Operations {
        @Override
        public String validate(String dataSource) {
            return "validate " + dataSource;
        }

        @Override
        public String sweep(String dataSource) {
            return "sweep " + dataSource;
        }

        @Override
        public String run(String job) {
            return "run " + job;
        }

        @Override
        public String examine() {
            return "examine";
        }

        @Override
        public String reset() {
            return "reset";
        }
    }

    private static Overview overview(Statistics statistics) {
        return new Overview(
                "app.ear", statistics, new Guard(List.of(statistics), Time.SYSTEM), job -> Optional.empty());
    }

    private JmxChannel open() {
        return JmxChannel.open(server, overview(statistics), new Echo());
    }

    private void happens(JmxChannel channel, GuardEvent event) {
        statistics.heard(event);
        channel.heard(event);
    }

    private static RunStarted start(String job) {
        return new RunStarted(T, job, 1);
    }

    private static RunEnded end(RunOutcome outcome, String reason) {
        return new RunEnded(
                T.plusSeconds(3), JOB, 1, Duration.ofSeconds(3), Duration.ofMillis(700), 2, outcome, reason);
    }

    private static TimerReport timer(Protection protection) {
        return new TimerReport(Object.class, "gather", "daily at 02:00:00", "REQUIRED", List.of(), protection, "why");
    }

    private static ObjectName name(String keys) throws JMException {
        return new ObjectName("org.connectionguard:" + keys);
    }

    private static ObjectName job() throws JMException {
        return name("type=Job,deployment=\"app.ear\",name=\"Job.gather\"");
    }

    private static ObjectName source() throws JMException {
        return name("type=DataSource,deployment=\"app.ear\",name=" + ObjectName.quote(SOURCE));
    }

    private Object of(ObjectName name, String attribute) throws JMException {
        return server.getAttribute(name, attribute);
    }

    private Set<String> attributes(ObjectName name) throws JMException {
        return Arrays.stream(server.getMBeanInfo(name).getAttributes())
                .map(MBeanAttributeInfo::getName)
                .collect(Collectors.toSet());
    }

    private Set<String> operations(ObjectName name) throws JMException {
        return Arrays.stream(server.getMBeanInfo(name).getOperations())
                .map(MBeanOperationInfo::getName)
                .collect(Collectors.toSet());
    }

    private Set<ObjectName> all() throws JMException {
        return server.queryNames(name("*"), null);
    }

    @Test
    void theGuardTellsOfItsTimersAndTakesOrders() throws JMException {
        statistics.register("A.run", timer(Protection.GUARDED));
        statistics.register("B.run", timer(Protection.GUARDED));
        statistics.register("C.run", timer(Protection.UNPROTECTED));
        statistics.register("D.run", timer(Protection.NOTHING_TO_GUARD));
        statistics.heard(start(JOB));
        statistics.register(SOURCE);
        try (JmxChannel channel = open()) {
            ObjectName guard = name("type=Guard,deployment=\"app.ear\"");
            assertThat(attributes(guard))
                    .containsExactlyInAnyOrder(
                            "Deployment",
                            "Since",
                            "SinceText",
                            "Guarded",
                            "Unprotected",
                            "NothingToGuard",
                            "Jobs",
                            "DataSources");
            assertThat(of(guard, "Deployment")).isEqualTo("app.ear");
            assertThat(of(guard, "Since")).isEqualTo(statistics.since().toEpochMilli());
            assertThat(of(guard, "SinceText")).isEqualTo(statistics.since().toString());
            assertThat(of(guard, "Guarded")).isEqualTo(2);
            assertThat(of(guard, "Unprotected")).isEqualTo(1);
            assertThat(of(guard, "NothingToGuard")).isEqualTo(1);
            assertThat(of(guard, "Jobs")).isEqualTo(5);
            assertThat(of(guard, "DataSources")).isEqualTo(1);
            String[] text = {String.class.getName()};
            assertThat(server.invoke(guard, "validate", new Object[] {"java:/y"}, text))
                    .isEqualTo("validate java:/y");
            assertThat(server.invoke(guard, "sweep", new Object[] {"java:/y"}, text))
                    .isEqualTo("sweep java:/y");
            assertThat(server.invoke(guard, "run", new Object[] {JOB}, text)).isEqualTo("run " + JOB);
            happens(channel, start(JOB));
            assertThat(server.invoke(job(), "run", new Object[0], new String[0]))
                    .isEqualTo("run " + JOB);
            assertThat(server.invoke(guard, "examine", new Object[0], new String[0]))
                    .isEqualTo("examine");
            assertThat(server.invoke(guard, "reset", new Object[0], new String[0]))
                    .isEqualTo("reset");
            happens(channel, start(JOB));
            assertThat(all()).hasSize(7);
        }
        assertThat(all()).isEmpty();
    }

    @Test
    void aJobThatNeverRanHasZeroesAndEmptyTexts() throws JMException {
        statistics.register(JOB, timer(Protection.UNPROTECTED));
        try (JmxChannel channel = open()) {
            assertThat(attributes(job()))
                    .containsExactlyInAnyOrder(
                            "Name",
                            "Schedule",
                            "Protection",
                            "ProtectionReason",
                            "Active",
                            "LastStart",
                            "LastStartText",
                            "LastSuccess",
                            "LastSuccessText",
                            "Next",
                            "NextText",
                            "Overdue",
                            "Ended",
                            "PutOffSince",
                            "PutOffSinceText",
                            "Ran",
                            "Healed",
                            "Waited",
                            "Proceeded",
                            "MadeUp",
                            "Deferred",
                            "Skipped",
                            "Refused",
                            "Failed",
                            "RunMillis",
                            "LastOutcome",
                            "LastReason",
                            "History");
            assertThat(of(job(), "Name")).isEqualTo(JOB);
            assertThat(of(job(), "Schedule")).isEqualTo("daily at 02:00:00");
            assertThat(of(job(), "Protection")).isEqualTo("UNPROTECTED");
            assertThat(of(job(), "ProtectionReason")).isEqualTo("why");
            assertThat(of(job(), "LastStart")).isEqualTo(0L);
            assertThat(of(job(), "LastStartText")).isEqualTo("");
            assertThat(of(job(), "LastSuccess")).isEqualTo(0L);
            assertThat(of(job(), "LastSuccessText")).isEqualTo("");
            assertThat(of(job(), "Next")).isEqualTo(-1L);
            assertThat(of(job(), "NextText")).isEqualTo("");
            assertThat(of(job(), "LastOutcome")).isEqualTo("");
            assertThat(of(job(), "LastReason")).isEqualTo("");
            assertThat((CompositeData[]) of(job(), "History")).isEmpty();
            assertThat(channel).isNotNull();
        }
    }

    @Test
    void runsAreCountedByTheirOutcome() throws JMException {
        try (JmxChannel channel = open()) {
            for (RunOutcome outcome : RunOutcome.values()) {
                IntStream.rangeClosed(0, outcome.ordinal()).forEach(each -> {
                    happens(channel, start(JOB));
                    happens(channel, end(outcome, "CG0201 " + outcome));
                });
            }
            happens(channel, start(JOB));
            assertThat(of(job(), "Active")).isEqualTo(1);
            List<String> names = List.of(
                    "Ran", "Healed", "Waited", "Proceeded", "MadeUp", "Deferred", "Skipped", "Refused", "Failed");
            for (int index = 0; index < names.size(); index++) {
                assertThat(of(job(), names.get(index))).as(names.get(index)).isEqualTo(index + 1L);
            }
            assertThat(of(job(), "RunMillis")).isEqualTo(45 * 3000L);
            assertThat(of(job(), "LastStart")).isEqualTo(T.toEpochMilli());
            assertThat(of(job(), "LastStartText")).isEqualTo("2026-11-27T02:00:00.250Z");
            assertThat(of(job(), "LastSuccess")).isEqualTo(T.plusSeconds(3).toEpochMilli());
            assertThat(of(job(), "LastSuccessText")).isEqualTo("2026-11-27T02:00:03.250Z");
            assertThat(of(job(), "LastOutcome")).isEqualTo("FAILED");
            assertThat(of(job(), "LastReason")).isEqualTo("CG0201 FAILED");
            CompositeData[] history = (CompositeData[]) of(job(), "History");
            assertThat(history).hasSize(45);
            CompositeData last = history[44];
            assertThat(last.getCompositeType().keySet())
                    .containsExactlyInAnyOrder(
                            "start", "startText", "millis", "guardedMillis", "evicted", "outcome", "reason");
            assertThat(last.get("start")).isEqualTo(T.toEpochMilli());
            assertThat(last.get("startText")).isEqualTo("2026-11-27T02:00:00.250Z");
            assertThat(last.get("millis")).isEqualTo(3000L);
            assertThat(last.get("guardedMillis")).isEqualTo(700L);
            assertThat(last.get("evicted")).isEqualTo(2);
            assertThat(last.get("outcome")).isEqualTo("FAILED");
            assertThat(last.get("reason")).isEqualTo("CG0201 FAILED");
            assertThat(history[0].get("outcome")).isEqualTo("RAN");
        }
    }

    @Test
    void whatTheServerPromisedIsToldAndThatItPromisesNoMore() throws JMException {
        try (JmxChannel channel = open()) {
            happens(channel, start(JOB));
            statistics.promised(JOB, Optional.of(T));
            assertThat(of(job(), "Next")).isEqualTo(T.toEpochMilli());
            assertThat(of(job(), "NextText")).isEqualTo(T.toString());
            assertThat(of(job(), "Overdue")).isEqualTo(false);
            happens(channel, new Overdue(T, JOB, T));
            assertThat(of(job(), "Overdue")).isEqualTo(true);
            assertThat(of(job(), "Ended")).isEqualTo(false);
            happens(channel, new ScheduleEnded(T, JOB, false));
            assertThat(of(job(), "Ended")).isEqualTo(true);
            assertThat(of(job(), "Next")).isEqualTo(0L);
            assertThat(of(job(), "NextText")).isEqualTo("");
        }
    }

    @Test
    void aDataSourceHasItsFiguresAndTakesOrders() throws JMException {
        statistics.register(SOURCE);
        try (JmxChannel channel = open()) {
            assertThat(attributes(source()))
                    .containsExactlyInAnyOrder(
                            "Name",
                            "State",
                            "StateSince",
                            "StateSinceText",
                            "Waiting",
                            "Stuck",
                            "ValidationsAlive",
                            "ValidationsDead",
                            "ValidationsSilent",
                            "ValidationsUnfit",
                            "ValidationMillis",
                            "EvictionsDead",
                            "EvictionsSilent",
                            "EvictionsAged",
                            "EvictionsUnfit",
                            "EvictionsSibling",
                            "Waits",
                            "WaitMillis",
                            "Outages",
                            "OutageMillis",
                            "LastOutageReason",
                            "LastOutages");
            assertThat(operations(source())).containsExactlyInAnyOrder("validate", "sweep");
            assertThat(of(source(), "State")).isEqualTo("HEALTHY");
            assertThat(of(source(), "LastOutageReason")).isEqualTo("");
            Stream.of(Validated.Result.values())
                    .forEach(result -> IntStream.rangeClosed(0, result.ordinal())
                            .forEach(each -> happens(channel, new Validated(T, SOURCE, result, Duration.ofMillis(2)))));
            Stream.of(Evicted.Cause.values())
                    .forEach(cause -> IntStream.rangeClosed(0, cause.ordinal())
                            .forEach(each -> happens(channel, new Evicted(T, SOURCE, cause, "why", each == 0))));
            happens(channel, new Waited(T, SOURCE, Duration.ofSeconds(7)));
            happens(channel, new OutageBegan(T, SOURCE, "down", "Link failure"));
            happens(channel, new OutageEnded(T.plusSeconds(9), SOURCE, "refused", Duration.ofSeconds(9), 3));
            happens(channel, new OutageBegan(T.plusSeconds(20), SOURCE, "silent", "Read timed out"));
            happens(channel, new StateChanged(T, SOURCE, DataSourceState.UNAVAILABLE));
            assertThat(of(source(), "Name")).isEqualTo(SOURCE);
            assertThat(of(source(), "State")).isEqualTo("UNAVAILABLE");
            assertThat(of(source(), "StateSince")).isEqualTo(T.toEpochMilli());
            assertThat(of(source(), "StateSinceText")).isEqualTo(T.toString());
            assertThat(of(source(), "Waiting")).isEqualTo(0);
            assertThat(of(source(), "Stuck")).isEqualTo(0);
            assertThat(of(source(), "ValidationsAlive")).isEqualTo(1L);
            assertThat(of(source(), "ValidationsDead")).isEqualTo(2L);
            assertThat(of(source(), "ValidationsSilent")).isEqualTo(3L);
            assertThat(of(source(), "ValidationsUnfit")).isEqualTo(4L);
            assertThat(of(source(), "ValidationMillis")).isEqualTo(20L);
            assertThat(of(source(), "EvictionsDead")).isEqualTo(1L);
            assertThat(of(source(), "EvictionsSilent")).isEqualTo(2L);
            assertThat(of(source(), "EvictionsAged")).isEqualTo(3L);
            assertThat(of(source(), "EvictionsUnfit")).isEqualTo(4L);
            assertThat(of(source(), "EvictionsSibling")).isEqualTo(4L);
            assertThat(of(source(), "Waits")).isEqualTo(1L);
            assertThat(of(source(), "WaitMillis")).isEqualTo(7000L);
            assertThat(of(source(), "Outages")).isEqualTo(1L);
            assertThat(of(source(), "OutageMillis")).isEqualTo(9000L);
            assertThat(of(source(), "LastOutageReason")).isEqualTo("silent");
            CompositeData[] outages = (CompositeData[]) of(source(), "LastOutages");
            assertThat(outages).hasSize(2);
            assertThat(outages[0].getAll(new String[] {"begin", "beginText", "millis", "reason", "detail"}))
                    .containsExactly(T.toEpochMilli(), T.toString(), 9000L, "refused", "Link failure");
            assertThat(outages[1].get("millis")).isEqualTo(-1L);
            assertThat(server.invoke(source(), "validate", new Object[0], new String[0]))
                    .isEqualTo("validate " + SOURCE);
            assertThat(server.invoke(source(), "sweep", new Object[0], new String[0]))
                    .isEqualTo("sweep " + SOURCE);
        }
    }

    @Test
    void whatComesLaterIsThereWithItsFirstEvent() throws JMException {
        try (JmxChannel channel = open()) {
            happens(channel, start(JOB));
            happens(channel, new Validated(T, SOURCE, Validated.Result.ALIVE, Duration.ofMillis(1)));
            assertThat(all()).hasSize(3).contains(job(), source());
        }
        assertThat(all()).isEmpty();
    }

    @Test
    void whoIsTurnedAwayWithoutADataSourceMakesNone() throws JMException {
        try (JmxChannel channel = open()) {
            happens(channel, start(JOB));
            happens(channel, new TurnedAway(T, JOB, 1, "", "uncheckable", "why", TurnedAway.Decision.LEFT_OUT));
            assertThat(all()).hasSize(2);
        }
    }

    @Test
    void aSecondCopyHasNamesOfItsOwnAndEachTakesAwayItsOwn() throws JMException {
        statistics.register(JOB, timer(Protection.GUARDED));
        JmxChannel first = open();
        Statistics seconds = new Statistics(Time.SYSTEM);
        JmxChannel second = JmxChannel.open(server, overview(seconds), new Echo());
        seconds.heard(start("Job.later"));
        second.heard(start("Job.later"));
        ObjectName later = name("type=Job,deployment=\"app.ear\",name=\"Job.later\",copy=\"2\"");
        assertThat(all())
                .containsExactlyInAnyOrder(
                        name("type=Guard,deployment=\"app.ear\""),
                        job(),
                        name("type=Guard,deployment=\"app.ear\",copy=\"2\""),
                        later);
        first.close();
        assertThat(all()).hasSize(2).contains(later);
        second.close();
        assertThat(all()).isEmpty();
    }

    @Test
    void threadsThatComeTogetherRegisterAJobOnce() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try (JmxChannel channel = open()) {
            CountDownLatch go = new CountDownLatch(1);
            List<? extends Future<?>> heard = IntStream.range(0, 8)
                    .mapToObj(each -> threads.submit(() -> {
                        go.await();
                        IntStream.range(0, 50).forEach(job -> happens(channel, start("Job.run" + job)));
                        return null;
                    }))
                    .toList();
            go.countDown();
            for (Future<?> each : heard) {
                each.get();
            }
            assertThat(all()).hasSize(51).noneMatch(name -> name.getKeyProperty("copy") != null);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void whatIsHeardAfterTheEndLeavesNothing() throws JMException {
        JmxChannel channel = open();
        channel.close();
        happens(channel, start(JOB));
        assertThat(all()).isEmpty();
        assertThatCode(channel::close).doesNotThrowAnyException();
    }

    @Test
    void whatWasTakenAwayBeforeIsNoTrouble() throws JMException {
        JmxChannel channel = open();
        happens(channel, start(JOB));
        server.unregisterMBean(name("type=Guard,deployment=\"app.ear\""));
        channel.close();
        assertThat(all()).isEmpty();
        assertThat(log.lines()).isEmpty();
    }

    @Test
    void aServerThatRefusesIsToldOfOnceAndHarmsNothing() {
        MBeanServer refusing = Stub.of(MBeanServer.class, (method, arguments) -> {
            throw new MBeanRegistrationException(new IllegalStateException("not here"), "not here");
        });
        statistics.register(SOURCE);
        try (JmxChannel channel = JmxChannel.open(refusing, overview(statistics), new Echo())) {
            happens(channel, start(JOB));
            happens(channel, start("Job.other"));
        }
        assertThat(log.lines())
                .containsExactly("WARNING CG0133 One of the ways to be heard is closed"
                        + " (MBeanRegistrationException: not here); jobs are not affected");
    }

    @Test
    void aServerWithoutPermissionIsToldOfOnce() {
        MBeanServer refusing = Stub.of(MBeanServer.class, (method, arguments) -> {
            throw new SecurityException("no");
        });
        try (JmxChannel channel = JmxChannel.open(refusing, overview(statistics), new Echo())) {
            happens(channel, start(JOB));
        }
        assertThat(log.lines()).hasSize(1).allMatch(line -> line.contains("(SecurityException: no)"));
    }

    @Test
    void afterItsEndNothingIsHeld() throws Exception {
        ReferenceQueue<Operations> queue = new ReferenceQueue<>();
        WeakReference<Operations> operations = openReadAndClose(queue);
        Garbage.assertCollected(operations, queue);
    }

    private WeakReference<Operations> openReadAndClose(ReferenceQueue<Operations> queue) throws JMException {
        Operations operations = new Echo();
        statistics.register(SOURCE);
        try (JmxChannel channel = JmxChannel.open(server, overview(statistics), operations)) {
            happens(channel, start(JOB));
            happens(channel, end(RunOutcome.RAN, ""));
            assertThat((CompositeData[]) of(job(), "History")).hasSize(1);
            assertThat((CompositeData[]) of(source(), "LastOutages")).isEmpty();
        }
        return new WeakReference<>(operations, queue);
    }
}
