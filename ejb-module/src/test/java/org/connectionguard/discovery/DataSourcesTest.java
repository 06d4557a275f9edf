/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.connectionguard.GuardDefinitionException;
import org.connectionguard.testing.Jndi;
import org.connectionguard.testing.SmallDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class DataSourcesTest {
    private static final String NAME = "java:/Jobs";
    private static final String PLACE = "a test";

    @RegisterExtension
    private final Jndi jndi = new Jndi();

    private final SmallDatabase database = new SmallDatabase();
    private final DataSources dataSources = new DataSources();

    @Test
    void whereEachLookUpGivesAnotherObjectTheFirstStays() {
        AtomicInteger made = new AtomicInteger();
        jndi.bindEach(NAME, () -> {
            made.incrementAndGet();
            return database.dataSource();
        });
        DataSource first = dataSources.of(NAME, PLACE);
        assertThat(dataSources.of(NAME, "another place")).isSameAs(first);
        int looked = made.get();
        assertThat(dataSources.of(NAME, PLACE)).isSameAs(first);
        // It may be a pool that nobody closes.
        assertThat(made).hasValue(looked);
    }

    @Test
    void aDataSourceThatWasReplacedIsFoundAtTheNextLookUp() {
        jndi.bind(NAME, database.dataSource());
        dataSources.of(NAME, PLACE);
        DataSource redeployed = database.dataSource();
        jndi.bind(NAME, redeployed);
        assertThat(dataSources.of(NAME, PLACE)).isSameAs(redeployed);
        assertThat(dataSources.of(NAME, "another place")).isSameAs(redeployed);
    }

    @Test
    void aNameThatIsGoneForAMomentLeadsToWhatItLedTo() {
        DataSource old = database.dataSource();
        jndi.bind(NAME, old);
        dataSources.of(NAME, PLACE);
        jndi.unbind(NAME);
        assertThat(dataSources.of(NAME, PLACE)).isSameAs(old);
        DataSource recreated = database.dataSource();
        jndi.bind(NAME, recreated);
        assertThat(dataSources.of(NAME, PLACE)).isSameAs(recreated);
    }

    @Test
    void aLookUpThatFailsInItsOwnWayFindsNothing() {
        jndi.bindEach(NAME, () -> {
            throw new IllegalStateException("the service is stopped");
        });
        assertThatThrownBy(() -> dataSources.of(NAME, PLACE)).hasMessageStartingWith("CG0003");
    }

    @Test
    void aComponentsOwnNameMeansInAnotherComponentAnotherDataSource() {
        DataSource ofOne = database.dataSource();
        DataSource ofOther = database.dataSource();
        jndi.bind("java:comp/env/jdbc/jobs", ofOne);
        assertThat(dataSources.of("java:comp/env/jdbc/jobs", PLACE)).isSameAs(ofOne);
        jndi.bind("java:comp/env/jdbc/jobs", ofOther);
        assertThat(dataSources.of("java:comp/env/jdbc/jobs", PLACE)).isSameAs(ofOther);
    }

    @Test
    void aComponentsOwnNameIsOneDataSourceEvenWhereEachLookUpGivesAnotherObject() {
        jndi.bindEach("java:comp/env/jdbc/jobs", database::dataSource);
        DataSource first = dataSources.of("java:comp/env/jdbc/jobs", PLACE);
        assertThat(dataSources.of("java:comp/env/jdbc/jobs", PLACE)).isSameAs(first);
        assertThat(dataSources.of("java:comp/env/jdbc/jobs", "another bean")).isNotSameAs(first);
    }

    @Test
    void whatIsNoDataSourceIsToldAndNotRemembered() {
        assertThatThrownBy(() -> dataSources.of(NAME, PLACE))
                .isInstanceOf(GuardDefinitionException.class)
                .hasMessageStartingWith("CG0003 There is no data source java:/Jobs, which a test names");
        jndi.bind(NAME, "a text");
        assertThatThrownBy(() -> dataSources.of(NAME, PLACE))
                .hasMessageStartingWith("CG0004 java:/Jobs, which a test names, is not a javax.sql.DataSource");
        jndi.bind(NAME, database.dataSource());
        assertThat(dataSources.of(NAME, PLACE)).isNotNull();
    }
}
