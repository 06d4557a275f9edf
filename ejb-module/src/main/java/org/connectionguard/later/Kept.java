/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.later;

import org.connectionguard.server.Repeat;

/** A run that is put off, and the way by which it is made up. Immutable. */
record Kept(Deferral deferral, Repeat repeat) {}
