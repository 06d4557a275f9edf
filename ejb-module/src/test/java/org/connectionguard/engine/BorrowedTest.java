/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.connectionguard.pool.Pool;
import org.connectionguard.pool.Pools;
import org.connectionguard.testing.Stub;
import org.junit.jupiter.api.Test;

/** However it is settled, the handle does not stay with us. */
class BorrowedTest {
    private final List<String> done = new ArrayList<>();
    private Optional<Exception> onClose = Optional.empty();
    private Optional<Exception> onEvict = Optional.empty();
    private boolean canSweep = true;

    private final Connection handle = Stub.of(Connection.class, (method, arguments) -> does(method, onClose));
    private final Pool pool = Stub.of(Pool.class, (method, arguments) -> switch (method) {
        case "lent" -> true;
        case "evictWithSiblings" -> {
            does(method, onEvict);
            yield canSweep;
        }
        default -> does(method, onEvict);
    });
    private final Borrowed borrowed = new Borrowed(handle, new Pools(List.of(pool)));

    private Object does(String what, Optional<Exception> failure) throws Exception {
        done.add(what);
        if (failure.isPresent()) {
            throw failure.get();
        }
        return null;
    }

    @Test
    void whatIsGivenBackIsClosedOnce() throws SQLException {
        borrowed.giveBack();
        borrowed.close();
        assertThat(done).containsExactly("close");
    }

    @Test
    void whatIsDestroyedIsDestroyedOnceAloneOrWithItsSiblings() throws SQLException {
        assertThat(borrowed.evict(false)).isFalse();
        borrowed.close();
        assertThat(done).containsExactly("evict");
    }

    @Test
    void whetherItsSiblingsWentTooIsThePoolsWord() throws SQLException {
        assertThat(borrowed.evict(true)).isTrue();
        canSweep = false;
        assertThat(borrowed.evict(true)).isFalse();
        borrowed.close();
        assertThat(done).containsExactly("evictWithSiblings", "evictWithSiblings");
    }

    @Test
    void whatNobodyHasSettledIsDestroyed() {
        borrowed.close();
        assertThat(done).containsExactly("evict");
    }

    @Test
    void whatCannotBeGivenBackIsDestroyed() {
        onClose = Optional.of(new SQLException("statements left open"));
        assertThatThrownBy(borrowed::giveBack).isSameAs(onClose.get());
        borrowed.close();
        assertThat(done).containsExactly("close", "evict");
    }

    @Test
    void whatCannotBeDestroyedIsClosedAtLeastAndIfNotNothingIsThrown() {
        onEvict = Optional.of(new SQLException("no"));
        onClose = Optional.of(new IllegalStateException("never"));
        assertThatThrownBy(() -> borrowed.evict(false)).isSameAs(onEvict.get());
        borrowed.close();
        assertThat(done).containsExactly("evict", "evict", "close");
    }
}
