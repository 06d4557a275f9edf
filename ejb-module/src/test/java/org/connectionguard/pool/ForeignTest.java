/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.InvocationTargetException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Calls into drivers and pools, and into their hidden members. */
class ForeignTest {
    private final FakeServer server = new FakeServer();

    /** Stands for a class of a pool. */
    static class Sample {
        private final String hidden = "field";
        private Optional<String> nothing = Optional.empty();

        public String open(String argument) {
            return argument;
        }

        private String secret() {
            return hidden;
        }

        public Object missing() {
            return nothing.orElse(null);
        }

        public void refuses() throws SQLException {
            throw new SQLException("refused");
        }

        public void fails() {
            throw new IllegalStateException("failed");
        }
    }

    @Test
    void whatGoesWrongWithOneIsNotTheOthersTrouble() {
        List<Integer> done = new ArrayList<>();
        SQLException refused = new SQLException("refused");
        assertThatThrownBy(() -> Foreign.forEach(List.of(1, 2, 3, 4), each -> {
                    done.add(each);
                    if (each == 2) {
                        throw refused;
                    }
                    if (each == 3) {
                        throw new IllegalStateException("worse");
                    }
                }))
                .isSameAs(refused);
        assertThat(done).containsExactly(1, 2, 3, 4);
        assertThatThrownBy(() -> Foreign.forEach(List.of(1), each -> {
                    throw new IllegalStateException("worse");
                }))
                .isInstanceOf(SQLException.class)
                .hasRootCauseMessage("worse");
    }

    @Test
    void membersAreReached() throws Exception {
        Sample sample = new Sample();

        assertThat(Member.method(Sample.class, "open", String.class).get(String.class, sample, "told"))
                .isEqualTo("told");
        assertThat(Member.hiddenMethod(Sample.class, "secret").get(String.class, sample))
                .isEqualTo("field");
        assertThat(Member.hiddenField(Sample.class, "hidden").find(String.class, sample))
                .contains("field");
        assertThat(Member.method(Sample.class, "missing").find(String.class, sample))
                .isEmpty();
    }

    @Test
    void whatIsNotThereIsNoNull() throws Exception {
        Member missing = Member.method(Sample.class, "missing");

        assertThatThrownBy(() -> missing.get(String.class, new Sample()))
                .isInstanceOf(SQLException.class)
                .hasMessage("missing gives nothing");
    }

    @Test
    void whatIsOfAnotherClassIsNotHandedOut() throws Exception {
        Member open = Member.method(Sample.class, "open", String.class);

        assertThatThrownBy(() -> open.get(Integer.class, new Sample(), "text"))
                .isInstanceOf(SQLException.class)
                .hasMessage("open failed")
                .hasCauseInstanceOf(ClassCastException.class);
        assertThatThrownBy(() -> open.call("no sample", "text"))
                .isInstanceOf(SQLException.class)
                .hasCauseInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void anSqlExceptionComesOutAsItIs() throws Exception {
        Member refuses = Member.method(Sample.class, "refuses");

        assertThatThrownBy(() -> refuses.call(new Sample()))
                .isInstanceOf(SQLException.class)
                .hasMessage("refused");
    }

    @Test
    void anythingElseComesOutWithItsCause() throws Exception {
        Member fails = Member.method(Sample.class, "fails");

        assertThatThrownBy(() -> fails.call(new Sample()))
                .isInstanceOf(SQLException.class)
                .hasMessage("fails failed")
                .cause()
                .hasMessage("failed");
    }

    @Test
    void theEndOfTheVirtualMachineIsPassedOn() {
        StackOverflowError end = new StackOverflowError();

        assertThatThrownBy(() -> Foreign.call("It", () -> {
                    throw new InvocationTargetException(end);
                }))
                .isSameAs(end);
    }

    @Test
    void aDriverThatCannotAbortIsLeftAlone() throws SQLException {
        Foreign.abort(server.dataSource.getConnection());
        server.noAbort = Optional.of(new AbstractMethodError("abort"));
        Foreign.abort(server.dataSource.getConnection());

        assertThat(server.sessions).extracting(session -> session.aborted).containsExactly(true, false);
    }
}
