/* SPDX-License-Identifier: Apache-2.0 */
/** A deployment that is told of by all ways there are, without a server. */
package org.connectionguard.bench.told;
