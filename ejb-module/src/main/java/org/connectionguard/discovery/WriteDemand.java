/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.discovery;

import org.connectionguard.engine.Target;

/**
 * Somebody demands that the server of a data source takes writes. Immutable.
 *
 * @param place the method, the class or the setting that says so
 */
public record WriteDemand(Target target, String place) {}
