/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.doctor;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import javax.management.JMException;
import javax.management.JMRuntimeException;
import javax.management.MBeanServer;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;

/**
 * The MBeans in which WildFly shows its management model, expressions resolved. What is not there, or may not be read, is
 * empty. What has been read is not read again, since each time WildFly describes the whole resource to itself, to find out who
 * may see it: milliseconds. For any thread.
 */
final class ManagementBeans {
    private record Part(ObjectName bean, String attribute) {}

    private final MBeanServer server;
    private final Map<String, Collection<ObjectName>> names = new ConcurrentHashMap<>();
    private final Map<Part, Optional<Object>> attributes = new ConcurrentHashMap<>();

    ManagementBeans(MBeanServer server) {
        this.server = server;
    }

    /** Those whose names match the pattern. */
    Collection<ObjectName> named(String pattern) {
        return names.computeIfAbsent(pattern, each -> server.queryNames(name(each), null));
    }

    Optional<Boolean> flag(ObjectName bean, String attribute) {
        return attribute(bean, attribute).map(value -> Boolean.valueOf(value.toString()));
    }

    Optional<Long> number(ObjectName bean, String attribute) {
        return attribute(bean, attribute).map(value -> Long.valueOf(value.toString()));
    }

    Optional<String> text(ObjectName bean, String attribute) {
        return attribute(bean, attribute).map(Object::toString).filter(text -> !text.isEmpty());
    }

    private Optional<Object> attribute(ObjectName bean, String attribute) {
        return attributes.computeIfAbsent(new Part(bean, attribute), this::read);
    }

    private Optional<Object> read(Part part) {
        try {
            return Optional.ofNullable(server.getAttribute(part.bean(), part.attribute()));
        } catch (JMException | JMRuntimeException e) {
            // Another server, another generation of WildFly, or not allowed: not known.
            return Optional.empty();
        }
    }

    /** A part of a bean's name, as the model has it. */
    static String key(ObjectName bean, String property) {
        String key = bean.getKeyProperty(property);
        return key.startsWith("\"") ? ObjectName.unquote(key) : key;
    }

    static ObjectName name(String name) {
        try {
            return new ObjectName(name);
        } catch (MalformedObjectNameException e) {
            throw new IllegalStateException(e);
        }
    }
}
