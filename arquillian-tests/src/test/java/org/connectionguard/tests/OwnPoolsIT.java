/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.connectionguard.server.DatabaseServer;
import org.connectionguard.tests.ownpools.AutoJob;
import org.connectionguard.tests.ownpools.OwnDatabase;
import org.connectionguard.tests.server.Management;
import org.connectionguard.tests.server.Observer;
import org.connectionguard.tests.server.Sessions;
import org.connectionguard.tests.server.TestApplication;
import org.connectionguard.tests.server.TestServers;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.EmptyAsset;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Pools that the application makes itself, with the guard and without it, one after the other: both bind the same global name. */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
@Tag("any-database")
class OwnPoolsIT {
    private static final String NAME = "own-pools";
    private static final List<String> JOBS = List.of("defined", "bound", "produced");
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** Only so that Arquillian has the server started. */
    @Deployment(testable = false)
    static WebArchive observer() {
        return Observer.archive();
    }

    @BeforeEach
    void tellWhereTheDatabaseIs() {
        DatabaseServer database = TestServers.database();
        Management.setSystemProperty(OwnDatabase.URL, database.url());
        Management.setSystemProperty(OwnDatabase.USER, database.user());
        Management.setSystemProperty(OwnDatabase.PASSWORD, database.password());
    }

    private static WebArchive archive(String settings) {
        return ShrinkWrap.create(WebArchive.class, NAME + ".war")
                .addPackage(AutoJob.class.getPackage())
                .addAsLibraries(TestApplication.library(), hikari())
                .addAsResource(
                        new StringAsset(settings + "\nconnection-guard.doctor=false"),
                        "META-INF/microprofile-config.properties")
                .addAsWebInfResource(EmptyAsset.INSTANCE, "beans.xml")
                .addAsWebInfResource(
                        new StringAsset(
                                "<jboss-deployment-structure><deployment><dependencies>"
                                        + "<module name=\"com.mysql\"/></dependencies></deployment></jboss-deployment-structure>"),
                        "jboss-deployment-structure.xml");
    }

    private static File hikari() {
        try {
            return new File(HikariDataSource.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String get(String path) {
        try {
            HttpRequest request = HttpRequest.newBuilder(
                            URI.create(TestServers.http() + "/" + NAME + "/own-pools/" + path))
                    .build();
            return HttpClient.newHttpClient()
                    .send(request, HttpResponse.BodyHandlers.ofString())
                    .body();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** What becomes of each job once all connections have been killed that its pool has. */
    private static Map<String, String> afterTheKill() throws Exception {
        for (String job : JOBS) {
            assertThat(get("run/" + job)).as("%s before", job).isEqualTo("ran");
        }
        await().atMost(PATIENCE).until(() -> get("timer").contains("ran"));
        Management.whileSuspended(Sessions::killAll);
        // While it is suspended the server answers nobody.
        get("forget");
        Map<String, String> outcomes = new LinkedHashMap<>();
        JOBS.forEach(job -> outcomes.put(job, get("run/" + job)));
        await().atMost(PATIENCE).until(() -> get("timer").lines().count() >= 2);
        outcomes.put("timer", String.join("; ", get("timer").lines().distinct().toList()));
        System.out.println("OwnPoolsIT, all connections killed: " + outcomes);
        return outcomes;
    }

    @Test
    void noneOfThemGivesAGuardedJobADeadConnection() throws Exception {
        Management.whileDeployed(archive("connection-guard.auto=timers"), () -> {
            assertThat(afterTheKill())
                    .hasSize(JOBS.size() + 1)
                    .allSatisfy((job, outcome) -> assertThat(outcome).isEqualTo("ran"));
            assertThat(get("run/injected")).isEqualTo("ran");
            assertThat(get("data-sources").lines())
                    .contains("Reports HEALTHY", "java:app/jdbc/Defined HEALTHY", "java:global/jdbc/Bound HEALTHY");
        });
        assertThat(Management.logged("CG0120 " + NAME + " "))
                .anyMatch(line -> line.contains("AutoJob.run") && line.contains("connection-guard.auto"));
        assertThat(Management.logged("CG0101 Reports: destroyed a pooled connection"))
                .isNotEmpty();
    }

    @Test
    void withoutTheGuardAllOfThemDo() throws Exception {
        Management.whileDeployed(
                archive("connection-guard.enabled=false"),
                () -> assertThat(afterTheKill())
                        .hasSize(JOBS.size() + 1)
                        .allSatisfy((job, outcome) -> assertThat(outcome).contains("IllegalStateException")));
    }

    @Test
    void whatIsBoundLaterIsWaitedForAndWhatIsMisspeltIsTold() throws Exception {
        int before = Management.log().size();
        Management.whileDeployed(archive(""), () -> {
            CompletableFuture<String> run = CompletableFuture.supplyAsync(() -> get("run/late"));
            await().atMost(PATIENCE).until(() -> get("data-sources").contains("java:global/jdbc/Late UNAVAILABLE"));
            assertThat(run).isNotDone();
            get("bind-late");
            assertThat(run).succeedsWithin(PATIENCE).isEqualTo("ran");
            assertThat(get("run/misspelt")).contains("CG0201 java:global/jdbc/Bonud gave no live connection (missing)");
        });
        List<String> told = Management.log().stream()
                .skip(before)
                .filter(line -> line.contains("CG0126") || line.contains("CG0127"))
                .toList();
        told.forEach(line -> System.out.println("OwnPoolsIT: " + line));
        assertThat(told)
                .filteredOn(line -> line.contains("CG0126 There is no data source java:global/jdbc/Bonud yet,"
                        + " which org.connectionguard.tests.ownpools.Jobs.misspelt names"))
                .hasSize(1);
        assertThat(told).noneMatch(line -> line.contains("java:app/jdbc/Defined"));
    }
}
