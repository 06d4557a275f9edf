/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.testing;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** What the library logs during one test, which is printed nowhere. */
public final class Log implements BeforeEachCallback, AfterEachCallback {
    private final Logger logger = Logger.getLogger("org.connectionguard");
    private final List<String> lines = new CopyOnWriteArrayList<>();

    /** What writing a line throws. */
    public Optional<Error> failure = Optional.empty();

    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord line) {
            if (failure.isPresent()) {
                throw failure.get();
            }
            lines.add(line.getLevel() + " " + line.getMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    /** Its lines so far, each with its level before it. */
    public List<String> lines() {
        return List.copyOf(lines);
    }

    public void clear() {
        lines.clear();
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        logger.addHandler(handler);
        logger.setUseParentHandlers(false);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        logger.removeHandler(handler);
        logger.setUseParentHandlers(true);
    }
}
