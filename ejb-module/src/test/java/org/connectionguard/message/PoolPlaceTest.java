/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.message;

import static org.assertj.core.api.Assertions.assertThat;

import org.connectionguard.message.PoolPlace.Attribute;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PoolPlaceTest {
    private static final Attribute CHECKER = new Attribute("valid-connection-checker-class-name", "a.Checker");
    private static final Attribute MATCH = new Attribute("validate-on-match", "true");

    @Test
    void theServersConfigurationIsWrittenByTheCli() {
        PoolPlace place = new ServerConfiguration("xa-data-source", "Defects");
        assertThat(place.set(MATCH))
                .isEqualTo("/subsystem=datasources/xa-data-source=Defects:write-attribute(name=validate-on-match,"
                        + " value=true)");
        assertThat(place.set(CHECKER, MATCH))
                .isEqualTo("xa-data-source --name=Defects --valid-connection-checker-class-name=a.Checker"
                        + " --validate-on-match=true");
        assertThat(place.addOption("socketTimeout", "5"))
                .isEqualTo("/subsystem=datasources/xa-data-source=Defects/xa-datasource-properties=socketTimeout"
                        + ":add(value=5)");
    }

    @Test
    void aNameThatTheCliWouldMisreadIsQuoted() {
        PoolPlace place = new ServerConfiguration("data-source", "java:/X");
        assertThat(place.changeOption("socketTimeout", "5"))
                .isEqualTo("/subsystem=datasources/data-source=\"java:/X\"/connection-properties=socketTimeout"
                        + ":write-attribute(name=value, value=5)");
    }

    @ParameterizedTest
    @CsvSource({
        "exception-sorter-class-name, a.Sorter, <validation><exception-sorter class-name=\"a.Sorter\"/></validation>",
        "background-validation-millis, 3, <validation><background-validation-millis>3</background-validation-millis></validation>",
        "idle-timeout-minutes, 10, <timeout><idle-timeout-minutes>10</idle-timeout-minutes></timeout>",
        "blocking-timeout-wait-millis, 5, <timeout><blocking-timeout-millis>5</blocking-timeout-millis></timeout>",
        "max-pool-size, 7, <xa-pool><max-pool-size>7</max-pool-size></xa-pool>",
    })
    void aDeployedFileIsToldItsElements(String attribute, String value, String element) {
        assertThat(new DeployedDescriptor("w.war in a.ear", "xa-data-source", "java:/X")
                        .set(new Attribute(attribute, value)))
                .isEqualTo("in the -ds.xml of w.war in a.ear, <xa-datasource> of java:/X: " + element);
    }

    @Test
    void elementsOfOnePartStandTogetherAndAttributesAlone() {
        PoolPlace place = new DeployedDescriptor("my-ds.xml", "data-source", "java:/X");
        assertThat(place.set(CHECKER, MATCH, new Attribute("max-pool-size", "7")))
                .isEqualTo("in my-ds.xml, <datasource> of java:/X: <validation><valid-connection-checker"
                        + " class-name=\"a.Checker\"/><validate-on-match>true</validate-on-match></validation>"
                        + "<pool><max-pool-size>7</max-pool-size></pool>");
        assertThat(place.set(new Attribute("jta", "true"))).endsWith("<datasource> of java:/X: jta=\"true\"");
        assertThat(place.addOption("socketTimeout", "5"))
                .endsWith(": <connection-property name=\"socketTimeout\">5</connection-property>");
        assertThat(new DeployedDescriptor("a.war", "xa-data-source", "java:/X").changeOption("socketTimeout", "5"))
                .endsWith(": <xa-datasource-property name=\"socketTimeout\">5</xa-datasource-property>");
    }
}
