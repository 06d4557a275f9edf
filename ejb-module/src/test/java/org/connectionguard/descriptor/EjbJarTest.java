/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.descriptor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import javax.sql.DataSource;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.connectionguard.GuardDefinitionException;
import org.connectionguard.testing.Log;
import org.connectionguard.testing.OpenFiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EjbJarTest {
    private static final Set<String> GUARD = Set.of("a.Guard");

    @RegisterExtension
    private final Log log = new Log();

    @TempDir
    private Path archive;

    private EjbJar read(String content) throws IOException {
        return EjbJar.read(Files.writeString(archive.resolve("ejb-jar.xml"), content)
                .toUri()
                .toURL());
    }

    private EjbJar ejbJar(String beans, String assembly) throws IOException {
        return read("<ejb-jar xmlns=\"https://jakarta.ee/xml/ns/jakartaee\" version=\"4.0\"><enterprise-beans>" + beans
                + "</enterprise-beans><assembly-descriptor>" + assembly + "</assembly-descriptor></ejb-jar>");
    }

    @Test
    void whereThereIsNoneNothingIsSaid() throws MalformedURLException {
        EjbJar none = EjbJar.read(archive.resolve("ejb-jar.xml").toUri().toURL());
        assertThat(none.timeoutMethods("Job", Job.class)).isEmpty();
        assertThat(none.binds(GUARD, "Job", "run")).isFalse();
    }

    @Test
    void whatCannotBeReadCountsAsNoneAndIsSaidOnce() throws IOException {
        EjbJar broken = read("<ejb-jar>\n<enterprise-beans>");
        assertThat(broken.timeoutMethods("Job", Job.class)).isEmpty();
        assertThat(log.lines())
                .singleElement(InstanceOfAssertFactories.STRING)
                .startsWith("WARNING CG0007 "
                        + archive.resolve("ejb-jar.xml").toUri().toURL())
                .contains(" cannot be read: IOException: line 2: ", ". It counts as none: ", "Correct it");
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "UTF-16", "UTF-16LE"})
    void whatWasWrittenForUsAndCannotBeReadIsAnErrorThatNamesTheFile(String encoding) throws IOException {
        String content = "<ejb-jar><interceptor-class>org.connectionguard.interceptor.ValidConnectionsInterceptor";
        Path file = Files.writeString(archive.resolve("ejb-jar.xml"), content, Charset.forName(encoding));
        URL place = file.toUri().toURL();
        assertThatThrownBy(() -> EjbJar.read(place))
                .isInstanceOf(GuardDefinitionException.class)
                .hasMessageStartingWith("CG0013")
                .hasMessageContaining("ejb-jar.xml");
        assertThat(log.lines()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"2.0", "1.1"})
    void aDescriptorOfJ2eeIsReadAndItsDtdIsNot(String version) throws IOException {
        EjbJar descriptor =
                read("""
                <?xml version="1.0"?>
                <!DOCTYPE ejb-jar PUBLIC "-//Sun Microsystems, Inc.//DTD Enterprise JavaBeans %1$s//EN"
                    "%2$s">
                <ejb-jar><enterprise-beans><session><ejb-name>Job</ejb-name>
                <timeout-method><method-name>late</method-name></timeout-method></session></enterprise-beans></ejb-jar>
                """.formatted(version, archive.resolve("not-there.dtd").toUri()));
        assertThat(descriptor.timeoutMethods("Job", Job.class)).containsExactly("late");
        assertThat(log.lines()).isEmpty();
    }

    @Test
    void whatADescriptorRefersToIsNotRead() throws IOException {
        Files.writeString(archive.resolve("secret"), "late");
        Files.writeString(archive.resolve("some.dtd"), "<!ENTITY name 'late'>");
        EjbJar descriptor = read("""
                <!DOCTYPE ejb-jar SYSTEM "some.dtd" [
                  <!ENTITY %% more SYSTEM "some.dtd"> %%more;
                  <!ENTITY secret SYSTEM "%s">
                  <!ENTITY own "run">
                ]>
                <ejb-jar><session><ejb-name>Job</ejb-name>
                <timeout-method><method-name>&secret;&name;&own;</method-name></timeout-method></session></ejb-jar>
                """.formatted(archive.resolve("secret").toUri()));
        assertThat(descriptor.timeoutMethods("Job", Job.class))
                .doesNotContain("late")
                .containsAnyOf("run");
    }

    @Test
    void theArchiveIsNotKeptOpen() throws IOException {
        Path jar = archive.resolve("application.jar");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            for (String name : List.of("META-INF/ejb-jar.xml", "META-INF/broken.xml")) {
                out.putNextEntry(new JarEntry(name));
                out.write((name.endsWith("broken.xml") ? "<ejb-jar" : "<ejb-jar/>").getBytes(StandardCharsets.UTF_8));
                out.closeEntry();
            }
        }
        for (String entry : List.of("ejb-jar.xml", "broken.xml", "not-there.xml")) {
            EjbJar.read(new URL("jar:" + jar.toUri() + "!/META-INF/" + entry));
            assertThat(OpenFiles.below(archive)).as(entry).isEmpty();
        }
    }

    @Test
    void whatIsTooLargeToBeADescriptorIsNotTakenIntoMemory() throws IOException {
        EjbJar descriptor = read("<ejb-jar>" + " ".repeat(DescriptorFile.LARGEST) + "</ejb-jar>");
        assertThat(descriptor.binds(GUARD, "Job", "run")).isFalse();
        assertThat(log.lines()).singleElement(InstanceOfAssertFactories.STRING).contains("it is larger than");
    }

    @Test
    void timersAreFoundByClassOrByName() throws IOException {
        EjbJar byClass = ejbJar("""
                <session><ejb-name>Other</ejb-name><ejb-class>%s</ejb-class>
                  <timeout-method><method-name>late</method-name></timeout-method>
                  <timer><schedule><minute>*/5</minute><hour>*</hour><day-of-week>Mon</day-of-week></schedule>
                    <timeout-method><method-name>run</method-name></timeout-method><persistent>false</persistent></timer>
                  <timer><schedule><hour>2</hour></schedule>
                    <timeout-method><method-name>run</method-name></timeout-method></timer>
                  <transaction-type>Bean</transaction-type>
                </session>
                """.formatted(Job.class.getName()), "");
        assertThat(byClass.timeoutMethods("Job", Job.class)).containsExactlyInAnyOrder("late", "run");
        assertThat(byClass.schedules("Job", Job.class, "run"))
                .containsExactly("minute=*/5 hour=* dayOfWeek=Mon", "daily at 02:00:00, persistent");
        assertThat(byClass.schedules("Job", Job.class, "late")).isEmpty();
        assertThat(byClass.isBeanManaged("Job", Job.class)).isTrue();
        EjbJar byName = ejbJar(
                "<session><ejb-name>Job</ejb-name><timeout-method><method-name>late</method-name></timeout-method>"
                        + "</session>",
                "");
        assertThat(byName.timeoutMethods("Job", Job.class)).containsExactly("late");
        assertThat(byName.timeoutMethods("Another", Job.class)).isEmpty();
        assertThat(byName.isBeanManaged("Job", Job.class)).isFalse();
    }

    @Test
    void theMethodsOwnTransactionAttributeWinsOverTheBeans() throws IOException {
        EjbJar descriptor = ejbJar("", """
                <container-transaction><method><ejb-name>Job</ejb-name><method-name>*</method-name></method>
                  <trans-attribute>NotSupported</trans-attribute></container-transaction>
                <container-transaction><method><ejb-name>Job</ejb-name><method-name>run</method-name></method>
                  <trans-attribute>RequiresNew</trans-attribute></container-transaction>
                """);
        assertThat(descriptor.transactionAttribute("Job", "run")).contains("REQUIRES_NEW");
        assertThat(descriptor.transactionAttribute("Job", "late")).contains("NOT_SUPPORTED");
        assertThat(descriptor.transactionAttribute("Another", "run")).isEmpty();
    }

    @Test
    void anInterceptorIsBoundToAllBeansToOneOrToAMethod() throws IOException {
        EjbJar all = ejbJar("", binding("*", ""));
        assertThat(all.binds(GUARD, "Job", "run")).isTrue();
        assertThat(all.binds(Set.of("a.Another"), "Job", "run")).isFalse();
        EjbJar bean = ejbJar("", binding("Job", ""));
        assertThat(bean.binds(GUARD, "Job", "run")).isTrue();
        assertThat(bean.binds(GUARD, "Another", "run")).isFalse();
        EjbJar method = ejbJar("", binding("Job", "<method><method-name>run</method-name></method>"));
        assertThat(method.binds(GUARD, "Job", "run")).isTrue();
        assertThat(method.binds(GUARD, "Job", "late")).isFalse();
    }

    private static String binding(String bean, String method) {
        return "<interceptor-binding><ejb-name>" + bean + "</ejb-name><interceptor-class>a.Guard</interceptor-class>"
                + method + "</interceptor-binding>";
    }

    private static String target(String field) {
        return "<injection-target><injection-target-class>" + Job.class.getName() + "</injection-target-class>"
                + "<injection-target-name>" + field + "</injection-target-name></injection-target>";
    }

    private static final class Job {
        DataSource source;
        String name;
    }

    private static final String TIMER =
            "<timer><timeout-method><method-name>run</method-name></timeout-method></timer>";

    @Test
    void theBeansThatItDeclaresWithTimersAreKnownUnlessItBindsTheGuardToThem() throws IOException {
        String beans = "<session><ejb-name>Job</ejb-name><ejb-class>a.Job</ejb-class>" + TIMER + "</session>"
                + "<session><ejb-name>Idle</ejb-name><ejb-class>a.Idle</ejb-class></session>"
                + "<session><ejb-name>Annotated</ejb-name>" + TIMER + "</session>";
        assertThat(ejbJar(beans, "").beansWithTimers(GUARD)).containsExactly(entry("a.Job", "Job"));
        assertThat(ejbJar(beans, binding("Job", "")).beansWithTimers(GUARD)).isEmpty();
    }

    @Test
    void whatABeanIsSaidToUseIsKnown() throws IOException {
        EjbJar descriptor = ejbJar(
                "<session><ejb-name>Job</ejb-name><ejb-class>" + Job.class.getName() + "</ejb-class>"
                        + "<resource-ref><res-ref-name>jdbc/x</res-ref-name><res-type>javax.sql.DataSource</res-type></resource-ref>"
                        + "<resource-ref><res-ref-name>mail/x</res-ref-name><res-type>jakarta.mail.Session</res-type></resource-ref>"
                        + "<resource-ref><res-ref-name>jdbc/y</res-ref-name>" + target("source") + "</resource-ref>"
                        + "<resource-ref><res-ref-name>jdbc/z</res-ref-name>" + target("name") + "</resource-ref>"
                        + "<persistence-context-ref><persistence-unit-name>one</persistence-unit-name></persistence-context-ref>"
                        + "<persistence-unit-ref><persistence-unit-ref-name>two</persistence-unit-ref-name></persistence-unit-ref>"
                        + "</session>",
                "");
        assertThat(descriptor.dataSourcesOf("Job", Job.class)).containsExactly("jdbc/x", "jdbc/y");
        assertThat(descriptor.unitsOf("Job", Job.class)).containsExactly("one", "");
        assertThat(descriptor.dataSourcesOf("Other", String.class)).isEmpty();
        assertThat(descriptor.unitsOf("Other", String.class)).isEmpty();
    }
}
