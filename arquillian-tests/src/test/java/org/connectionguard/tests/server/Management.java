/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.jboss.as.controller.client.ModelControllerClient;
import org.jboss.dmr.ModelNode;
import org.jboss.dmr.Property;

/** WildFly's management interface. For any thread. */
public final class Management {
    private Management() {}

    /** Empties every pool, so that also the unguarded ones are healthy again. */
    public static void flushAllPools() {
        for (String type : new String[] {"data-source", "xa-data-source"}) {
            ModelNode sources =
                    execute(operation("read-children-names").set("child-type", type), "subsystem", "datasources");
            for (ModelNode name : sources.asList()) {
                execute(operation("flush-all-connection-in-pool"), "subsystem", "datasources", type, name.asString());
            }
        }
    }

    /** How many connections of a pool are lent. */
    public static int inUse(String dataSource) {
        String[] pool = {"subsystem", "datasources", "data-source", dataSource, "statistics", "pool"};
        return execute(operation("read-attribute").set("name", "InUseCount"), pool)
                .asInt();
    }

    /** An operation that is being put together. */
    private record Operation(ModelNode node) {
        Operation set(String name, String value) {
            node.get(name).set(value);
            return this;
        }
    }

    private static Operation operation(String name) {
        ModelNode node = new ModelNode();
        node.get("operation").set(name);
        return new Operation(node);
    }

    private static ModelNode execute(Operation operation, String... address) {
        for (int i = 0; i < address.length; i += 2) {
            operation.node().get("address").add(new Property(address[i], new ModelNode(address[i + 1])));
        }
        try (ModelControllerClient client =
                ModelControllerClient.Factory.create("127.0.0.1", Integer.getInteger("test.management.port"))) {
            ModelNode answer = client.execute(operation.node());
            if (!answer.get("outcome").asString().equals("success")) {
                throw new IllegalStateException(answer.toString());
            }
            return answer.get("result");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
