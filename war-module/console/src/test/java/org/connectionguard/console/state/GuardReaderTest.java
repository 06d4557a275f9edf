/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.console.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.MBeanServerFactory;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;
import javax.management.openmbean.CompositeDataSupport;
import javax.management.openmbean.CompositeType;
import javax.management.openmbean.OpenType;
import javax.management.openmbean.SimpleType;
import org.connectionguard.console.Bean;
import org.junit.jupiter.api.Test;

class GuardReaderTest {
    private final MBeanServer server = MBeanServerFactory.newMBeanServer();
    private final GuardReader reader = new GuardReader(server);

    private void register(String name, Bean bean) throws JMException {
        server.registerMBean(bean, new ObjectName(name));
    }

    private static CompositeData run(String outcome, String reason) throws JMException {
        String[] names = {"start", "millis", "guardedMillis", "evicted", "outcome", "reason"};
        OpenType<?>[] types = {
            SimpleType.LONG, SimpleType.LONG, SimpleType.LONG, SimpleType.INTEGER, SimpleType.STRING, SimpleType.STRING
        };
        return new CompositeDataSupport(new CompositeType("run", "run", names, names, types), names, new Object[] {
            10L, 20L, 5L, 1, outcome, reason
        });
    }

    private static Bean job(String name) throws JMException {
        return Bean.of(Map.of(
                "Name",
                name,
                "Protection",
                "GUARDED",
                "LastStart",
                10L,
                "Next",
                -1L,
                "Overdue",
                true,
                "Ran",
                3L,
                "History",
                new CompositeData[] {run("WAITED", "for jdbc:mysql://me:s3cret@db/shop?user=me&password=s3cret")}));
    }

    @Test
    void whatTheGuardsTellIsRead() throws JMException {
        register("org.connectionguard:type=Guard,deployment=\"shop\"", Bean.of(Map.of("Since", 7L, "Guarded", 2)));
        register("org.connectionguard:type=Job,deployment=\"shop\",name=\"b\"", job("b"));
        register("org.connectionguard:type=Job,deployment=\"shop\",name=\"a\"", job("a"));
        register(
                "org.connectionguard:type=DataSource,deployment=\"shop\",name=\"java:/x\"",
                Bean.of(Map.of("Name", "java:/x", "State", "UNAVAILABLE", "Waiting", 2, "EvictionsSilent", 4L)));
        register("org.connectionguard:type=Later,deployment=\"shop\"", Bean.of(Map.of()));
        ServerState state = reader.read();
        assertThat(state.deployments()).singleElement().satisfies(deployment -> {
            assertThat(deployment.name()).isEqualTo("shop");
            assertThat(deployment.since()).isEqualTo(7);
            assertThat(deployment.guarded()).isEqualTo(2);
        });
        assertThat(state.jobs()).extracting(Job::name).containsExactly("a", "b");
        Job job = state.jobs().get(0);
        assertThat(job.overdue()).isTrue();
        assertThat(job.next()).isEqualTo(-1);
        assertThat(job.counts()).containsEntry(Outcome.RAN, 3L).containsEntry(Outcome.FAILED, 0L);
        assertThat(job.history()).singleElement().satisfies(run -> {
            assertThat(run.outcome()).isEqualTo(Outcome.WAITED);
            assertThat(run.reason()).isEqualTo("for jdbc:mysql://***@db/shop?user=me&password=***");
        });
        assertThat(state.dataSources()).singleElement().satisfies(source -> {
            assertThat(source.isAway()).isTrue();
            assertThat(source.waiting()).isEqualTo(2);
            assertThat(source.evictions()).containsEntry("silent", 4L).containsEntry("dead", 0L);
        });
    }

    @Test
    void aHistoryIsReadAgainOnlyWhereSomethingHasChanged() throws JMException {
        Bean job = job("a");
        register("org.connectionguard:type=Job,deployment=\"shop\",name=\"a\"", job);
        reader.read();
        reader.read();
        assertThat(job.asked()).filteredOn("History"::equals).hasSize(1);
        job.values().put("Ran", 4L);
        reader.read();
        assertThat(job.asked()).filteredOn("History"::equals).hasSize(2);
    }

    @Test
    void twoGuardsOfOneNameAreToldApart() throws JMException {
        register("org.connectionguard:type=Guard,deployment=\"shop\"", Bean.of(Map.of()));
        register("org.connectionguard:type=Guard,deployment=\"shop\",copy=\"2\"", Bean.of(Map.of()));
        assertThat(reader.read().deployments()).extracting(Deployment::name).containsExactly("shop", "shop (2)");
    }

    @Test
    void whatHasGoneIsNotThereAnyMore() throws JMException {
        ObjectName name = new ObjectName("org.connectionguard:type=Job,deployment=\"shop\",name=\"a\"");
        server.registerMBean(job("a"), name);
        assertThat(reader.read().jobs()).hasSize(1);
        server.unregisterMBean(name);
        assertThat(reader.read().jobs()).isEmpty();
    }

    private static Bean pool(boolean statistics) {
        return Bean.of(Map.of(
                "statisticsEnabled",
                statistics,
                "ActiveCount",
                3,
                "InUseCount",
                1,
                "AvailableCount",
                19,
                "MaxUsedCount",
                2));
    }

    @Test
    void whatAPoolCountsIsReadWhereItCounts() throws JMException {
        register("org.connectionguard:type=DataSource,deployment=\"shop\",name=\"java:/x\"", source("java:/x"));
        register("org.connectionguard:type=DataSource,deployment=\"shop\",name=\"java:/y\"", source("java:/y"));
        register("jboss.as:subsystem=datasources,data-source=X", Bean.of(Map.of("jndiName", "java:/x")));
        register("jboss.as:subsystem=datasources,xa-data-source=Y", Bean.of(Map.of("jndiName", "java:/y")));
        register("jboss.as:subsystem=datasources,data-source=Z", Bean.of(Map.of("jndiName", "java:/z")));
        register("jboss.as:subsystem=datasources,data-source=X,statistics=pool", pool(true));
        register("jboss.as:subsystem=datasources,xa-data-source=Y,statistics=pool", pool(false));
        register("jboss.as:subsystem=datasources,data-source=Z,statistics=pool", pool(true));
        assertThat(reader.read().pools()).isEqualTo(Map.of("java:/x", new Pool(3, 1, 19, 2)));
    }

    @Test
    void aPoolThatGoesIsLookedForAgain() throws JMException {
        register("org.connectionguard:type=DataSource,deployment=\"shop\",name=\"java:/x\"", source("java:/x"));
        assertThat(reader.read().pools()).isEmpty();
        register("org.connectionguard:type=DataSource,deployment=\"shop\",name=\"java:/y\"", source("java:/y"));
        register("jboss.as:subsystem=datasources,data-source=X", Bean.of(Map.of("jndiName", "java:/x")));
        register("jboss.as:subsystem=datasources,data-source=X,statistics=pool", pool(true));
        assertThat(reader.read().pools()).containsKey("java:/x");
        server.unregisterMBean(new ObjectName("jboss.as:subsystem=datasources,data-source=X,statistics=pool"));
        server.unregisterMBean(new ObjectName("jboss.as:subsystem=datasources,data-source=X"));
        assertThat(reader.read().pools()).isEmpty();
        register("jboss.as:subsystem=datasources,data-source=New", Bean.of(Map.of("jndiName", "java:/x")));
        register("jboss.as:subsystem=datasources,data-source=New,statistics=pool", pool(true));
        assertThat(reader.read().pools()).containsKey("java:/x");
    }

    private static Bean source(String name) {
        return Bean.of(Map.of("Name", name));
    }

    @Test
    void noOtherMBeanIsFound() throws JMException {
        register("elsewhere:type=Job", Bean.of(Map.of()));
        register("org.connectionguard:type=Job,deployment=\"shop\",name=\"a\"", job("a"));
        assertThat(reader.find("elsewhere:type=Job")).isEmpty();
        assertThat(reader.find("*:*")).isEmpty();
        assertThat(reader.find(reader.read().jobs().get(0).id())).isPresent();
    }
}
