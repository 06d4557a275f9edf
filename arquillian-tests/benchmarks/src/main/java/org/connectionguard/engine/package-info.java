/* SPDX-License-Identifier: Apache-2.0 */
/** What must be in the engine's package to measure its parts. */
package org.connectionguard.engine;
