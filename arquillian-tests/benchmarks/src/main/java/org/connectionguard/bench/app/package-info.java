/* SPDX-License-Identifier: Apache-2.0 */
/** What runs inside WildFly: the jobs of each contender, and the loops that time them. Knows nothing of the report. */
package org.connectionguard.bench.app;
