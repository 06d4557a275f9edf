/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Which timers does the deployment have, and how is each protected? Looked at once, at deployment. Knows {@code discovery} and
 * what lies below it.
 */
package org.connectionguard.deployment;
