/* SPDX-License-Identifier: Apache-2.0 */
/** What is told, and by which ways, on servers that have the APIs for it and on those that have not. */
package org.connectionguard.tests.channels;
