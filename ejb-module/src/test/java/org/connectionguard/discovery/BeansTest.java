/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ejb.EJB;
import jakarta.ejb.Singleton;
import jakarta.ejb.Stateless;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Default;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.connectionguard.testing.ClassesWithout;
import org.junit.jupiter.api.Test;

/** Which beans a class of an EAR may be given. */
class BeansTest {
    interface Storage {}

    @Stateless
    static class Disk implements Storage {}

    @Stateless
    static class Cloud implements Storage {}

    static class NoBean implements Storage {}

    @Singleton
    static class User {
        @EJB
        Storage storage;
    }

    private final Beans beans = new Beans();

    private static <T> T proxy(Class<T> type, Function<Method, Object> answer) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> switch (method.getName()) {
                    case "hashCode" -> System.identityHashCode(self);
                    case "equals" -> self == arguments[0];
                    default -> answer.apply(method);
                }));
    }

    private static Bean<?> bean(Class<?> type, Set<Annotation> qualifiers) {
        return proxy(Bean.class, method -> switch (method.getName()) {
            case "getBeanClass" -> type;
            case "getTypes" -> Set.of(type, Storage.class);
            case "getQualifiers" -> qualifiers;
            default -> throw new UnsupportedOperationException(method.getName());
        });
    }

    private void session(Class<?> type) {
        beans.add(
                bean(type, Set.of(Default.Literal.INSTANCE, Any.Literal.INSTANCE)),
                Optional.empty(),
                Optional.of(type.getSimpleName()));
    }

    private List<Class<?>> callable(Class<?> view, String name) {
        return beans.callable(User.class, view, Optional.of(name).filter(text -> !text.isEmpty()));
    }

    @Test
    void anInterfaceIsWhateverSessionBeanImplementsIt() {
        session(Disk.class);
        session(Cloud.class);
        beans.add(bean(NoBean.class, Set.of(Any.Literal.INSTANCE)), Optional.empty(), Optional.empty());
        assertThat(callable(Storage.class, "")).containsExactlyInAnyOrder(Disk.class, Cloud.class);
    }

    @Test
    void aNameSaysWhichOneIsMeant() {
        session(Disk.class);
        session(Cloud.class);
        assertThat(callable(Storage.class, "Cloud")).containsExactly(Cloud.class);
        assertThat(callable(Storage.class, "unknown")).containsExactlyInAnyOrder(Disk.class, Cloud.class);
    }

    @Test
    void aClassThatCdiDoesNotKnowStandsForItself() {
        session(Disk.class);
        assertThat(callable(Cloud.class, "")).containsExactly(Cloud.class);
        assertThat(callable(Runnable.class, "")).isEmpty();
    }

    @Test
    void theClassesOfAnotherModuleAreNotSeen() throws ClassNotFoundException {
        ClassLoader other = new ClassesWithout(NoBean.class, getClass());
        session(other.loadClass(Disk.class.getName()));
        session(Cloud.class);
        assertThat(callable(Storage.class, "")).containsExactly(Cloud.class);
        assertThat(injectable(Any.Literal.INSTANCE)).containsExactly(Cloud.class);
    }

    private List<Class<?>> injectable(Annotation... qualifiers) {
        BeanManager manager = proxy(BeanManager.class, method -> true);
        return beans.injectable(User.class, Storage.class, List.of(qualifiers), manager).stream()
                .<Class<?>>map(Bean::getBeanClass)
                .toList();
    }

    @Test
    void withoutQualifierTheDefaultOneIsWanted() {
        session(Disk.class);
        beans.add(bean(NoBean.class, Set.of(Any.Literal.INSTANCE)), Optional.empty(), Optional.empty());
        assertThat(injectable()).containsExactly(Disk.class);
        assertThat(injectable(Any.Literal.INSTANCE)).containsExactlyInAnyOrder(Disk.class, NoBean.class);
    }

    @Test
    void theOnlyBeanOfATypeIsFoundWhereverItIs() {
        assertThat(beans.only(Storage.class)).isEmpty();
        Bean<?> disk = bean(Disk.class, Set.of(Default.Literal.INSTANCE, Any.Literal.INSTANCE));
        beans.add(disk, Optional.empty(), Optional.empty());
        beans.add(bean(NoBean.class, Set.of(Any.Literal.INSTANCE)), Optional.empty(), Optional.empty());
        assertThat(beans.only(Storage.class).orElseThrow()).isSameAs(disk);
        assertThat(beans.only(Cloud.class)).isEmpty();
        beans.add(bean(Cloud.class, Set.of(Default.Literal.INSTANCE)), Optional.empty(), Optional.empty());
        assertThat(beans.only(Storage.class)).isEmpty();
    }
}
