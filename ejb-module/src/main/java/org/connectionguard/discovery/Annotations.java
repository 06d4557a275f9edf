/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.discovery;

import jakarta.enterprise.inject.spi.BeanManager;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.connectionguard.ValidConnections;

/**
 * Where {@code @ValidConnections} stands. Immutable.
 *
 * @param beans knows the stereotypes; empty where there is no CDI
 */
record Annotations(Optional<BeanManager> beans) {
    /** The annotation of the method, else of the class, each directly or through a stereotype, superclasses included. */
    Optional<ValidConnections> of(Class<?> type, Method method) {
        ValidConnections own = method.getAnnotation(ValidConnections.class);
        if (own != null) {
            return Optional.of(own);
        }
        ValidConnections ofClass = type.getAnnotation(ValidConnections.class);
        return ofClass != null ? Optional.of(ofClass) : inStereotypes(Arrays.stream(type.getAnnotations()));
    }

    private Optional<ValidConnections> inStereotypes(Stream<Annotation> annotations) {
        return annotations
                .map(Annotation::annotationType)
                .filter(type -> beans.filter(each -> each.isStereotype(type)).isPresent())
                .map(stereotype -> beans.get().getStereotypeDefinition(stereotype).stream())
                .flatMap(definition -> {
                    List<Annotation> parts = definition.toList();
                    Optional<ValidConnections> direct = parts.stream()
                            .filter(ValidConnections.class::isInstance)
                            .map(ValidConnections.class::cast)
                            .findFirst();
                    return (direct.isPresent() ? direct : inStereotypes(parts.stream())).stream();
                })
                .findFirst();
    }

    /** The class as it was written, annotations and all: containers hand out generated subclasses. */
    static Class<?> written(Class<?> type) {
        Class<?> written = type;
        // An author may like such names too: above his class there is none that anybody has written for this bean.
        while (isGenerated(written) && !written.isInterface() && written.getSuperclass() != Object.class) {
            written = written.getSuperclass();
        }
        return written;
    }

    private static boolean isGenerated(Class<?> type) {
        return type.isSynthetic() || type.getName().contains("$$");
    }
}
