/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.observability.health;

import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.context.spi.CreationalContext;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.InjectionPoint;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.util.Set;
import org.connectionguard.observability.health.HealthChannel.Answer;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/**
 * The bean that is a readiness check of MicroProfile Health. Never one of liveness: a server that is started anew brings no
 * database back. The only class that knows MicroProfile Health; it has no supertype of it, and so can be loaded where that is not
 * there. Immutable itself, for any thread.
 */
public final class GuardHealthCheck implements Bean<Object> {
    private final GuardHealth health;
    private final Class<?> home;
    private final Set<Type> types;
    private final Set<Annotation> qualifiers;

    /**
     * The bean; made before the container is told of it, for that could not be taken back.
     *
     * @param home a class of the archive in which it is to be seen
     * @throws NoClassDefFoundError where there is no MicroProfile Health
     */
    public GuardHealthCheck(GuardHealth health, Class<?> home) {
        this.health = health;
        this.home = home;
        this.types = Set.of(HealthCheck.class, Object.class);
        this.qualifiers = Set.of(Readiness.Literal.INSTANCE, Any.Literal.INSTANCE);
    }

    @Override
    public Object create(CreationalContext<Object> context) {
        HealthCheck check = this::response;
        return check;
    }

    private HealthCheckResponse response() {
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

    @Override
    public void destroy(Object instance, CreationalContext<Object> context) {
        context.release();
    }

    @Override
    public Set<Type> getTypes() {
        return types;
    }

    @Override
    public Set<Annotation> getQualifiers() {
        return qualifiers;
    }

    /** TomEE asks for it where no other scope is active yet. */
    @Override
    public Class<? extends Annotation> getScope() {
        return Dependent.class;
    }

    /** The interface's way to say that it has none. */
    @Override
    public String getName() {
        return null;
    }

    @Override
    public Set<Class<? extends Annotation>> getStereotypes() {
        return Set.of();
    }

    @Override
    public boolean isAlternative() {
        return false;
    }

    @Override
    public Class<?> getBeanClass() {
        return home;
    }

    @Override
    public Set<InjectionPoint> getInjectionPoints() {
        return Set.of();
    }
}
