/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.descriptor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.MalformedURLException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.connectionguard.GuardDefinitionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EjbJarTest {
    private static final Set<String> GUARD = Set.of("a.Guard");

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
    void whatCannotBeReadIsAnErrorThatNamesTheFile() {
        assertThatThrownBy(() -> read("<ejb-jar>"))
                .isInstanceOf(GuardDefinitionException.class)
                .hasMessageStartingWith("CG0013")
                .hasMessageContaining("ejb-jar.xml");
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
                .containsExactly("minute=*/5 hour=* dayOfWeek=Mon", "hour=2, persistent");
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

    private static final class Job {}
}
