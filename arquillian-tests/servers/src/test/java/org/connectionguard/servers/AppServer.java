/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.servers;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** An application server of a test's own, on loopback, as delivered but for its data sources. For one thread. */
interface AppServer extends AutoCloseable {
    /** Unpacks, configures and starts it. */
    void start(List<DataSourceSetup> dataSources, List<String> javaOptions) throws IOException, InterruptedException;

    /**
     * Deploys an application, whose context is the file's name; returns when it is there.
     *
     * @param page of the application, by which that is seen
     */
    void deploy(Path war, String page) throws IOException, InterruptedException;

    /** Takes it away; returns when it is not there any more. */
    void undeploy(Path war, String page) throws IOException, InterruptedException;

    /** What its applications name this data source by. */
    String nameOf(DataSourceSetup dataSource);

    /** What its applications look it up by. */
    default String lookUpNameOf(DataSourceSetup dataSource) {
        return nameOf(dataSource);
    }

    /** Where it listens. */
    int port();

    /** What it says. */
    Path log();

    @Override
    void close();
}
