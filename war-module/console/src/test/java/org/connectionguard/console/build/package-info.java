/* SPDX-License-Identifier: Apache-2.0 */
/** What builds the pages. Not in the archive. */
package org.connectionguard.console.build;
