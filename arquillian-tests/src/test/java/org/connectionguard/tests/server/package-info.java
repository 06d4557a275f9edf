/* SPDX-License-Identifier: Apache-2.0 */
/** The database and the WildFly of a test run, their deployments, and what tests do to them. */
package org.connectionguard.tests.server;
