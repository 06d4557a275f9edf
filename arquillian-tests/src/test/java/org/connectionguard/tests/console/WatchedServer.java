/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests.console;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.connectionguard.server.CliScript;
import org.connectionguard.server.Demo;
import org.connectionguard.server.TcpProxy;
import org.connectionguard.server.WildFly;
import org.connectionguard.tests.server.Management;
import org.connectionguard.tests.server.OwnServer;
import org.connectionguard.tests.server.TestApplication;
import org.connectionguard.tests.server.TestServers;
import org.connectionguard.tests.watched.WatchedJob;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.EmptyAsset;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.importer.ZipImporter;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/**
 * A server with two consoles, one as delivered and one that whoever sits at the machine may see, users, and a proxy before its
 * database. For one thread.
 */
final class WatchedServer implements AutoCloseable {
    /** Who may look. */
    static final String VIEWER = "viewer:look-1";

    /** Who may act. */
    static final String OPERATOR = "operator:act-1";

    /** Who has no role of ours. */
    static final String STRANGER = "stranger:none-1";

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private static final String DESCRIPTOR = "WEB-INF/web.xml";

    private final TcpProxy proxy = new TcpProxy(TestServers.database().port());
    private final OwnServer server;

    WatchedServer(Path directory) throws IOException, InterruptedException {
        WildFly wildFly = WildFly.unpack(Path.of(System.getProperty("wildfly.zip")), directory.resolve("watched"));
        wildFly.configure(List.of(new CliScript("driver.cli", Map.of("driver.jar", Demo.driverJar()))));
        user(wildFly, VIEWER, "connection-guard");
        user(wildFly, OPERATOR, "connection-guard-operator");
        user(wildFly, STRANGER, "guest");
        server = new OwnServer(wildFly, "standalone.xml", directory);
        List<String> lines = new ArrayList<>(OwnServer.dataSource("Watched", WatchedJob.DATA_SOURCE, proxy.port()));
        lines.add("/subsystem=datasources/data-source=Watched:write-attribute(name=statistics-enabled, value=true)");
        lines.addAll(OwnServer.quiet("org.jboss.as.ejb3"));
        server.type(lines);
        server.script("quiet-pool-log.cli", Map.of());
        Management.reload();
        Management.deploy(console("asking.war"));
        deployConsole();
    }

    private static void user(WildFly wildFly, String nameAndPassword, String role) {
        String[] both = nameAndPassword.split(":");
        wildFly.addUser(both[0], both[1], role);
    }

    /** The console's archive under a name of its own. */
    private static WebArchive console(String name) {
        return ShrinkWrap.create(ZipImporter.class, name)
                .importFrom(new File(System.getProperty("console.war")))
                .as(WebArchive.class);
    }

    /** The one that a browser on this machine may see. */
    void deployConsole() throws IOException {
        WebArchive console = console("watching.war");
        String descriptor;
        try (InputStream stream = console.get(DESCRIPTOR).getAsset().openStream()) {
            descriptor = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
        console.delete(DESCRIPTOR);
        Management.deploy(console.setWebXML(new StringAsset(
                descriptor.replace("<param-value>auto</param-value>", "<param-value>loopback</param-value>"))));
    }

    void undeployConsole() {
        Management.undeploy("watching.war");
    }

    /** Deploys jobs with the library in their archive. */
    void deploy(String name, String settings, Class<?>... classes) {
        Management.deploy(ShrinkWrap.create(WebArchive.class, name + ".war")
                .addClasses(classes)
                .addAsLibrary(TestApplication.library())
                .addAsWebInfResource(EmptyAsset.INSTANCE, "beans.xml")
                .addAsResource(new StringAsset(settings), "META-INF/microprofile-config.properties"));
    }

    void undeploy(String name) {
        Management.undeploy(name + ".war");
    }

    TcpProxy proxy() {
        return proxy;
    }

    /** Has something done to the job of a deployment that can be held and ended. */
    void control(String deployment, String what) throws IOException, InterruptedException {
        send(request(server.http() + "/" + deployment + "/control/" + what).POST(HttpRequest.BodyPublishers.noBody()));
    }

    String address() {
        return server.http() + "/watching/";
    }

    String askingAddress() {
        return server.http() + "/asking/";
    }

    /** The console's, with a name and a password in it. */
    String signingIn(String nameAndPassword) {
        return address().replace("http://", "http://" + nameAndPassword + "@") + "login";
    }

    static HttpRequest.Builder request(String url) {
        return HttpRequest.newBuilder(URI.create(url));
    }

    static HttpRequest.Builder request(String url, String nameAndPassword) {
        return request(url)
                .header(
                        "Authorization",
                        "Basic "
                                + Base64.getEncoder().encodeToString(nameAndPassword.getBytes(StandardCharsets.UTF_8)));
    }

    static HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    @Override
    public void close() throws IOException {
        server.close();
        proxy.close();
    }
}
