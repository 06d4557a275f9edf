/* SPDX-License-Identifier: Apache-2.0 */
/** Who may see, and who may do something. Knows Servlet's API, and WildFly's MBeans by their names. */
package org.connectionguard.console.access;
