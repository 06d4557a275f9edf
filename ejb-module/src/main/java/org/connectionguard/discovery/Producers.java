/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.discovery;

import jakarta.enterprise.inject.spi.Bean;
import java.lang.reflect.Member;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which field or method produces a bean: of a bean CDI tells only the class that declares it, which may declare many. For any
 * thread.
 */
public final class Producers {
    private final Map<Bean<?>, Member> members = new ConcurrentHashMap<>();

    /** None known. */
    public Producers() {}

    /** As the container found it. */
    public void add(Bean<?> bean, Member member) {
        members.put(bean, member);
    }

    Optional<Member> of(Bean<?> bean) {
        return Optional.ofNullable(members.get(bean));
    }
}
