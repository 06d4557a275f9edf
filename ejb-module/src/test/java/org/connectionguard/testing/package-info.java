/* SPDX-License-Identifier: Apache-2.0 */
/** What a server gives, made small for unit tests: names, data sources, transactions. */
package org.connectionguard.testing;
