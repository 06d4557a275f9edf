/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.connectionguard.bench.question.Deployment;
import org.connectionguard.bench.question.EngineAlone;
import org.connectionguard.bench.question.Healing;
import org.connectionguard.bench.question.HealthyCost;
import org.connectionguard.bench.question.Question;
import org.connectionguard.bench.question.SickDatabase;
import org.connectionguard.bench.question.Sweep;
import org.connectionguard.bench.question.Throughput;
import org.connectionguard.bench.question.Together;
import org.connectionguard.bench.question.Told;
import org.connectionguard.bench.report.Report;
import org.connectionguard.bench.report.Section;
import org.connectionguard.bench.server.Servers;

/** {@code mvn -Pbench}: asks the questions and writes the report. */
public final class Benchmarks {
    private static final PrintStream OUT = System.out;

    private Benchmarks() {}

    /** Arguments: WildFly's distribution zip, the library, the module's directory, its target directory. */
    public static void main(String[] arguments) throws Exception {
        Options options = Options.ofProperties();
        Path library = Path.of(arguments[1]);
        Path module = Path.of(arguments[2]);
        Path target = Path.of(arguments[3]);
        Machine machine = Machine.now();
        OUT.println("Connection Guard benchmarks: " + options.rounds() + " rounds; " + machine);
        Report report;
        try (Servers servers = new Servers(Path.of(arguments[0]), library, target.resolve("bench"))) {
            report = new Report(text("head.md"), text("tail.md") + machine.text(servers.database(), options));
            for (Question question : questions(servers, options, library, target.resolve("bench"))) {
                if (options.asks(question.name())) {
                    ask(question, report);
                    // Each time, so that a run that is interrupted leaves what it has found.
                    report.write(target.resolve("report/BENCHMARKS.md"), target.resolve("report/figures"));
                    if (options.publish()) {
                        report.write(module.resolveSibling("BENCHMARKS.md"), module.resolve("report"));
                    }
                }
            }
        }
        OUT.println();
        OUT.print(report.aims());
        OUT.println();
        OUT.println("Report: " + target.resolve("report/BENCHMARKS.md"));
    }

    private static List<Question> questions(Servers servers, Options options, Path library, Path directory) {
        return List.of(
                new HealthyCost(servers, options),
                new EngineAlone(options),
                new Told(options),
                new Throughput(servers, options),
                new Together(servers, options),
                new Sweep(servers, options),
                new SickDatabase(servers, options),
                new Deployment(servers, options, library, directory),
                new Healing(servers, options));
    }

    private static void ask(Question question, Report report) throws Exception {
        long start = System.nanoTime();
        for (Section section : question.answer()) {
            report.add(section);
        }
        OUT.println("  " + question.name() + ": "
                + Duration.ofNanos(System.nanoTime() - start).toSeconds() + " s");
    }

    private static String text(String name) throws IOException {
        try (InputStream in = Benchmarks.class.getResourceAsStream("/report/" + name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
