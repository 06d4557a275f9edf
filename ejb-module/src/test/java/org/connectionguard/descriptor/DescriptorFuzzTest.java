/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.descriptor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.connectionguard.GuardDefinitionException;
import org.connectionguard.testing.Log;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Thousands of descriptors that nobody wanted; each can be had again by its number. */
class DescriptorFuzzTest {
    private static final int DOCUMENTS = 3000;
    private static final Duration LONGEST = Duration.ofSeconds(5);

    /** Of all memory taken for one document, most of which is free again at once. */
    private static final long MOST_BYTES = 128L << 20;

    private static final List<String> EJB_JARS = List.of("""
            <?xml version="1.0" encoding="UTF-8"?>
            <ejb-jar xmlns="https://jakarta.ee/xml/ns/jakartaee" version="4.0">
              <enterprise-beans>
                <session><ejb-name>Job</ejb-name><ejb-class>com.acme.Job</ejb-class>
                  <timeout-method><method-name>late</method-name></timeout-method>
                  <timer><schedule><minute>*/5</minute><hour>*</hour></schedule>
                    <timeout-method><method-name>run</method-name></timeout-method><persistent>false</persistent></timer>
                  <transaction-type>Bean</transaction-type>
                </session>
              </enterprise-beans>
              <assembly-descriptor>
                <interceptor-binding><ejb-name>*</ejb-name>
                  <interceptor-class>org.connectionguard.interceptor.ValidConnectionsInterceptor</interceptor-class>
                </interceptor-binding>
                <container-transaction><method><ejb-name>Job</ejb-name><method-name>*</method-name></method>
                  <trans-attribute>NotSupported</trans-attribute></container-transaction>
              </assembly-descriptor>
            </ejb-jar>
            """, """
            <?xml version="1.0"?>
            <!DOCTYPE ejb-jar PUBLIC "-//Sun Microsystems, Inc.//DTD Enterprise JavaBeans 2.0//EN" "http://java.sun.com/dtd/ejb-jar_2_0.dtd">
            <ejb-jar><enterprise-beans><session><ejb-name>Job</ejb-name><ejb-class>com.acme.Job</ejb-class>
              <session-type>Stateless</session-type><transaction-type>Container</transaction-type></session>
            </enterprise-beans></ejb-jar>
            """);

    private static final List<String> UNITS = List.of("""
            <?xml version="1.0" encoding="UTF-8"?>
            <persistence xmlns="https://jakarta.ee/xml/ns/persistence" version="3.0">
              <persistence-unit name="jobs"><jta-data-source>java:/Jobs</jta-data-source>
                <class>com.acme.Job</class></persistence-unit>
              <persistence-unit name="archive"><properties>
                <property name="jakarta.persistence.jtaDataSource" value="java:/Archive"/>
              </properties></persistence-unit>
            </persistence>
            """);

    @RegisterExtension
    private final Log log = new Log();

    private final ThreadMXBean memory = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final PrintStream standardError = System.err;
    private int errors;

    @BeforeEach
    void listen() {
        System.setErr(new PrintStream(printed, true));
    }

    @AfterEach
    void end() {
        System.setErr(standardError);
    }

    @Test
    void noEjbJarDoesHarm() throws Exception {
        readAll(EJB_JARS, file -> {
            EjbJar descriptor = EjbJar.read(file.url());
            descriptor.timeoutMethods("Job", getClass());
            descriptor.schedules("Job", getClass(), "run");
            descriptor.isBeanManaged("Job", getClass());
            descriptor.transactionAttribute("Job", "run");
            descriptor.binds(Set.of("org.connectionguard.interceptor.ValidConnectionsInterceptor"), "Job", "run");
        });
        // All of these were meant for us; it is known that many cannot be read.
        assertThat(errors).isBetween(DOCUMENTS / 10, DOCUMENTS);
    }

    @Test
    void noPersistenceXmlDoesHarm() throws Exception {
        readAll(UNITS, file -> {
            UnitCatalog units = UnitCatalog.of(file.loader());
            for (String name : List.of("", "jobs", "archive")) {
                try {
                    units.dataSource(name, getClass());
                } catch (GuardDefinitionException e) {
                    // There is none: that is said of a bean that uses it.
                    assertThat(e).hasMessageMatching("(?s)CG000[56] .*");
                }
            }
        });
        assertThat(errors).isZero();
        assertThat(log.lines()).hasSizeBetween(DOCUMENTS / 10, DOCUMENTS);
    }

    private void readAll(List<String> documents, Consumer<MemoryFile> reader) throws Exception {
        try (ServerSocket outside = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            outside.setSoTimeout(1);
            String address = "http://127.0.0.1:" + outside.getLocalPort() + "/entity";
            for (int number = 0; number < DOCUMENTS; number++) {
                // Of neighbouring seeds Random begins alike.
                RandomGenerator random = new SplittableRandom(number);
                String document = documents.get(random.nextInt(documents.size()));
                read(number, new MemoryFile(new Mutations(random, address).of(document)), reader);
            }
            assertThatThrownBy(outside::accept)
                    .as("nobody asked for an entity")
                    .isInstanceOf(SocketTimeoutException.class);
        }
        // One thing the JDK's parser prints by itself: the place where a declaration of a DTD is cut off.
        assertThat(printed.toString()).doesNotContain("[Fatal Error]", "[Error]", "[Warning]");
        assertThat(log.lines()).allSatisfy(line -> assertThat(line).startsWith("WARNING CG0007 memory:"));
    }

    private void read(int number, MemoryFile file, Consumer<MemoryFile> reader) {
        long bytes = memory.getCurrentThreadAllocatedBytes();
        long start = System.nanoTime();
        try {
            reader.accept(file);
        } catch (GuardDefinitionException e) {
            errors++;
            assertThat(e).as("document %d", number).hasMessageStartingWith("CG0013 memory:");
        } catch (RuntimeException | Error e) {
            throw new AssertionError("document " + number, e);
        }
        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .as("document %d", number)
                .isLessThan(LONGEST);
        assertThat(memory.getCurrentThreadAllocatedBytes() - bytes)
                .as("document %d", number)
                .isLessThan(MOST_BYTES);
        assertThat(file.open()).as("document %d", number).isZero();
    }
}
