/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.servers;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.connectionguard.server.CliScript;
import org.connectionguard.server.Ports;
import org.connectionguard.server.WildFly;

/** WildFly, with its own pool, or with Agroal. */
final class WildFlyServer implements AppServer {
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final Path distribution;
    private final Path directory;
    private final boolean agroal;
    private final int port = Ports.free();
    private WildFly wildFly;

    WildFlyServer(Path distribution, Path directory, boolean agroal) {
        this.distribution = distribution;
        this.directory = directory;
        this.agroal = agroal;
    }

    @Override
    public void start(List<DataSourceSetup> dataSources, List<String> javaOptions) {
        wildFly = WildFly.unpack(distribution, directory);
        List<CliScript> scripts = new ArrayList<>();
        DatabaseChoice database = DatabaseChoice.chosen();
        scripts.add(new CliScript(
                database.driverScript(), Map.of("driver.jar", database.driver().toString())));
        if (agroal) {
            scripts.add(new CliScript("agroal.cli", database.parameters()));
        }
        String dataSource = agroal ? "agroal-data-source.cli" : "data-source.cli";
        dataSources.forEach(each -> scripts.add(new CliScript(each.file(dataSource), each.parameters(nameOf(each)))));
        wildFly.configure(scripts);
        wildFly.start(port, Ports.free(), List.of(), javaOptions.toArray(String[]::new));
        await().atMost(PATIENCE).until(() -> Http.answers(port, "/"));
    }

    @Override
    public void deploy(Path war, String page) throws IOException {
        Files.copy(war, dropped(war));
        // The application answers a moment before: who takes the mark away then, does it for nothing.
        await().atMost(PATIENCE).until(() -> Files.exists(mark(war, ".deployed")));
        await().atMost(PATIENCE).until(() -> Http.answers(port, Http.context(war) + page));
    }

    @Override
    public void undeploy(Path war, String page) throws IOException {
        // A scan that has listed the mark, and no longer finds it when it looks at it, deploys anew and marks it once
        // more.
        await().pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofSeconds(1))
                .atMost(PATIENCE)
                .until(() -> {
                    Files.deleteIfExists(mark(war, ".deployed"));
                    return Files.exists(mark(war, ".undeployed"));
                });
        Files.delete(dropped(war));
    }

    /** What WildFly says of it. */
    private Path mark(Path war, String word) {
        return dropped(war).resolveSibling(war.getFileName() + word);
    }

    private Path dropped(Path war) {
        return wildFly.home().resolve("standalone/deployments").resolve(war.getFileName());
    }

    @Override
    public String nameOf(DataSourceSetup dataSource) {
        return "java:/jdbc/" + dataSource.name();
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public Path log() {
        return wildFly.log();
    }

    @Override
    public void close() {
        if (wildFly != null) {
            wildFly.close();
        }
    }
}
