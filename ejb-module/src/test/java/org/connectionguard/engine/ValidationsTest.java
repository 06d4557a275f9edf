/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.MAP;
import static org.awaitility.Awaitility.await;

import java.lang.reflect.Proxy;
import java.sql.Connection;
import org.connectionguard.engine.Validations.Validation;
import org.connectionguard.testing.Stub;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is remembered of a connection, and for whom it is enough. */
class ValidationsTest {
    private final Validations validations = new Validations();

    private static Connection connection() {
        return Stub.of(Connection.class, (method, arguments) -> null);
    }

    private static Connection likeAllOthers() {
        return (Connection) Proxy.newProxyInstance(
                ValidationsTest.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                (proxy, method, arguments) -> method.getName().equals("hashCode") ? (Object) 1 : (Object) true);
    }

    @ParameterizedTest
    @CsvSource({
        // validated for writes, demanded, since, in era, covered
        "false, false, 10, 3, true",
        "false, true, 10, 3, false",
        "true, true, 10, 3, true",
        "true, false, 10, 3, true",
        "false, false, 9, 3, true",
        "false, false, 11, 3, false",
        "false, false, 10, 4, false",
        "false, false, 10, 2, false"
    })
    void aValidationIsEnoughForWhoDemandsNoMoreSinceThenAndInItsEra(
            boolean writable, boolean demanded, long since, long era, boolean covered) {
        assertThat(new Validation(10, writable, 3).covers(demanded, since, era)).isEqualTo(covered);
    }

    @Test
    void theLastValidationOfEachConnectionIsKept() {
        Connection one = connection();
        Connection other = connection();
        validations.note(one, new Validation(1, false, 0));
        validations.note(one, new Validation(2, true, 0));
        assertThat(validations.last(one)).contains(new Validation(2, true, 0));
        assertThat(validations.last(other)).isEmpty();
    }

    /** Of a driver with a notion of its own of what is equal. */
    @Test
    void oneConnectionIsNoOtherWhateverTheySayOfThemselves() {
        Connection one = likeAllOthers();
        Connection other = likeAllOthers();
        assertThat(one.equals(other)).isTrue();
        validations.note(one, new Validation(1, false, 0));
        assertThat(validations.last(other)).isEmpty();
    }

    @Test
    void whatIsGoneIsForgotten() {
        for (int i = 0; i < 1000; i++) {
            validations.note(connection(), new Validation(i, false, 0));
        }
        await().untilAsserted(() -> {
            System.gc();
            validations.note(connection(), new Validation(0, false, 0));
            assertThat(validations).extracting("known").asInstanceOf(MAP).hasSizeLessThan(100);
        });
    }

    @Test
    void aConnectionIsAsOldAsItsFirstSight() {
        Connection one = connection();
        assertThat(validations.firstSeen(one, 5)).isEqualTo(5);
        validations.note(one, new Validation(7, false, 0));
        assertThat(validations.firstSeen(one, 9)).isEqualTo(5);
        Connection other = connection();
        validations.note(other, new Validation(7, false, 0));
        assertThat(validations.firstSeen(other, 9)).isEqualTo(7);
    }
}
