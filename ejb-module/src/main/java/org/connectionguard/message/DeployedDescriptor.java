/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.message;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A file {@code *-ds.xml} in a deployment, or deployed by itself: remedies are what its element is to contain, for the CLI
 * cannot write to a deployment. Immutable.
 *
 * @param deployment what was deployed; a part of an EAR with the EAR
 * @param kind {@code data-source} or {@code xa-data-source}
 * @param jndiName the element's {@code jndi-name}
 * @param extensions of the driver's vendor
 */
public record DeployedDescriptor(String deployment, String kind, String jndiName, JdbcExtensions extensions)
        implements WildFlyPlace {
    @Override
    public String set(Attribute... attributes) {
        Map<String, String> byParent = Arrays.stream(attributes)
                .collect(Collectors.groupingBy(
                        each -> parent(each.name()),
                        LinkedHashMap::new,
                        Collectors.mapping(DeployedDescriptor::part, Collectors.joining())));
        return byParent.entrySet().stream()
                .map(each -> within(each.getKey(), each.getValue()))
                .collect(Collectors.joining("", place(), ""));
    }

    @Override
    public String addOption(String option, String value) {
        String element = kind.equals("data-source") ? "connection-property" : "xa-datasource-property";
        return place() + "<" + element + " name=\"" + option + "\">" + value + "</" + element + ">";
    }

    /** The file's reader writes over what stands there. */
    @Override
    public String changeOption(String option, String value) {
        return addOption(option, value);
    }

    private String place() {
        String file = deployment.endsWith("-ds.xml") ? deployment : "the -ds.xml of " + deployment;
        return "in " + file + ", <" + kind.replace("data-source", "datasource") + "> of " + jndiName + ": ";
    }

    /** The part of the element in which an attribute stands; empty: it is an attribute of the element. */
    private String parent(String attribute) {
        return switch (attribute) {
            case "jta" -> "";
            case "max-pool-size" -> kind.equals("data-source") ? "pool" : "xa-pool";
            case "idle-timeout-minutes", "blocking-timeout-wait-millis" -> "timeout";
            default -> "validation";
        };
    }

    private static String part(Attribute attribute) {
        String value = attribute.value();
        return switch (attribute.name()) {
            case "jta" -> "jta=\"" + value + "\"";
            case "exception-sorter-class-name" -> "<exception-sorter class-name=\"" + value + "\"/>";
            case "valid-connection-checker-class-name" -> "<valid-connection-checker class-name=\"" + value + "\"/>";
            case "blocking-timeout-wait-millis" -> within("blocking-timeout-millis", value);
            default -> within(attribute.name(), value);
        };
    }

    private static String within(String element, String content) {
        return element.isEmpty() ? content : "<" + element + ">" + content + "</" + element + ">";
    }
}
