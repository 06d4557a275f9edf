/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import javax.naming.Context;
import javax.naming.NameNotFoundException;
import javax.sql.DataSource;
import org.connectionguard.GuardDefinitionException;
import org.connectionguard.engine.MissingDataSourceException;
import org.connectionguard.testing.Jndi;
import org.connectionguard.testing.Log;
import org.connectionguard.testing.SmallDatabase;
import org.connectionguard.testing.Stub;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Data sources whose names are bound later than they are asked for. */
class LateNamesTest {
    private static final String NAME = "java:global/jdbc/own";
    private static final String PLACE = "a test";

    @RegisterExtension
    private final Jndi jndi = new Jndi();

    @RegisterExtension
    private final Log log = new Log();

    private final SmallDatabase database = new SmallDatabase();
    private final DataSources dataSources = new DataSources();

    @ParameterizedTest
    @ValueSource(strings = {"java:global/x", "java:app/x", "java:module/x", "java:comp/env/x"})
    void whatAnApplicationCouldBindIsAskedLikeAnyDataSource(String name) {
        DataSource standIn = dataSources.orLate(name, PLACE);
        assertThatThrownBy(standIn::getConnection)
                .isInstanceOf(MissingDataSourceException.class)
                .hasMessage("nothing is bound to the name " + name);
        assertThat(dataSources.orLate(name, PLACE)).isSameAs(standIn);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"java:/x", "java:jboss/datasources/x", "jdbc/x", "java:comp/DefaultDataSource", "java:global"})
    void whatOnlyTheServerBindsIsMissingAtOnce(String name) {
        assertThatThrownBy(() -> dataSources.orLate(name, PLACE))
                .isInstanceOf(GuardDefinitionException.class)
                .hasMessageStartingWith("CG0003 There is no data source " + name);
    }

    @Test
    void whoWaitsGetsAConnectionOfWhatHasComeAndWhoComesLaterTheDataSourceItself() throws SQLException {
        DataSource standIn = dataSources.orLate(NAME, PLACE);
        assertThatThrownBy(standIn::getConnection).isInstanceOf(MissingDataSourceException.class);
        DataSource own = database.dataSource();
        jndi.bind(NAME, own);
        assertThat(standIn.getConnection()).isNotNull();
        assertThat(database.borrowed()).isEqualTo(1);
        assertThat(dataSources.orLate(NAME, PLACE)).isSameAs(own);
        assertThat(dataSources.of(NAME, PLACE)).isSameAs(own);
        assertThat(log.lines())
                .as("nobody else may tell the end of the wait")
                .containsExactly("INFO CG0127 java:global/jdbc/own, which a test names, is there now");
    }

    @Test
    void whatNobodyHasWaitedForComesWithoutAWord() {
        dataSources.orLate(NAME, PLACE);
        DataSource own = database.dataSource();
        jndi.bind(NAME, own);
        assertThat(dataSources.orLate(NAME, PLACE)).isSameAs(own);
        assertThat(log.lines()).isEmpty();
    }

    @Test
    void whatIsThereFromTheBeginningIsNeverWaitedFor() {
        DataSource own = database.dataSource();
        jndi.bind(NAME, own);
        assertThat(dataSources.orLate(NAME, PLACE)).isSameAs(own);
        dataSources.tellMissing();
        assertThat(log.lines()).isEmpty();
    }

    @Test
    void aNameIsToldOnceAndThatItHasComeToo() {
        dataSources.orLate(NAME, PLACE);
        dataSources.orLate(NAME, "another place");
        assertThat(log.lines()).isEmpty();
        dataSources.tellMissing();
        dataSources.tellMissing();
        assertThat(log.lines())
                .singleElement()
                .satisfies(line -> assertThat(line)
                        .startsWith(
                                "WARNING CG0126 There is no data source java:global/jdbc/own yet, which a test names"));
        log.clear();
        jndi.bind(NAME, database.dataSource());
        dataSources.orLate(NAME, PLACE);
        dataSources.orLate(NAME, PLACE);
        assertThat(log.lines()).containsExactly("INFO CG0127 java:global/jdbc/own, which a test names, is there now");
    }

    @Test
    void whatHasComeBeforeItWasToldIsNotTold() {
        dataSources.orLate(NAME, PLACE);
        jndi.bind(NAME, database.dataSource());
        dataSources.tellMissing();
        dataSources.orLate(NAME, PLACE);
        assertThat(log.lines()).isEmpty();
    }

    @Test
    void somethingElseUnderTheNameIsNoDataSourceEither() {
        DataSource standIn = dataSources.orLate(NAME, PLACE);
        jndi.bind(NAME, "a text");
        assertThatThrownBy(standIn::getConnection)
                .hasMessage("what is bound to the name java:global/jdbc/own is not a javax.sql.DataSource"
                        + " but a java.lang.String");
    }

    /** One's own module's names no thread of the guard's sees. */
    @Test
    void aNameOfTheModuleIsFoundByTheNamespaceThatTheJobSaw() throws SQLException {
        AtomicReference<Optional<Object>> bound = new AtomicReference<>(Optional.empty());
        jndi.bind("java:module", Stub.of(Context.class, (method, arguments) -> {
            assertThat(arguments).containsExactly("jdbc/own");
            return bound.get().orElseThrow(NameNotFoundException::new);
        }));
        DataSource standIn = dataSources.orLate("java:module/jdbc/own", PLACE);
        jndi.unbind("java:module");
        assertThatThrownBy(standIn::getConnection).isInstanceOf(MissingDataSourceException.class);
        bound.set(Optional.of(database.dataSource()));
        assertThat(standIn.getConnection()).isNotNull();
    }

    @Test
    void anObjectIsCalledByTheNameThatLeadsToIt() {
        DataSource own = database.dataSource();
        assertThat(dataSources.nameOf(own)).isEmpty();
        dataSources.orLate(NAME, PLACE);
        jndi.bind(NAME, own);
        assertThat(dataSources.nameOf(own)).contains(NAME);
        dataSources.orLate(NAME, PLACE);
        assertThat(dataSources.nameOf(own)).contains(NAME);
    }
}
