/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class HandleClassTest {
    /** Stands for a pool's class. */
    static class Handler implements InvocationHandler {
        @Override
        public Object invoke(Object proxy, Method method, Object[] arguments) {
            throw new UnsupportedOperationException(method.getName());
        }
    }

    /** Stands for one that extends it. */
    static final class SpecialHandler extends Handler {}

    private final List<Class<?>> lookedUp = new ArrayList<>();
    private final HandleClass<String> handlers = new HandleClass<>(Handler.class.getName(), type -> {
        lookedUp.add(type);
        return "found";
    });

    @Test
    void aClassAndThoseThatExtendItAreRecognised() throws SQLException {
        assertThat(handlers.find(new SpecialHandler())).contains("found");
        assertThat(handlers.get(new Handler())).isEqualTo("found");
        assertThat(lookedUp).containsExactly(Handler.class);
    }

    @Test
    void anotherClassIsNot() {
        assertThat(handlers.find("text")).isEmpty();
        assertThatThrownBy(() -> handlers.get("text"))
                .isInstanceOf(SQLException.class)
                .hasMessage("class java.lang.String is no " + Handler.class.getName());
        assertThat(lookedUp).isEmpty();
    }

    static Stream<Throwable> whatLookUpsThrow() {
        return Stream.of(
                new NoSuchFieldException("gone"),
                new ClassNotFoundException("gone"),
                new NoClassDefFoundError("gone"),
                new SecurityException("not yours"),
                new IllegalStateException("module is not open"));
    }

    @ParameterizedTest
    @MethodSource("whatLookUpsThrow")
    void whatIsNotAsExpectedIsLeftAloneAfterOneLook(Throwable thrown) {
        HandleClass<String> broken = new HandleClass<>(Handler.class.getName(), type -> {
            lookedUp.add(type);
            throw HandleClassTest.<RuntimeException>unchecked(thrown);
        });

        assertThat(broken.find(new Handler())).isEmpty();
        assertThat(broken.find(new Handler())).isEmpty();

        assertThat(lookedUp).hasSize(1);
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> T unchecked(Throwable thrown) throws T {
        throw (T) thrown;
    }

    @Test
    void whatAnswersForAProxyIsItsHandler() {
        Handler handler = new Handler();

        assertThat(HandleClass.behind(FakeServer.proxy(Connection.class, handler)))
                .isSameAs(handler);
    }
}
