/* SPDX-License-Identifier: Apache-2.0 */
/**
 * What applications import: the annotation {@link org.connectionguard.ValidConnections}, the programmatic door
 * {@link org.connectionguard.ConnectionGuard}, and what they throw. Knows no other package.
 */
package org.connectionguard;
