/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.prometheus.jmx.JmxCollector;
import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.management.Attribute;
import javax.management.AttributeList;
import javax.management.AttributeNotFoundException;
import javax.management.DynamicMBean;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The real exporter, with the configuration that is shipped, over MBeans that look like the library's. */
class JmxExporterTest {
    private static final String JOB = "org.connectionguard:type=Job,deployment=\"shop\",name=\"DefectTrendJob.gather\"";
    private static final String NEW_JOB = "org.connectionguard:type=Job,deployment=\"shop\",name=\"NewJob.run\"";
    private static final String DATA_SOURCE =
            "org.connectionguard:type=DataSource,deployment=\"shop\",name=\"java:jboss/datasources/Defects\"";
    private static final String GUARD = "org.connectionguard:type=Guard,deployment=\"shop\"";

    private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();

    /** Read-only, each attribute with the type of its value. */
    private record Bean(Map<String, Object> values) implements DynamicMBean {
        @Override
        public Object getAttribute(String name) throws AttributeNotFoundException {
            if (!values.containsKey(name)) {
                throw new AttributeNotFoundException(name);
            }
            return values.get(name);
        }

        @Override
        public void setAttribute(Attribute attribute) throws AttributeNotFoundException {
            throw new AttributeNotFoundException(attribute.getName());
        }

        @Override
        public AttributeList getAttributes(String[] names) {
            AttributeList list = new AttributeList();
            for (String name : names) {
                list.add(new Attribute(name, values.get(name)));
            }
            return list;
        }

        @Override
        public AttributeList setAttributes(AttributeList attributes) {
            return new AttributeList();
        }

        @Override
        public Object invoke(String action, Object[] parameters, String[] signature) {
            throw new UnsupportedOperationException(action);
        }

        @Override
        public MBeanInfo getMBeanInfo() {
            return new MBeanInfo(
                    Bean.class.getName(),
                    "as the library's",
                    values.entrySet().stream()
                            .map(entry -> new MBeanAttributeInfo(
                                    entry.getKey(),
                                    entry.getValue().getClass().getName(),
                                    entry.getKey(),
                                    true,
                                    false,
                                    false))
                            .toArray(MBeanAttributeInfo[]::new),
                    null,
                    null,
                    null);
        }
    }

    @BeforeEach
    void register() throws Exception {
        register(GUARD, Map.of("Guarded", 5, "Unprotected", 2, "NothingToGuard", 1));
        Map<String, Object> job =
                counts("Ran", "Healed", "Waited", "Skipped", "Proceeded", "Refused", "Failed", "MadeUp", "Deferred");
        job.putAll(Map.of(
                "Schedule", "hour=\"2\"", "Protection", "guarded", "Active", 1, "LastStart", 1_790_000_000_500L));
        job.putAll(Map.of("LastSuccess", 1_789_913_600_000L, "Next", 1_790_086_400_000L, "RunMillis", 12_500L));
        job.putAll(Map.of("Overdue", true, "Ended", false, "PutOffSince", 1_790_000_000_500L));
        register(JOB, job);
        register(NEW_JOB, Map.of("LastStart", 0L, "LastSuccess", 0L, "Next", -1L, "Overdue", false));
        Map<String, Object> source =
                counts("ValidationsAlive", "ValidationsDead", "ValidationsSilent", "ValidationsUnfit");
        source.putAll(counts(
                "EvictionsDead", "EvictionsSilent", "EvictionsAged", "EvictionsUnfit", "EvictionsSibling", "Waits"));
        source.putAll(Map.of("State", "UNAVAILABLE", "StateSince", 1_790_000_000_000L, "Waiting", 3, "Stuck", 1));
        source.putAll(Map.of("ValidationMillis", 250L, "WaitMillis", 30_000L, "Outages", 2L, "OutageMillis", 90_000L));
        source.put("LastOutageReason", "Connection refused");
        register(DATA_SOURCE, source);
    }

    @AfterEach
    void unregister() throws Exception {
        for (ObjectName name : server.queryNames(new ObjectName("org.connectionguard:*"), null)) {
            server.unregisterMBean(name);
        }
    }

    @Test
    void theMBeansHaveMicrometersNamesAndSeconds() throws Exception {
        assertThat(scrape())
                .containsExactlyInAnyOrder(
                        "connection_guard_jobs{deployment=\"shop\",protection=\"guarded\"} 5.0",
                        "connection_guard_jobs{deployment=\"shop\",protection=\"nothing_to_guard\"} 1.0",
                        "connection_guard_jobs{deployment=\"shop\",protection=\"unprotected\"} 2.0",
                        ofJob("run_active", "", "1.0"),
                        ofJob("run_overdue", "", "1.0"),
                        ofJob("run_last_start_seconds", "", "1.7900000005E9"),
                        ofJob("run_last_success_seconds", "", "1.7899136E9"),
                        ofJob("run_next_seconds", "", "1.7900864E9"),
                        ofJob("runs_seconds_count", ",outcome=\"ran\"", "1.0"),
                        ofJob("runs_seconds_count", ",outcome=\"healed\"", "2.0"),
                        ofJob("runs_seconds_count", ",outcome=\"waited\"", "3.0"),
                        ofJob("runs_seconds_count", ",outcome=\"skipped\"", "4.0"),
                        ofJob("runs_seconds_count", ",outcome=\"proceeded\"", "5.0"),
                        ofJob("runs_seconds_count", ",outcome=\"refused\"", "6.0"),
                        ofJob("runs_seconds_count", ",outcome=\"failed\"", "7.0"),
                        ofJob("runs_seconds_count", ",outcome=\"made_up\"", "8.0"),
                        ofJob("runs_seconds_count", ",outcome=\"deferred\"", "9.0"),
                        ofJob("run_deferred_since_seconds", "", "1.7900000005E9"),
                        ofJob("runs_seconds_sum", "", "12.5"),
                        ofNewJob("run_overdue", "0.0"),
                        ofNewJob("run_last_start_seconds", "0.0"),
                        ofNewJob("run_last_success_seconds", "0.0"),
                        ofNewJob("run_next_seconds", "NaN"),
                        ofSource("state", ",state=\"unavailable\"", "1.0"),
                        ofSource("waiting", "", "3.0"),
                        ofSource("stuck", "", "1.0"),
                        ofSource("validation_seconds_count", ",result=\"alive\"", "1.0"),
                        ofSource("validation_seconds_count", ",result=\"dead\"", "2.0"),
                        ofSource("validation_seconds_count", ",result=\"silent\"", "3.0"),
                        ofSource("validation_seconds_count", ",result=\"unfit\"", "4.0"),
                        ofSource("validation_seconds_sum", "", "0.25"),
                        evictions("dead", 1),
                        evictions("silent", 2),
                        evictions("aged", 3),
                        evictions("unfit", 4),
                        evictions("sibling", 5),
                        ofSource("wait_seconds_count", "", "6.0"),
                        ofSource("wait_seconds_sum", "", "30.0"),
                        ofSource("outages_seconds_count", "", "2.0"),
                        ofSource("outages_seconds_sum", "", "90.0"));
    }

    @Test
    void everyStateHasItsSeries() throws Exception {
        for (String state : new String[] {"HEALTHY", "SUSPECT", "UNAVAILABLE", "BACK"}) {
            unregister();
            register(DATA_SOURCE, Map.of("State", state));
            assertThat(scrape())
                    .containsExactly(ofSource("state", ",state=\"" + state.toLowerCase(Locale.ROOT) + "\"", "1.0"));
        }
    }

    @Test
    void aScheduleThatHasEndedHasNoNextRun() throws Exception {
        unregister();
        register(NEW_JOB, Map.of("Next", 0L));
        assertThat(scrape()).containsExactly(ofNewJob("run_next_seconds", "0.0"));
    }

    @Test
    void whatItWritesIsAmongTheLibrarysMetrics() throws Exception {
        assertThat(scrape().map(line -> line.replaceFirst("\\{.*", ""))).isSubsetOf(MeterNames.withUnits());
    }

    private static String ofJob(String name, String more, String value) {
        return line(name, "deployment=\"shop\",job_name=\"DefectTrendJob.gather\"" + more, value);
    }

    private static String ofNewJob(String name, String value) {
        return line(name, "deployment=\"shop\",job_name=\"NewJob.run\"", value);
    }

    private static String ofSource(String name, String more, String value) {
        return line(name, "data_source=\"java:jboss/datasources/Defects\",deployment=\"shop\"" + more, value);
    }

    private static String evictions(String cause, int count) {
        return line(
                "evictions_total",
                "cause=\"" + cause + "\",data_source=\"java:jboss/datasources/Defects\",deployment=\"shop\"",
                count + ".0");
    }

    private static String line(String name, String labels, String value) {
        return "connection_guard_" + name + "{" + labels + "} " + value;
    }

    private void register(String name, Map<String, Object> values) throws Exception {
        server.registerMBean(new Bean(values), new ObjectName(name));
    }

    /** The first has counted one, the second two, and so on. */
    private static Map<String, Object> counts(String... names) {
        Map<String, Object> counts = new TreeMap<>();
        for (String name : names) {
            counts.put(name, counts.size() + 1L);
        }
        return counts;
    }

    private static Stream<String> scrape() throws Exception {
        PrometheusRegistry registry = new PrometheusRegistry();
        new JmxCollector(new File("prometheus/jmx-exporter.yaml")).register(registry);
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        PrometheusTextFormatWriter.create().write(text, registry.scrape(), EscapingScheme.DEFAULT);
        return text.toString(StandardCharsets.UTF_8).lines().filter(line -> line.startsWith("connection_guard_"));
    }
}
