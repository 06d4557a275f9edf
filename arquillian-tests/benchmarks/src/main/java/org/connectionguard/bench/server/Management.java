/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.bench.server;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jboss.as.controller.client.ModelControllerClient;
import org.jboss.as.controller.client.helpers.standalone.ServerDeploymentHelper;
import org.jboss.dmr.ModelNode;

/** WildFly's management interface. For one thread. */
public final class Management implements AutoCloseable {
    private final ModelControllerClient client;

    Management(int port) throws IOException {
        this.client = ModelControllerClient.Factory.create("127.0.0.1", port);
    }

    /** Empties all pools. */
    public void flush() throws IOException {
        flush("datasources", "data-source", "flush-all-connection-in-pool");
        flush("datasources-agroal", "datasource", "flush-all");
    }

    private void flush(String subsystem, String type, String flush) throws IOException {
        ModelNode children = operation("read-children-names", subsystem);
        children.get("child-type").set(type);
        for (ModelNode name : execute(children).asList()) {
            ModelNode operation = operation(flush, subsystem);
            operation.get("address").add(type, name.asString());
            execute(operation);
        }
    }

    /** Deploys: how long it took, in nanoseconds. It is gone again afterwards. */
    public long deploy(Path archive) throws Exception {
        ServerDeploymentHelper deployments = new ServerDeploymentHelper(client);
        String name = archive.getFileName().toString();
        long nanos;
        try (InputStream content = Files.newInputStream(archive)) {
            long start = System.nanoTime();
            deployments.deploy(name, content);
            nanos = System.nanoTime() - start;
        }
        deployments.undeploy(name);
        return nanos;
    }

    private ModelNode execute(ModelNode operation) throws IOException {
        ModelNode answer = client.execute(operation);
        if (!answer.get("outcome").asString().equals("success")) {
            throw new IllegalStateException(answer.toString());
        }
        return answer.get("result");
    }

    private static ModelNode operation(String name, String subsystem) {
        ModelNode operation = new ModelNode();
        operation.get("operation").set(name);
        operation.get("address").add("subsystem", subsystem);
        return operation;
    }

    @Override
    public void close() throws IOException {
        client.close();
    }
}
