/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests.later;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.connectionguard.tests.nights.Accounts;
import org.connectionguard.tests.nights.DeclaredJobs;
import org.connectionguard.tests.nights.Diary;
import org.connectionguard.tests.nights.LockedJobs;
import org.connectionguard.tests.nights.MadeJobs;
import org.connectionguard.tests.nights.Marker;
import org.connectionguard.tests.nights.Nights;
import org.connectionguard.tests.nights.NightsApplication;
import org.connectionguard.tests.server.Management;
import org.connectionguard.tests.server.TestApplication;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.EmptyAsset;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** One deployment of the nightly jobs, under one policy. For one thread. */
final class Night {
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private static final String SETTINGS = """
            connection-guard.max-wait=PT2S
            connection-guard.initial-backoff=PT0.05S
            connection-guard.max-backoff=PT0.5S
            """;

    private final String server;
    private final String name;

    private Night(String server, String name) {
        this.server = server;
        this.name = name;
    }

    /** What a job has done. */
    record Done(String job, String info, Instant at) {
        static Done of(String line) {
            String[] words = line.split(" ");
            return new Done(words[0], words[1], Instant.ofEpochMilli(Long.parseLong(words[2])));
        }
    }

    /**
     * Deploys them.
     *
     * @param server its address
     * @param at when the declared timers expire; empty: none is declared
     * @param settings beside those that all have
     */
    static Night deploy(String server, String name, Optional<Instant> at, String settings) {
        return deploy(server, name, at, settings, archive -> archive.addAsLibrary(TestApplication.library()));
    }

    /** The same on a server that has the library. */
    static Night deployWithoutLibrary(String server, String name, Optional<Instant> at, String settings) {
        return deploy(
                server,
                name,
                at,
                settings,
                archive -> archive.setManifest(
                        new StringAsset("Manifest-Version: 1.0\nDependencies: org.connectionguard services\n")));
    }

    private static Night deploy(
            String server, String name, Optional<Instant> at, String settings, UnaryOperator<WebArchive> library) {
        WebArchive archive = ShrinkWrap.create(WebArchive.class, name + ".war")
                .addClasses(
                        MadeJobs.class,
                        LockedJobs.class,
                        Marker.class,
                        Accounts.class,
                        Diary.class,
                        Nights.class,
                        NightsApplication.class)
                .addAsWebInfResource(EmptyAsset.INSTANCE, "beans.xml")
                .addAsResource(new StringAsset(SETTINGS + settings), "META-INF/microprofile-config.properties");
        at.ifPresent(time -> archive.addClass(DeclaredJobs.class)
                .addAsWebInfResource(new StringAsset(descriptor(time)), "ejb-jar.xml"));
        Management.deploy(library.apply(archive));
        return new Night(server, name);
    }

    private static String descriptor(Instant at) {
        return "<ejb-jar xmlns=\"https://jakarta.ee/xml/ns/jakartaee\" version=\"4.0\"><enterprise-beans><session>"
                + "<ejb-name>" + DeclaredJobs.class.getSimpleName() + "</ejb-name>"
                + timer(at, "*", "calendar", false)
                + timer(at, "*", "persistent", true)
                + timer(at, "*", "several", false)
                + timer(at.plusSeconds(1), "*", "several", false)
                + timer(at, "*", "hidden", false)
                + timer(at, "*", "delegating", false)
                + timer(at, String.valueOf(zoned(at).getYear()), "last", false)
                + "</session></enterprise-beans></ejb-jar>";
    }

    private static ZonedDateTime zoned(Instant at) {
        return at.atZone(ZoneId.systemDefault());
    }

    private static String timer(Instant at, String year, String method, boolean persistent) {
        ZonedDateTime time = zoned(at);
        String day = year.equals("*")
                ? ""
                : "<day-of-month>" + time.getDayOfMonth() + "</day-of-month><month>" + time.getMonthValue()
                        + "</month><year>" + year + "</year>";
        return "<timer><schedule><second>" + time.getSecond() + "</second><minute>" + time.getMinute()
                + "</minute><hour>" + time.getHour() + "</hour>" + day + "</schedule><timeout-method><method-name>"
                + method + "</method-name></timeout-method><persistent>" + persistent
                + "</persistent><info>" + method + "</info></timer>";
    }

    void undeploy() {
        Management.undeploy(name + ".war");
    }

    /** What has been done so far. */
    List<Done> done() {
        return lines(get("done")).map(Done::of).toList();
    }

    /** How often each has been done: by job, and by information where there is any. */
    Map<String, Long> counts() {
        return done().stream()
                .collect(Collectors.groupingBy(
                        each -> each.job().equals("made") ? each.info() : each.job(), Collectors.counting()));
    }

    private static Stream<String> lines(String text) {
        return Arrays.stream(text.split("\n")).filter(line -> !line.isEmpty());
    }

    /** Makes timers that the application makes itself. */
    void make(String kind, Instant at, String info, boolean persistent, int times) {
        post("make?kind=" + kind + "&at=" + at.toEpochMilli() + "&info=" + info + "&persistent=" + persistent
                + "&times=" + times);
    }

    String get(String path) {
        return send(path, HttpRequest.Builder::GET);
    }

    String post(String path) {
        return send(path, request -> request.POST(HttpRequest.BodyPublishers.noBody()));
    }

    /** Calls an operation of the guard's MBean. */
    String operate(String operation, String argument) {
        return post("operate?deployment=" + name + "&operation=" + operation + "&argument="
                + URLEncoder.encode(argument, StandardCharsets.UTF_8));
    }

    private String send(String path, Function<HttpRequest.Builder, HttpRequest.Builder> method) {
        try {
            HttpResponse<String> response = HTTP.send(
                    method.apply(HttpRequest.newBuilder(URI.create(server + "/" + name + "/nights/" + path))
                                    .timeout(Duration.ofMinutes(1)))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(response.statusCode()).as(response.body()).isLessThan(300);
            return response.body();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
