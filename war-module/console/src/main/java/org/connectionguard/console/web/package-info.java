/* SPDX-License-Identifier: Apache-2.0 */
/** The console's servlets, and the stream of changes. Puts the other packages together. */
package org.connectionguard.console.web;
