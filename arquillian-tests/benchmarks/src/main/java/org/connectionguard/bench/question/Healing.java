/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.bench.question;

import com.fasterxml.jackson.core.type.TypeReference;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.connectionguard.bench.Options;
import org.connectionguard.bench.app.Beat;
import org.connectionguard.bench.app.Contender;
import org.connectionguard.bench.report.Aim;
import org.connectionguard.bench.report.Bars;
import org.connectionguard.bench.report.Section;
import org.connectionguard.bench.report.Spread;
import org.connectionguard.bench.report.Table;
import org.connectionguard.bench.server.Management;
import org.connectionguard.bench.server.Servers;
import org.connectionguard.bench.server.Sessions;

/** How many runs are lost, and how long it takes, until a job runs again. */
public final class Healing implements Question {
    /** The longest pause of the guard's prober, and the bound of one validation. */
    private static final double BACKOFF_MILLIS = 6000;

    private static final double VALIDATION_MILLIS = 2000;

    /** No good run takes so long. */
    private static final long HUNG_MILLIS = 4000;

    /** What is done, to pools of so many connections; how long the database is away; how long it is watched then. */
    private enum Fault {
        KILL_1("KILL, pool of 1", 1),
        KILL_20("KILL, pool of 20", 20),
        KILL_20_OUTSIDE("KILL, pool of 20, no tx", 20),
        KILL_100("KILL, pool of 100", 100),
        RESTART("restart, pool of 20", 20),
        OUTAGE("10 s outage, pool of 20", 20),
        SILENCE("silent sockets, pool of 20", 20);

        final String title;
        final int connections;

        Fault(String title, int connections) {
            this.title = title;
            this.connections = connections;
        }
    }

    /** What came of it for one contender; no time: it did not heal while it was watched. */
    private record Course(int lost, double healedAfter, double outage) {
        boolean healed() {
            return healedAfter >= 0;
        }
    }

    private final Servers servers;
    private final Options options;
    private final Map<Fault, Map<Contender, List<Course>>> found = new EnumMap<>(Fault.class);

    public Healing(Servers servers, Options options) {
        this.servers = servers;
        this.options = options;
    }

    @Override
    public String name() {
        return "healing";
    }

    @Override
    public List<Section> answer() throws SQLException, IOException {
        for (int round = 0; round < Math.max(1, options.rounds() / 2); round++) {
            for (Fault fault :
                    options.quick() ? List.of(Fault.KILL_20_OUTSIDE, Fault.SILENCE) : List.of(Fault.values())) {
                measure(fault);
            }
        }
        return List.of(section());
    }

    private static List<Contender> contenders() {
        return Stream.of(Contender.values()).filter(Contender::heals).toList();
    }

    private int watchedSeconds() {
        return options.of(12, 6);
    }

    private void measure(Fault fault) throws SQLException, IOException {
        try (Management management = servers.management()) {
            management.flush();
        }
        for (Contender contender : contenders()) {
            servers.client().post("fill?dataSource=heal/" + contender + "&connections=" + fault.connections);
        }
        // No job is in its body when it happens: nothing can save those.
        long hit = hit(fault);
        servers.client().post("start-pulse?transaction=" + (fault != Fault.KILL_20_OUTSIDE));
        long back = System.currentTimeMillis();
        if (fault == Fault.OUTAGE) {
            LockSupport.parkNanos(10_000_000_000L);
        }
        if (fault == Fault.OUTAGE || fault == Fault.RESTART) {
            servers.startDatabase();
            back = System.currentTimeMillis();
        }
        LockSupport.parkNanos(watchedSeconds() * 1_000_000_000L);
        Map<Contender, List<Beat>> beats =
                servers.client().post("stop-pulse", new TypeReference<Map<Contender, List<Beat>>>() {});
        servers.healing().recover();
        double outage = fault == Fault.OUTAGE || fault == Fault.RESTART ? back - hit : 0;
        long stopped = System.currentTimeMillis();
        beats.forEach((contender, each) -> found.computeIfAbsent(fault, key -> new EnumMap<>(Contender.class))
                .computeIfAbsent(contender, key -> new ArrayList<>())
                .add(course(each, hit, stopped, outage)));
    }

    private long hit(Fault fault) throws SQLException {
        switch (fault) {
            case RESTART, OUTAGE -> servers.database().stop();
            case SILENCE -> servers.healing().silencePresentConnections();
            default -> Sessions.killAll(servers.database());
        }
        return System.currentTimeMillis();
    }

    private static Course course(List<Beat> beats, long hit, long stopped, double outage) {
        int lost = (int) beats.stream()
                .filter(beat -> !beat.succeeded())
                // What had only just begun when the watch ended is not lost.
                .filter(beat -> beat.end() != 0 || stopped - beat.start() > HUNG_MILLIS)
                .count();
        double healedAfter = beats.stream()
                .filter(Beat::succeeded)
                .mapToDouble(beat -> beat.end() - hit)
                .findFirst()
                .orElse(-1);
        return new Course(lost, healedAfter, outage);
    }

    private Section section() {
        List<String> header = new ArrayList<>(List.of(""));
        found.keySet().forEach(fault -> header.add(fault.title));
        List<List<String>> lost = new ArrayList<>();
        List<List<String>> times = new ArrayList<>();
        Map<String, List<Double>> series = new LinkedHashMap<>();
        for (Contender contender : contenders()) {
            List<String> lostRow = new ArrayList<>(List.of(contender.title()));
            List<String> timeRow = new ArrayList<>(List.of(contender.title()));
            List<Double> bars = new ArrayList<>();
            for (Map<Contender, List<Course>> each : found.values()) {
                Spread runs = lost(each.get(contender));
                lostRow.add(runs.text(0));
                timeRow.add(time(each.get(contender)));
                bars.add(runs.median());
            }
            lost.add(lostRow);
            times.add(timeRow);
            series.put(contender.title(), bars);
        }
        return new Section(
                "Healing",
                "A job with one statement in the container's transaction (*no tx*: in none), ten times a second, for each contender at the same"
                        + " time; what is done to the database is done to all. It is watched for " + watchedSeconds()
                        + " s afterwards; a contender that did not heal by then may do so later or never. No body is under"
                        + " way when it happens: nothing can save those. Background validation runs every 10 s: its rivals'"
                        + " times are up to that, and grow with it. In a transaction the"
                        + " unguarded job loses one run for each dead connection, since the pool drops it when the transaction"
                        + " cannot be begun on it; without one the dead connection goes back, and every run is lost.",
                List.of(
                        new Table("healing-lost", "Runs lost", header, lost),
                        new Table("healing-time", "Time to the end of the first good run, ms", header, times)),
                List.of(new Bars(
                        "healing-lost",
                        "Runs lost, of ten a second",
                        "runs",
                        found.keySet().stream().map(fault -> fault.title).toList(),
                        series)),
                aims());
    }

    private static Spread lost(List<Course> courses) {
        return Spread.of(courses.stream().map(course -> (double) course.lost()).toList());
    }

    private static String time(List<Course> courses) {
        List<Double> healed =
                courses.stream().filter(Course::healed).map(Course::healedAfter).toList();
        if (healed.isEmpty()) {
            return "not healed";
        }
        String note = healed.size() < courses.size() ? ", in " + healed.size() + " of " + courses.size() : "";
        return Spread.of(healed).text(0) + note;
    }

    private List<Aim> aims() {
        List<Aim> aims = new ArrayList<>();
        double most = found.values().stream()
                .mapToDouble(each -> lost(each.get(Contender.GUARD)).most())
                .max()
                .orElseThrow();
        aims.add(new Aim("guard: no run lost", Spread.number(most, 0) + " at most", most == 0, ""));
        found.forEach((fault, each) -> {
            List<Double> shares = each.get(Contender.GUARD).stream()
                    .map(course -> course.healed()
                            ? course.healedAfter() / (course.outage() + BACKOFF_MILLIS + VALIDATION_MILLIS)
                            : Double.POSITIVE_INFINITY)
                    .toList();
            Spread share = Spread.of(shares);
            aims.add(new Aim(
                    "guard: first good run within the outage, one backoff step and one validation-timeout, "
                            + fault.title,
                    share.text(2) + " of that",
                    share.most() <= 1,
                    ""));
        });
        return aims;
    }
}
