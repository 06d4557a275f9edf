/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.cdi;

/** What the guard's interceptor classes have in common: the extension knows them by it, though they lie in a layer above. */
public interface GuardsCalls {}
