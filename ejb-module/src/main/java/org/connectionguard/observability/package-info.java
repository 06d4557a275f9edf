/* SPDX-License-Identifier: Apache-2.0 */
/** How the guard's decisions are told: listeners of the engine. Knows {@code engine} and what lies below it. */
package org.connectionguard.observability;
