/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.observability.jfr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.within;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import jdk.jfr.Configuration;
import jdk.jfr.EventType;
import jdk.jfr.FlightRecorder;
import jdk.jfr.Name;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.connectionguard.GuardEvent;
import org.connectionguard.GuardEvent.DeferralEnded;
import org.connectionguard.GuardEvent.Evicted;
import org.connectionguard.GuardEvent.OutageBegan;
import org.connectionguard.GuardEvent.OutageEnded;
import org.connectionguard.GuardEvent.Overdue;
import org.connectionguard.GuardEvent.RunEnded;
import org.connectionguard.GuardEvent.RunStarted;
import org.connectionguard.GuardEvent.ScheduleEnded;
import org.connectionguard.GuardEvent.Stuck;
import org.connectionguard.GuardEvent.TurnedAway;
import org.connectionguard.GuardEvent.Validated;
import org.connectionguard.RunOutcome;
import org.connectionguard.observability.Channel;
import org.connectionguard.testing.Garbage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JfrChannelTest {
    private static final Path SHIPPED = Path.of("../server-config/jfr/connection-guard.jfc");
    private static final String PREFIX = "org.connectionguard.";
    private static final String JOB = "Job.gather";
    private static final String SOURCE = "java:/x";
    private static final Instant T = Instant.parse("2026-11-27T02:00:00.250Z");
    private static final List<GuardEvent> EACH = List.of(
            started(1),
            ended(1),
            new TurnedAway(T, JOB, 1, SOURCE, "down", "CG0201 why", TurnedAway.Decision.SKIPPED),
            new Overdue(T, JOB, T),
            new ScheduleEnded(T, JOB, false),
            new DeferralEnded(T, JOB, T.minusSeconds(60), 3, DeferralEnded.End.EXPIRED),
            new Validated(T, SOURCE, Validated.Result.SILENT, Duration.ofMillis(5)),
            new Evicted(T, SOURCE, Evicted.Cause.DEAD, "it is dead", true),
            new OutageBegan(T, SOURCE, "down", "Link failure"),
            new OutageEnded(T, SOURCE, "refused", Duration.ofSeconds(9), 3),
            new Stuck(T, SOURCE, "close", 2));

    @TempDir
    Path directory;

    private final JfrChannel channel = JfrChannel.open("app.ear", false);
    private Recording recording = new Recording();

    private static RunStarted started(long run) {
        return new RunStarted(T, JOB, run);
    }

    private static RunEnded ended(long run) {
        return new RunEnded(
                T.plusSeconds(3),
                JOB,
                run,
                Duration.ofSeconds(3),
                Duration.ofMillis(700),
                2,
                RunOutcome.SKIPPED,
                "CG0201 why");
    }

    /** Other tests' may have taken the kinds of events away. */
    @BeforeEach
    void register() {
        JfrChannel.EVENTS.forEach(FlightRecorder::register);
    }

    @AfterEach
    void close() {
        channel.close();
        recording.close();
    }

    private void recordAll() throws IOException, ParseException {
        recording = new Recording(Configuration.create(SHIPPED));
        recording.start();
    }

    private List<RecordedEvent> recorded() throws IOException {
        recording.stop();
        Path file = directory.resolve("test.jfr");
        recording.dump(file);
        return RecordingFile.readAllEvents(file).stream()
                .filter(event -> event.getEventType().getName().startsWith(PREFIX))
                .toList();
    }

    private List<RecordedEvent> recorded(String name) throws IOException {
        return recorded().stream()
                .filter(event -> event.getEventType().getName().equals(PREFIX + name))
                .toList();
    }

    private static Set<String> names(List<RecordedEvent> events) {
        return events.stream()
                .map(event -> event.getEventType().getName().substring(PREFIX.length()))
                .collect(Collectors.toSet());
    }

    private static Set<String> registered() {
        return FlightRecorder.getFlightRecorder().getEventTypes().stream()
                .map(EventType::getName)
                .filter(name -> name.startsWith(PREFIX))
                .collect(Collectors.toSet());
    }

    private static Set<String> known() {
        return JfrChannel.EVENTS.stream()
                .map(type -> type.getAnnotation(Name.class).value())
                .collect(Collectors.toSet());
    }

    private static void passes(Duration time) {
        long begin = System.nanoTime();
        while (System.nanoTime() - begin < time.toNanos()) {
            Thread.onSpinWait();
        }
    }

    @Test
    void withoutSettingsAllAreRecordedButValidationsAndTheStartOfRuns() throws IOException {
        recording.start();
        EACH.forEach(channel::heard);
        assertThat(names(recorded()))
                .containsExactlyInAnyOrder(
                        "Run", "Refusal", "Overdue", "ScheduleEnded", "DeferralEnded", "Eviction", "Outage", "Stuck");
    }

    @Test
    void withTheShippedSettingsAllAreRecorded() throws Exception {
        recordAll();
        EACH.forEach(channel::heard);
        List<RecordedEvent> events = recorded();
        assertThat(events).hasSize(JfrChannel.EVENTS.size()).allSatisfy(event -> {
            assertThat(event.getString("deployment")).isEqualTo("app.ear");
            assertThat(event.getStackTrace()).isNull();
            assertThat(event.getEventType().getCategoryNames()).startsWith("Connection Guard");
            assertThat(event.getEventType().getLabel()).isNotBlank();
            assertThat(event.getEventType().getDescription()).isNotBlank();
        });
    }

    @Test
    void theShippedSettingsNameAllKindsOfEventsAndNoOthers() throws IOException, ParseException {
        Map<String, String> settings = Configuration.create(SHIPPED).getSettings();
        assertThat(settings.entrySet().stream()
                        .filter(setting -> setting.getKey().endsWith("#enabled"))
                        .filter(setting -> setting.getValue().equals("true"))
                        .map(setting -> setting.getKey().replace("#enabled", "")))
                .containsExactlyInAnyOrderElementsOf(known());
        assertThat(settings.keySet().stream().map(key -> key.substring(0, key.indexOf('#'))))
                .isSubsetOf(known());
    }

    @Test
    void aRunLastsFromItsStartToItsEnd() throws Exception {
        recordAll();
        Instant before = Instant.now();
        channel.heard(started(7));
        passes(Duration.ofMillis(20));
        Instant between = Instant.now();
        channel.heard(ended(7));
        RecordedEvent run = recorded("Run").get(0);
        assertThat(run.getStartTime()).isBetween(before.minusMillis(50), between.minusMillis(10));
        assertThat(run.getDuration()).isBetween(Duration.ofMillis(20), Duration.ofSeconds(10));
        assertThat(run.getString("job")).isEqualTo(JOB);
        assertThat(run.getLong("run")).isEqualTo(7);
        assertThat(run.getDuration("took")).isEqualTo(Duration.ofSeconds(3));
        assertThat(run.getDuration("guarded")).isEqualTo(Duration.ofMillis(700));
        assertThat(run.getInt("evicted")).isEqualTo(2);
        assertThat(run.getString("outcome")).isEqualTo("SKIPPED");
        assertThat(run.getString("reason")).isEqualTo("CG0201 why");
    }

    @Test
    void anOutageLastsFromItsBeginToItsEnd() throws Exception {
        recordAll();
        channel.heard(new OutageBegan(T, SOURCE, "down", "Link failure"));
        channel.heard(new OutageBegan(T, "java:/y", "down", "Link failure"));
        passes(Duration.ofMillis(20));
        channel.heard(new OutageEnded(T, SOURCE, "refused", Duration.ofSeconds(9), 3));
        List<RecordedEvent> outages = recorded("Outage");
        assertThat(outages).hasSize(1);
        RecordedEvent outage = outages.get(0);
        assertThat(outage.getDuration()).isBetween(Duration.ofMillis(20), Duration.ofSeconds(8));
        assertThat(outage.getString("dataSource")).isEqualTo(SOURCE);
        assertThat(outage.getString("reason")).isEqualTo("refused");
        assertThat(outage.getDuration("took")).isEqualTo(Duration.ofSeconds(9));
        assertThat(outage.getInt("attempts")).isEqualTo(3);
    }

    @Test
    void ofWhatBeganBeforeTheRecordingTheWholeTimeIsToldAllTheSame() throws Exception {
        channel.heard(started(7));
        channel.heard(new OutageBegan(T, SOURCE, "down", "Link failure"));
        recordAll();
        channel.heard(ended(7));
        channel.heard(new OutageEnded(T, SOURCE, "refused", Duration.ofSeconds(9), 3));
        List<RecordedEvent> events = recorded();
        assertThat(events).hasSize(2).allSatisfy(event -> {
            assertThat(event.getDuration()).isZero();
            assertThat(event.getDuration("took")).isGreaterThanOrEqualTo(Duration.ofSeconds(3));
        });
    }

    @Test
    void theOthersHaveTheirFigures() throws Exception {
        recordAll();
        EACH.forEach(channel::heard);
        Map<String, RecordedEvent> events = recorded().stream()
                .collect(Collectors.toMap(
                        event -> event.getEventType().getName().substring(PREFIX.length()), event -> event));
        assertThat(events.get("RunStart").getString("job")).isEqualTo(JOB);
        assertThat(events.get("RunStart").getLong("run")).isEqualTo(1);
        RecordedEvent refusal = events.get("Refusal");
        assertThat(Stream.of("job", "dataSource", "reason", "message", "decision")
                        .map(refusal::getString))
                .containsExactly(JOB, SOURCE, "down", "CG0201 why", "SKIPPED");
        assertThat(refusal.getLong("run")).isEqualTo(1);
        assertThat(events.get("Overdue").getString("job")).isEqualTo(JOB);
        assertThat(events.get("Overdue").getInstant("promised")).isCloseTo(T, within(1, ChronoUnit.MILLIS));
        assertThat(events.get("ScheduleEnded").getString("job")).isEqualTo(JOB);
        assertThat(events.get("ScheduleEnded").getBoolean("expected")).isFalse();
        RecordedEvent dropped = events.get("DeferralEnded");
        assertThat(dropped.getString("job")).isEqualTo(JOB);
        assertThat(dropped.getInstant("since")).isEqualTo(T.minusSeconds(60));
        assertThat(dropped.getInt("expirations")).isEqualTo(3);
        assertThat(dropped.getString("end")).isEqualTo("EXPIRED");
        assertThat(events.get("Validation").getString("dataSource")).isEqualTo(SOURCE);
        assertThat(events.get("Validation").getString("result")).isEqualTo("SILENT");
        assertThat(events.get("Validation").getDuration("took")).isEqualTo(Duration.ofMillis(5));
        RecordedEvent eviction = events.get("Eviction");
        assertThat(Stream.of("dataSource", "cause", "why").map(eviction::getString))
                .containsExactly(SOURCE, "DEAD", "it is dead");
        assertThat(eviction.getBoolean("siblings")).isTrue();
        assertThat(events.get("Stuck").getString("dataSource")).isEqualTo(SOURCE);
        assertThat(events.get("Stuck").getString("phase")).isEqualTo("close");
        assertThat(events.get("Stuck").getInt("threads")).isEqualTo(2);
    }

    @Test
    void runsThatHangAreKeptOnlyUpToABound() throws Exception {
        recordAll();
        IntStream.rangeClosed(0, Begun.MOST).forEach(run -> channel.heard(started(run)));
        passes(Duration.ofMillis(2));
        channel.heard(ended(Begun.MOST));
        channel.heard(ended(0));
        channel.heard(started(Begun.MOST + 1));
        passes(Duration.ofMillis(2));
        channel.heard(ended(Begun.MOST + 1));
        assertThat(recorded("Run").stream().map(run -> run.getDuration().isZero()))
                .containsExactlyInAnyOrder(true, false, false);
    }

    @Test
    void afterItsEndNothingIsWritten() throws Exception {
        recordAll();
        channel.close();
        EACH.forEach(channel::heard);
        assertThat(recorded()).isEmpty();
    }

    @Test
    void aDeploymentsOwnKindsOfEventsGoWithIt() {
        assertThat(registered()).containsExactlyInAnyOrderElementsOf(known());
        channel.close();
        assertThat(registered()).containsExactlyInAnyOrderElementsOf(known());
        JfrChannel own = JfrChannel.open("own.war", true);
        own.close();
        assertThat(registered()).isEmpty();
        assertThatCode(own::close).doesNotThrowAnyException();
        JfrChannel.open("next.war", true);
        assertThat(registered()).containsExactlyInAnyOrderElementsOf(known());
    }

    @Test
    void withoutARecordingNothingIsMade() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long thread = Thread.currentThread().getId();
        GuardEvent[] each = EACH.toArray(GuardEvent[]::new);
        hear(each);
        long before = threads.getThreadAllocatedBytes(thread);
        hear(each);
        assertThat(threads.getThreadAllocatedBytes(thread) - before).isLessThan(10_000);
    }

    private void hear(GuardEvent... events) {
        for (int round = 0; round < 1000; round++) {
            for (GuardEvent event : events) {
                channel.heard(event);
            }
        }
    }

    /** The application's own copy, in its class loader. */
    private static final class Application extends ClassLoader {
        private static final String OWN = JfrChannel.class.getPackageName() + ".";

        Application() {
            super(JfrChannelTest.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (!name.startsWith(OWN)) {
                return super.loadClass(name, resolve);
            }
            synchronized (getClassLoadingLock(name)) {
                Class<?> loaded = findLoadedClass(name);
                return loaded == null ? define(name) : loaded;
            }
        }

        private Class<?> define(String name) throws ClassNotFoundException {
            try {
                byte[] bytes = Files.readAllBytes(Path.of(JfrChannel.class
                                .getProtectionDomain()
                                .getCodeSource()
                                .getLocation()
                                .toURI())
                        .resolve(name.replace('.', '/') + ".class"));
                return defineClass(name, bytes, 0, bytes.length);
            } catch (Exception e) {
                throw new ClassNotFoundException(name, e);
            }
        }
    }

    @Test
    void theClassLoaderOfADeploymentGoesThoughItWasRecorded() throws Exception {
        JfrChannel.open("", true).close();
        recordAll();
        ReferenceQueue<ClassLoader> queue = new ReferenceQueue<>();
        WeakReference<ClassLoader> application = deployRecordAndUndeploy(queue);
        assertThat(names(recorded())).hasSize(JfrChannel.EVENTS.size());
        recording.close();
        Garbage.assertCollected(application, queue);
    }

    private static WeakReference<ClassLoader> deployRecordAndUndeploy(ReferenceQueue<ClassLoader> queue)
            throws ReflectiveOperationException {
        ClassLoader loader = new Application();
        Channel own = (Channel) loader.loadClass(JfrChannel.class.getName())
                .getMethod("open", String.class, boolean.class)
                .invoke(null, "own.war", true);
        EACH.forEach(own::heard);
        own.close();
        return new WeakReference<>(loader, queue);
    }
}
