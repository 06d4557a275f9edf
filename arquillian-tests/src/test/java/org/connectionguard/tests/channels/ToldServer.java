/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests.channels;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.connectionguard.server.TcpProxy;
import org.connectionguard.server.WildFly;
import org.connectionguard.tests.server.Management;
import org.connectionguard.tests.server.OwnServer;
import org.connectionguard.tests.server.TestApplication;
import org.connectionguard.tests.server.TestServers;
import org.connectionguard.tests.told.Heartbeat;
import org.connectionguard.tests.told.Night;
import org.connectionguard.tests.told.NightControl;
import org.connectionguard.tests.told.Observer;
import org.connectionguard.tests.told.Told;
import org.connectionguard.tests.told.ToldApplication;
import org.connectionguard.tests.told.ToldJobs;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.EmptyAsset;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** A server with the application that tells, and a proxy before its database. For one thread. */
final class ToldServer implements AutoCloseable {
    /** The application's name, and that of its archive. */
    static final String NAME = "told";

    /** That of the same without the guard. */
    static final String TWIN = "untold";

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final Setup setup;
    private final Path directory;
    private final OwnServer server;
    private final TcpProxy proxy;
    private final Collector collector = new Collector();
    private String name = NAME;
    private boolean serverWide;
    private boolean ready;

    ToldServer(WildFly wildFly, Setup setup, Path directory) throws IOException, InterruptedException {
        this.setup = setup;
        this.directory = directory;
        Files.deleteIfExists(wildFly.log());
        this.server = new OwnServer(wildFly, setup.configuration(), directory, setup.javaOptions());
        this.proxy = new TcpProxy(TestServers.database().port());
        List<String> lines = new ArrayList<>(OwnServer.dataSource("Told", ToldJobs.DATA_SOURCE, proxy.port()));
        lines.addAll(OwnServer.quiet("org.jboss.as.ejb3"));
        lines.addAll(setup.lines());
        server.type(lines);
        for (String script : setup.scripts()) {
            server.script(script, Map.of());
        }
    }

    /** What the guard has said in the server's log. */
    List<String> log() throws IOException {
        return wholeLog().stream()
                .filter(line -> line.contains("[org.connectionguard]"))
                .toList();
    }

    /** The server's log. */
    List<String> wholeLog() throws IOException {
        return Files.readAllLines(server.home().resolve("standalone/log/server.log"));
    }

    /** Deploys the application, with the library in it, or on a server that has it. */
    void deploy(boolean guardIsServers) throws IOException, InterruptedException {
        if (guardIsServers) {
            server.script(
                    "server-wide.cli",
                    Map.of("library.jar", TestApplication.library().toString()));
            serverWide = true;
        }
        if (!ready) {
            ready = true;
            Management.reload();
        }
        name = NAME;
        WebArchive archive = archive()
                .addAsResource(
                        new StringAsset(setup.settings(collector.address())),
                        "META-INF/microprofile-config.properties");
        if (setup.hasNight()) {
            archive.addClasses(Night.class, NightControl.class, Heartbeat.class);
        }
        if (!guardIsServers) {
            archive.addAsLibrary(TestApplication.library());
        } else {
            archive.setManifest(new StringAsset("Manifest-Version: 1.0\nDependencies: org.connectionguard services\n"));
        }
        Management.deploy(archive);
    }

    private WebArchive archive() {
        return ShrinkWrap.create(WebArchive.class, name + ".war")
                .addClasses(ToldJobs.class, Observer.class, Told.class, ToldApplication.class)
                .addAsWebInfResource(EmptyAsset.INSTANCE, "beans.xml");
    }

    /** Deploys the same where the guard is switched off; from now on it is the one that is spoken to. */
    void deployTwin() {
        name = TWIN;
        Management.deploy(archive()
                .addAsLibrary(TestApplication.library())
                .addAsResource(
                        new StringAsset("connection-guard.enabled=false\n"),
                        "META-INF/microprofile-config.properties"));
    }

    void undeploy() {
        Management.undeploy(name + ".war");
    }

    TcpProxy proxy() {
        return proxy;
    }

    String call(String job) {
        return post("call?job=" + job);
    }

    CompletableFuture<String> callMeanwhile(String job) {
        return CompletableFuture.supplyAsync(() -> call(job));
    }

    String post(String path) {
        return send(HttpRequest.newBuilder(URI.create(server.http() + "/" + name + "/told/" + path))
                .POST(HttpRequest.BodyPublishers.noBody()));
    }

    String get(String path) {
        return send(HttpRequest.newBuilder(URI.create(server.http() + "/" + name + "/told/" + path)));
    }

    /** Something that the server's management shows without asking who wants it: metrics, health. */
    HttpResponse<String> management(String path) {
        return ask(HttpRequest.newBuilder(URI.create(server.management() + path)));
    }

    /** What the flight recorder has of the guard's until now, as {@code jfr print} shows it. */
    String recorded() throws IOException, InterruptedException {
        Path recording = directory.resolve("told.jfr").toAbsolutePath();
        Files.deleteIfExists(recording);
        Jdk.run("jcmd", Long.toString(server.pid()), "JFR.dump", "name=told", "filename=" + recording);
        return Jdk.run("jfr", "print", "--events", "org.connectionguard.*", recording.toString());
    }

    /** What a Prometheus reads of the guard; without the label that WildFly adds to all that a deployment measures. */
    String metrics() {
        return management("/prom")
                .body()
                .lines()
                .filter(line -> line.startsWith("connection_guard"))
                .map(line -> line.replace("WF_DEPLOYMENT=\"told.war\",", ""))
                .collect(Collectors.joining("\n"));
    }

    /** An operation of one of the guard's MBeans. */
    String invoke(String bean, String operation) {
        return post("invoke?operation=" + operation + "&bean=" + URLEncoder.encode(bean, StandardCharsets.UTF_8));
    }

    /** What its OpenTelemetry has exported. */
    Map<String, Double> exported() {
        return collector.series();
    }

    OwnServer server() {
        return server;
    }

    private static String send(HttpRequest.Builder request) {
        HttpResponse<String> response = ask(request);
        if (response.statusCode() >= 300) {
            throw new IllegalStateException(response.statusCode() + " " + response.body());
        }
        return response.body();
    }

    private static HttpResponse<String> ask(HttpRequest.Builder request) {
        try {
            return HTTP.send(request.timeout(Duration.ofMinutes(2)).build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Lets jobs end in every way there is; each as often as it is said in {@link ChannelsIT}. */
    void everyOutcome() throws IOException {
        proxy.recover();
        call("failing");
        call("failing");
        proxy.reset();
        call("failing");
        call("throwing");
        proxy.refuse();
        call("failing");
        call("skipping");
        call("proceeding");
        CompletableFuture<String> waiting = callMeanwhile("waiting");
        await().until(() -> get("data-sources").contains("waiting=1"));
        proxy.recover();
        waiting.join();
    }

    @Override
    public void close() throws IOException {
        try {
            if (serverWide) {
                // Its module is there for all servers of the directory.
                server.script("server-wide-remove.cli", Map.of());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            server.close();
            proxy.close();
            collector.close();
        }
    }
}
