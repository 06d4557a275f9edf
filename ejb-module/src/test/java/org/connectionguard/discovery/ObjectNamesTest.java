/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.connectionguard.testing.Garbage;
import org.junit.jupiter.api.Test;

class ObjectNamesTest {
    private final ObjectNames names = new ObjectNames();

    private static DataSource named(String name) {
        HikariDataSource pool = new HikariDataSource();
        pool.setPoolName(name);
        return pool;
    }

    @Test
    void eachIsCalledDifferentlyAndKeepsItsName() {
        DataSource one = named("Reports");
        DataSource other = named("Reports");
        assertThat(names.of(one)).isEqualTo("Reports");
        assertThat(names.of(other)).isEqualTo("Reports 2");
        assertThat(names.of(one)).isEqualTo("Reports");
        assertThat(names.find("Reports 2")).containsSame(other);
        assertThat(names.find("Reports 3")).isEmpty();
    }

    @Test
    void oneThatIsGoneIsNotKeptAndLeavesItsNameToTheNext() throws InterruptedException {
        ReferenceQueue<DataSource> queue = new ReferenceQueue<>();
        WeakReference<DataSource> gone = new WeakReference<>(named("Reports"), queue);
        assertThat(names.of(gone.get())).isEqualTo("Reports");
        Garbage.assertCollected(gone, queue);
        assertThat(names.find("Reports")).isEmpty();
        assertThat(names.of(named("Reports"))).isEqualTo("Reports");
    }

    @Test
    void poolsWithoutEndDoNotMakeNamesWithoutEnd() {
        List<DataSource> kept = new ArrayList<>();
        for (int number = 1; number <= ObjectNames.MOST; number++) {
            kept.add(named("Pool-" + number));
            assertThat(names.of(kept.get(number - 1))).isEqualTo("Pool-" + number);
        }
        DataSource next = named("Pool-101");
        assertThat(names.of(next)).isEqualTo("DataSource");
        assertThat(names.of(named("Pool-102"))).isEqualTo("DataSource 2");
        assertThat(names.of(named("Pool-1"))).isEqualTo("Pool-1 2");
        assertThat(kept).hasSize(ObjectNames.MOST);
    }
}
