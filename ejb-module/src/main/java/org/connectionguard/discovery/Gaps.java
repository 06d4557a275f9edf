/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.discovery;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.connectionguard.engine.Target;
import org.connectionguard.message.Messages;

/** Says in the log what methods are not guarded for: once, and when that is over. For any thread. */
final class Gaps {
    private static final Logger LOG = System.getLogger("org.connectionguard");

    private final Map<String, List<String>> known = new ConcurrentHashMap<>();

    /** Somebody else says it: the report does. */
    void toldElsewhere(String method, List<String> gaps) {
        known.put(method, gaps);
    }

    void tell(String method, Draft draft) {
        List<String> before =
                Optional.ofNullable(known.put(method, draft.gaps())).orElse(List.of());
        if (before.equals(draft.gaps())) {
            return;
        }
        List<String> dataSources =
                draft.plan().targets().stream().map(Target::name).toList();
        if (draft.gaps().isEmpty()) {
            LOG.log(Level.INFO, Messages.guardedNow(method, dataSources));
        } else if (dataSources.isEmpty()) {
            LOG.log(Level.WARNING, Messages.unguarded(method, String.join("; ", draft.gaps())));
        } else {
            LOG.log(Level.WARNING, Messages.guardedInPart(method, dataSources, String.join("; ", draft.gaps())));
        }
    }
}
