/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.call;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.connectionguard.engine.Target;

/** What the guard has done in one transaction, so that nested calls cost nothing. For the calls of that transaction, one by one. */
final class Memo {
    /**
     * A data source in this transaction.
     *
     * @param validated for what demand it was validated; empty: it was waited for in vain, and the body runs all the same
     * @param bound whether the transaction is bound to the connection
     */
    private record Entry(Target target, Optional<Boolean> validated, boolean bound) {}

    private final Map<DataSource, Entry> entries = new HashMap<>();

    /** Whether the data source need not be asked again. */
    boolean covers(Target target, boolean binds) {
        Entry entry = entries.get(target.dataSource());
        return entry != null
                && entry.validated()
                        .filter(writable -> writable || !target.settings().writable())
                        .isPresent()
                && (entry.bound() || !binds);
    }

    /** Whether a call in this transaction has waited for it in vain: the next one does not wait again. */
    boolean waitedInVain(Target target) {
        Entry entry = entries.get(target.dataSource());
        return entry != null && entry.validated().isEmpty();
    }

    /** The data sources that take part, as far as the guard knows. */
    Stream<Target> targets() {
        return entries.values().stream().map(Entry::target);
    }

    /** Whether no other data source takes part, as far as the guard knows. */
    boolean knowsNoneBut(Target target) {
        return entries.isEmpty() || entries.size() == 1 && entries.containsKey(target.dataSource());
    }

    void validated(Target target, boolean bound) {
        Entry before = entries.get(target.dataSource());
        boolean writable = target.settings().writable()
                || before != null && before.validated().orElse(false);
        entries.put(
                target.dataSource(),
                new Entry(target, Optional.of(writable), bound || before != null && before.bound()));
    }

    void inVain(Target target) {
        entries.put(target.dataSource(), new Entry(target, Optional.empty(), false));
    }
}
