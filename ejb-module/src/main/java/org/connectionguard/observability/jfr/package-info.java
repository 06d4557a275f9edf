/* SPDX-License-Identifier: Apache-2.0 */
/**
 * What happens as events of the JDK's flight recorder. Not to be loaded where a deployment does not see {@code jdk.jfr}: nobody
 * but who has looked for it knows this package.
 */
package org.connectionguard.observability.jfr;
