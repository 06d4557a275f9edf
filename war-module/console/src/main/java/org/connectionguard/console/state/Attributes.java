/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.console.state;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.management.Attribute;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;

/** Some attributes of an MBean. An earlier guard may lack some: then there is what stands for nothing. Immutable. */
record Attributes(Map<String, Object> values) {
    static Attributes of(MBeanServer server, ObjectName name, String... wanted) throws JMException {
        Map<String, Object> values = new HashMap<>();
        for (Attribute attribute : server.getAttributes(name, wanted).asList()) {
            values.put(attribute.getName(), attribute.getValue());
        }
        return new Attributes(Map.copyOf(values));
    }

    private static Attributes of(CompositeData data) {
        Map<String, Object> values = new HashMap<>();
        data.getCompositeType().keySet().forEach(key -> values.put(key, data.get(key)));
        return new Attributes(Map.copyOf(values));
    }

    String text(String name) {
        return values.getOrDefault(name, "").toString();
    }

    long number(String name) {
        return values.get(name) instanceof Number number ? number.longValue() : 0;
    }

    int count(String name) {
        return (int) number(name);
    }

    boolean flag(String name) {
        return Boolean.TRUE.equals(values.get(name));
    }

    <T> List<T> list(String name, Function<Attributes, T> element) {
        return values.get(name) instanceof CompositeData[] all
                ? Stream.of(all).map(Attributes::of).map(element).toList()
                : List.of();
    }
}
