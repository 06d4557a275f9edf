/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class GettersTest {
    /** Settings, some as texts. */
    public interface Settings {
        String getWait();

        int getSize();

        String getPattern();

        Duration getLife();

        Duration getAge();

        String getNothing();
    }

    /** Nobody may call its methods but by way of the interface. */
    private static final class Hidden implements Settings {
        @Override
        public String getWait() {
            return "5000";
        }

        @Override
        public int getSize() {
            return 0;
        }

        @Override
        public String getPattern() {
            return "${size}";
        }

        @Override
        public Duration getLife() {
            return Duration.ofHours(1);
        }

        @Override
        public Duration getAge() {
            return Duration.ZERO;
        }

        @Override
        public String getNothing() {
            return null;
        }
    }

    private static Getters getters() throws SQLException {
        return Getters.of(Settings.class.getName(), new Hidden());
    }

    @Test
    void aNumberMayBeAText() throws SQLException {
        assertThat(getters().number("getWait")).isEqualTo(5000);
        assertThat(getters().number("getSize")).isZero();
        assertThat(getters().millis("getWait")).contains(Duration.ofSeconds(5));
        assertThat(getters().seconds("getWait")).contains(Duration.ofSeconds(5000));
        assertThat(getters().millis("getSize")).isEmpty();
        assertThat(getters().seconds("getSize")).isEmpty();
    }

    @Test
    void noDurationIsNone() throws SQLException {
        assertThat(getters().duration("getLife")).contains(Duration.ofHours(1));
        assertThat(getters().duration("getAge")).isEmpty();
        assertThat(getters().duration("getNothing")).isEmpty();
    }

    @Test
    void whatIsNotThereOrMakesNoSenseFailsInTheOneWayOfForeignCode() throws SQLException {
        assertThat(getters().find("getNothing")).isEmpty();
        assertThatThrownBy(() -> getters().text("getNothing")).isInstanceOf(SQLException.class);
        assertThatThrownBy(() -> getters().number("getPattern")).isInstanceOf(SQLException.class);
        assertThatThrownBy(() -> getters().find("getColour")).isInstanceOf(SQLException.class);
        assertThatThrownBy(() -> Getters.of("com.acme.Settings", new Hidden())).isInstanceOf(SQLException.class);
    }
}
