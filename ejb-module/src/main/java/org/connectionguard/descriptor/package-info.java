/* SPDX-License-Identifier: Apache-2.0 */
/**
 * What the deployment's XML files say: persistence.xml of data sources, ejb-jar.xml of timers, beans.xml of what CDI looks at.
 * Knows only what users import, and the messages.
 */
package org.connectionguard.descriptor;
