/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.observability;

import jakarta.enterprise.inject.spi.AfterBeanDiscovery;
import jakarta.inject.Singleton;
import java.lang.annotation.Annotation;
import org.connectionguard.observability.HealthChannel.Answer;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/**
 * A readiness check of MicroProfile Health. Never one of liveness: a server that is started anew brings no database back. The only
 * class that knows MicroProfile Health, and no subclass of anything of it, so that it can be loaded where that is not there.
 * Stateless.
 */
public final class GuardHealthCheck {
    private GuardHealthCheck() {}

    /**
     * Makes it a bean, which is found by whoever looks for checks.
     *
     * @throws NoClassDefFoundError where there is no MicroProfile Health
     */
    public static void add(AfterBeanDiscovery event, GuardHealth health) {
        // Before anything is said to the container, for that could not be taken back.
        HealthCheck check = () -> response(health);
        Annotation kind = Readiness.Literal.INSTANCE;
        event.<HealthCheck>addBean()
                .beanClass(GuardHealthCheck.class)
                .types(HealthCheck.class, Object.class)
                .qualifiers(kind)
                .scope(Singleton.class)
                .createWith(context -> check);
    }

    private static HealthCheckResponse response(GuardHealth health) {
        Answer answer = health.answer();
        HealthCheckResponseBuilder response =
                HealthCheckResponse.named(health.name()).status(answer.up());
        answer.data().forEach((name, value) -> {
            if (value instanceof Long number) {
                response.withData(name, number);
            } else {
                response.withData(name, value.toString());
            }
        });
        return response.build();
    }
}
