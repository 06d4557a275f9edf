/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.console;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.management.Attribute;
import javax.management.AttributeList;
import javax.management.DynamicMBean;
import javax.management.MBeanInfo;

/** An MBean with these attributes, which notes what it is asked for. */
public record Bean(Map<String, Object> values, List<String> asked) implements DynamicMBean {
    public static Bean of(Map<String, Object> values) {
        return new Bean(new HashMap<>(values), new ArrayList<>());
    }

    @Override
    public Object getAttribute(String name) {
        return values.get(name);
    }

    @Override
    public void setAttribute(Attribute attribute) {
        throw new UnsupportedOperationException();
    }

    @Override
    public AttributeList getAttributes(String[] names) {
        AttributeList list = new AttributeList();
        for (String name : names) {
            asked.add(name);
            if (values.containsKey(name)) {
                list.add(new Attribute(name, values.get(name)));
            }
        }
        return list;
    }

    @Override
    public AttributeList setAttributes(AttributeList attributes) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Object invoke(String operation, Object[] arguments, String[] types) {
        throw new UnsupportedOperationException();
    }

    @Override
    public MBeanInfo getMBeanInfo() {
        return new MBeanInfo(Bean.class.getName(), "", null, null, null, null);
    }
}
