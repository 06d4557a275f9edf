/* SPDX-License-Identifier: Apache-2.0 */
/** The same promises on every application server: one small class starts each of them, one test class tries them all. */
package org.connectionguard.servers;
