/* SPDX-License-Identifier: Apache-2.0 */
/** Guard, jobs and data sources as MBeans. They read the statistics when they are read themselves. */
package org.connectionguard.observability.jmx;
