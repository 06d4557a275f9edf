/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests.cluster;

import java.util.Locale;
import org.connectionguard.tests.cluster.app.Runs;
import org.connectionguard.tests.server.TestApplication;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.EmptyAsset;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** The two ways in which a cluster of WildFly keeps persistent timers; each has an application of its own. */
enum Store {
    /** In the memory of the servers, each timer at one of them: as {@code standalone-ha.xml} is delivered. */
    DISTRIBUTED,
    /** In a table that all servers look into; the server's default here. */
    DATABASE;

    private static final String DISTRIBUTED_TIMERS = """
            <ejb-jar xmlns="https://jakarta.ee/xml/ns/jakartaee" xmlns:t="urn:timer-service:2.0" version="4.0">
              <assembly-descriptor>
                <t:timer-service>
                  <ejb-name>*</ejb-name>
                  <t:persistent-timer-management>persistent</t:persistent-timer-management>
                  <t:transient-timer-management>transient</t:transient-timer-management>
                </t:timer-service>
              </assembly-descriptor>
            </ejb-jar>
            """;

    /** The application's name. */
    String application() {
        return name().toLowerCase(Locale.ROOT);
    }

    WebArchive archive() {
        WebArchive archive = ShrinkWrap.create(WebArchive.class, application() + ".war")
                .addPackage(Runs.class.getPackage())
                .addAsLibrary(TestApplication.library())
                .addAsResource(
                        new StringAsset(
                                "connection-guard.initial-backoff=PT0.05S\nconnection-guard.max-backoff=PT0.2S\n"),
                        "META-INF/microprofile-config.properties")
                .addAsWebInfResource(EmptyAsset.INSTANCE, "beans.xml");
        return this == DISTRIBUTED
                ? archive.addAsWebInfResource(new StringAsset(DISTRIBUTED_TIMERS), "jboss-ejb3.xml")
                : archive;
    }
}
