/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.discovery;

import java.util.List;

/**
 * A plan and what it leaves open. Immutable.
 *
 * @param gaps what the method may use besides, and is not guarded for: each a sentence
 */
record Draft(Plan plan, List<String> gaps) {}
