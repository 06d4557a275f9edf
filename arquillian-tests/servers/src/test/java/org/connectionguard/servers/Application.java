/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.servers;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.connectionguard.RunOutcome;
import org.connectionguard.server.DatabaseServer;
import org.connectionguard.servers.app.Ledger;
import org.connectionguard.servers.app.RunServlet;
import org.connectionguard.servers.app.scheduled.ScheduledJob;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** The contract's application on a server, with the library or, as its twin, without it. For one thread. */
final class Application {
    /** Of jobs that expire every other second; the machine may be slow. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** With what Hibernate and MySQL's driver want before a MariaDB; to others than Hibernate it says nothing. */
    private static final String UNIT = """
            <persistence-unit name="%s">
              <jta-data-source>%s</jta-data-source>
              <properties>
                <property name="hibernate.dialect" value="org.hibernate.dialect.%s"/>
                <property name="hibernate.boot.allow_jdbc_metadata_access" value="false"/>
              </properties>
            </persistence-unit>
            """;

    /**
     * A body that was begun.
     *
     * @param at when it had its answer
     * @param error empty: none
     * @param entry the row that it wrote or wanted to; empty: none
     */
    record Run(String job, Instant at, String error, String entry) {
        boolean failed() {
            return !error.isEmpty();
        }
    }

    /** Where it shows what its jobs did. */
    private static final String LEDGER = "ledger";

    private static final String POOL = "pool";

    private final AppServer server;
    private final Path war;

    private Application(AppServer server, Path war) {
        this.server = server;
        this.war = war;
    }

    /**
     * As an archive, not yet deployed.
     *
     * @param owner of its data sources
     * @param without the jobs that it has not
     */
    static Application of(
            Product product,
            AppServer server,
            String name,
            boolean guarded,
            String owner,
            List<DataSourceSetup> dataSources,
            Path directory,
            Class<?>... without) {
        WebArchive archive = ShrinkWrap.create(WebArchive.class, name + ".war")
                .addPackage(Ledger.class.getPackage())
                .addAsWebInfResource(
                        new StringAsset("<beans xmlns=\"https://jakarta.ee/xml/ns/jakartaee\" version=\"4.0\""
                                + " bean-discovery-mode=\"all\"/>"),
                        "beans.xml")
                .addAsResource(new StringAsset(persistence(server, owner, dataSources)), "META-INF/persistence.xml");
        if (product.hasScheduledMethods()) {
            archive.addPackage(ScheduledJob.class.getPackage());
        }
        archive.deleteClasses(without);
        if (guarded) {
            archive.addAsLibrary(Path.of(System.getProperty("library.jar")).toFile());
        } else {
            archive.deleteClass(RunServlet.class);
        }
        Path war = directory.resolve(archive.getName());
        archive.as(ZipExporter.class).exportTo(war.toFile(), true);
        return new Application(server, war);
    }

    /** Makes the table that its jobs write to. */
    static void prepare(DatabaseServer database) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("create table entry (id serial primary key, job varchar(100))");
        }
    }

    private static String persistence(AppServer server, String owner, List<DataSourceSetup> dataSources) {
        StringBuilder units = new StringBuilder();
        for (DataSourceSetup each : dataSources) {
            if (each.owner().equals(owner)) {
                units.append(UNIT.formatted(
                        each.unit(),
                        server.nameOf(each),
                        DatabaseChoice.chosen().dialect()));
            }
        }
        return "<persistence xmlns=\"https://jakarta.ee/xml/ns/persistence\" version=\"3.0\">" + units
                + "</persistence>";
    }

    void deploy() throws IOException, InterruptedException {
        server.deploy(war, LEDGER);
    }

    void undeploy() throws IOException, InterruptedException {
        server.undeploy(war, LEDGER);
    }

    /** Has timers made that expire once, at once. */
    void expireOnce() {
        expire("");
    }

    /** The same, for a job whose commit fails. */
    void expireUncommitted() {
        expire("?uncommitted=true");
    }

    private void expire(String which) {
        try {
            Http.post(server.port(), Http.context(war) + LEDGER + which);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Takes connections of a data source, not only of its own, and keeps them; returns when it has them. */
    void hog(DataSourceSetup dataSource, int connections) throws IOException {
        int before = held().size();
        Http.post(
                server.port(),
                Http.context(war) + POOL + "?name=" + server.lookUpNameOf(dataSource) + "&connections=" + connections);
        await("connections of " + dataSource.name())
                .atMost(PATIENCE)
                .until(() -> held().size() == before + connections);
    }

    /** Gives all back that it has taken. */
    void giveBack() throws IOException {
        Http.post(server.port(), Http.context(war) + POOL + "?connections=0");
        await("what was taken").atMost(PATIENCE).until(() -> held().isEmpty());
    }

    /** What the database calls the connections that it keeps; 0: it is dead. */
    List<Long> held() throws IOException {
        return Http.get(server.port(), Http.context(war) + POOL)
                .lines()
                .map(Long::valueOf)
                .toList();
    }

    /** The names of the server's threads. */
    List<String> threads() throws IOException {
        return Http.get(server.port(), Http.context(war) + "threads").lines().toList();
    }

    /** How many runs of a job have ended so, as the guard tells it. */
    long told(String job, RunOutcome outcome) throws IOException {
        return Long.parseLong(Http.get(server.port(), Http.context(war) + "run?job=" + job + "&outcome=" + outcome));
    }

    /** Has a job run by hand, by its name. */
    void run(String job) throws IOException {
        Http.post(server.port(), Http.context(war) + "run?job=" + job);
    }

    /** What a job has done from then on. */
    List<Run> runs(String job, Instant since) {
        return all().stream()
                .filter(run -> run.job().equals(job) && !run.at().isBefore(since))
                .toList();
    }

    /** What all of them have done since it is deployed. */
    List<Run> all() {
        return lines().filter(parts -> !parts[1].isEmpty())
                .map(parts -> new Run(parts[0], Instant.ofEpochMilli(Long.parseLong(parts[1])), parts[2], parts[3]))
                .toList();
    }

    /** How many bodies of a job have no answer yet. */
    long hanging(String job) {
        return lines().filter(parts -> parts[0].equals(job) && parts[1].isEmpty())
                .count();
    }

    private Stream<String[]> lines() {
        try {
            return Http.get(server.port(), Http.context(war) + LEDGER)
                    .lines()
                    .filter(line -> !line.isBlank())
                    .map(line -> line.split("\t", -1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Those of a job that failed from then on. */
    List<Run> failures(String job, Instant since) {
        return runs(job, since).stream().filter(Run::failed).toList();
    }

    /** Waits until a job has done its work so often from then on. */
    void awaitSuccesses(String job, Instant since, int times) {
        await(job)
                .atMost(PATIENCE)
                .until(() ->
                        runs(job, since).stream().filter(run -> !run.failed()).count() >= times);
    }

    /** What became of a job since a fault, in a word, some expirations after it. */
    String fate(String job, Instant since) {
        long hanging = hanging(job);
        return (hanging == 0 ? "" : hanging + " hang, ") + answered(job, since);
    }

    private String answered(String job, Instant since) {
        List<Run> runs = runs(job, since);
        long failed = runs.stream().filter(Run::failed).count();
        boolean silent =
                runs.stream().noneMatch(run -> run.at().isAfter(Instant.now().minusSeconds(6)));
        if (silent) {
            return failed + " failed, and it is called no more";
        }
        return runs.get(runs.size() - 1).failed() ? failed + " failed, every one" : failed + " failed, then it ran";
    }
}
