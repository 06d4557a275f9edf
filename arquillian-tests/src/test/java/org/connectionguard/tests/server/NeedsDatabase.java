/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests.server;

import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Without a database, as the profile mysql finds on machines that are no Debian, every test is skipped. */
public final class NeedsDatabase implements ExecutionCondition {
    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        return TestServers.areThere()
                ? ConditionEvaluationResult.enabled("the database is there")
                : ConditionEvaluationResult.disabled("the database is not to be had here; the line SKIP says why");
    }
}
